/**
 * timm's `pretrained_cfg` (timm 1.0: data/config.py, resolve_data_config; data/transforms_factory.py,
 * transforms_imagenet_eval): the sides are divided by crop_pct, the image is brought to them as crop_mode says, and the
 * model's are cut out of the middle.
 */
import type { Fields } from "../fields.ts";
import { type Preprocessing, type ResizeFilter, resizeFilters } from "../preprocessing.ts";
import { imagenet } from "./means.ts";
import type { PublishedPreprocessing } from "./publishedPreprocessing.ts";

/**
 * @param fields a config.json, or the object within it
 * @param model the sides that the graph takes: where they are `test_input_size`, what belongs to that counts
 */
export function timmPreprocessing(
	fields: Fields,
	model: readonly [height: number, width: number] | null,
): PublishedPreprocessing {
	const config = fields.has("pretrained_cfg") ? fields.object("pretrained_cfg") : fields;
	const notes: string[] = [];
	const assume = <Value>(name: string, value: Value): Value => {
		notes.push(`${name} is not stated: timm's default, ${String(value)}, is taken`);
		return value;
	};
	const isTest = model !== null && String(sizeOf(config, "test_input_size")?.slice(1)) === String(model);
	const [channels, ...sides] =
		sizeOf(config, isTest ? "test_input_size" : "input_size") ?? assume("input_size", [3, 224, 224] as const);
	if (channels !== 3 && channels !== 1) throw config.wrong("input_size", "1 or 3 channels");
	const isTestCrop = isTest && config.has("test_crop_pct");
	const cropPct =
		config.optional(isTestCrop ? "test_crop_pct" : "crop_pct", config.number) ?? assume("crop_pct", 0.875);
	if (!(cropPct > 0 && cropPct <= 1)) throw config.wrong("crop_pct", "a number above 0, at most 1");
	const mode = config.has("crop_mode") ? config.oneOf("crop_mode", ["center", "squash", "border"]) : "center";
	const filter = filterOf(config) ?? assume("interpolation", "bicubic" as const);
	const mean = config.optional("mean", config.numbers) ?? assume("mean", imagenet.mean);
	const deviation = config.optional("std", config.numbers) ?? assume("std", imagenet.deviation);
	if (mean.length !== channels) throw config.wrong("mean", `a number for each of ${channels} channels`);
	if (deviation.length !== channels || !deviation.every((value) => value > 0)) {
		throw config.wrong("std", `a number above 0 for each of ${channels} channels`);
	}
	const scaled = [Math.floor(sides[0] / cropPct), Math.floor(sides[1] / cropPct)] as const;
	const preprocessing: Preprocessing = {
		...resizing(mode, scaled, filter, mean),
		...(channels === 1 ? { channels: "grey" } : {}),
		mean,
		deviation,
	};
	if (mode === "center" && scaled[0] !== scaled[1] && filter !== "bilinear") {
		notes.push(`timm resizes to sides that are no square bilinearly, whatever interpolation says (${filter})`);
	}
	return { preprocessing, sides, notes };
}

function resizing(
	mode: "center" | "squash" | "border",
	sides: readonly [height: number, width: number],
	filter: ResizeFilter,
	mean: readonly number[],
): Pick<Preprocessing, "resize" | "shortSide" | "box" | "fill"> {
	if (mode === "squash") return { resize: filter, shortSide: null, box: { fit: "stretch", sides } };
	if (mode === "border") {
		const fill = mean.map((value) => Math.round(255 * value));
		return { resize: filter, shortSide: null, box: { fit: "contain", sides }, fill };
	}
	if (sides[0] === sides[1]) return { resize: filter, shortSide: sides[0] };
	return { resize: "bilinear", shortSide: null, box: { fit: "cover", sides } };
}

function sizeOf(config: Fields, name: string): readonly [channels: number, height: number, width: number] | null {
	if (!config.has(name)) return null;
	const [channels = 0, height = 0, width = 0] = config.numbers(name, 3);
	if (![channels, height, width].every((side) => Number.isInteger(side) && side > 0 && side <= 2 ** 14)) {
		throw config.wrong(name, "[channels, height, width]");
	}
	return [channels, height, width];
}

/** "random" is for training; for evaluation timm takes bilinear in its place. */
function filterOf(config: Fields): ResizeFilter | null {
	if (!config.has("interpolation")) return null;
	const name = config.oneOf("interpolation", [...resizeFilters, "random"]);
	return name === "random" ? "bilinear" : name;
}
