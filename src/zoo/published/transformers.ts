/**
 * transformers' `preprocessor_config.json`: resize, cut out the middle, rescale, normalise, each step if it says so, in
 * this order and with PIL's filters. (Its torchvision backend resizes by other arithmetic, which differs by a shade here and
 * there; the models were published with PIL's.)
 */
import { SightlineError } from "../../errors.ts";
import type { Fields } from "../fields.ts";
import type { Preprocessing, ResizeFilter } from "../preprocessing.ts";
import type { Processor } from "./processors.ts";
import { processors } from "./processors.ts";
import type { PublishedPreprocessing } from "./publishedPreprocessing.ts";

type Sides = readonly [height: number, width: number];

export function transformersPreprocessing(fields: Fields): PublishedPreprocessing {
	const notes: string[] = [];
	const processor = processorOf(fields, notes);
	if (!flag(fields, "do_resize", true)) {
		throw fields.wrong("do_resize", "true: images of any sides cannot be given to a model as they are");
	}
	if (flag(fields, "do_pad", false)) throw fields.wrong("do_pad", "false: padding to a batch cannot be expressed");
	const resizing = resizingOf(fields, processor, notes);
	return { preprocessing: { ...resizing.preprocessing, ...valuesOf(fields, processor) }, sides: resizing.sides, notes };
}

function processorOf(fields: Fields, notes: string[]): Processor {
	const given = ["image_processor_type", "feature_extractor_type"].find((name) => fields.has(name));
	if (given === undefined) {
		notes.push("image_processor_type is not stated: it is read as ViTImageProcessor's");
		return processors.ViT as Processor; // in the table
	}
	const type = fields.text(given);
	const name = type.replace(/(?:FeatureExtractor|ImageProcessor(?:Fast|Pil)?)$/, "");
	if (Object.hasOwn(processors, name)) return processors[name] as Processor; // just asked
	const known = Object.keys(processors).map((known) => `${known}ImageProcessor`);
	throw fields.wrong(given, `one of ${known.join(", ")}`);
}

type Resizing = Pick<Preprocessing, "resize" | "shortSide" | "box" | "fill" | "cropRounding">;

function resizingOf(
	fields: Fields,
	processor: Processor,
	notes: string[],
): { readonly preprocessing: Resizing; readonly sides: Sides } {
	const resize = filterOf(fields) ?? processor.resample;
	const size = sizeOf(fields, processor) ?? defaultSize(processor, notes);
	const crop = flag(fields, "do_center_crop", processor.crop !== null) ? cropOf(fields, processor) : null;
	const cropRounding = "down";
	if (processor.rule === "convNext") {
		if (!("shortest" in size)) throw fields.wrong("size", "a number or shortest_edge");
		const side = size.shortest;
		const sides = crop ?? ([side, side] as const);
		if (String(sides) !== String([side, side])) throw fields.wrong("crop_size", `${side}, as size is`);
		// Below 384 pixels a margin is cut off; from there on the whole image is squeezed.
		if (side >= 384) return { preprocessing: { resize, shortSide: null }, sides };
		const share = fields.optional("crop_pct", fields.number) ?? 224 / 256;
		if (!(share > 0 && share <= 1)) throw fields.wrong("crop_pct", "a number above 0, at most 1");
		return { preprocessing: { resize, shortSide: Math.trunc(side / share), cropRounding }, sides };
	}
	if ("square" in size) {
		if (processor.rule === "poolFormer") throw fields.wrong("size", "shortest_edge");
		const sides = crop ?? size.square;
		if (String(sides) === String(size.square)) return { preprocessing: { resize, shortSide: null }, sides };
		const box = { fit: "stretch", sides: size.square } as const;
		return { preprocessing: { resize, shortSide: null, box, cropRounding, ...filling(size.square, sides) }, sides };
	}
	if (crop === null) {
		throw new SightlineError("BAD_INPUT", "it resizes the short side and cuts nothing out: images stay of any sides", {
			hint: "Say in `preprocessing` of the model's entry what it is given.",
		});
	}
	const shortSide = shortSideOf(size.shortest, fields, processor);
	const preprocessing = { resize, shortSide, cropRounding, ...filling([shortSide, shortSide], crop) } as const;
	return { preprocessing, sides: crop };
}

function shortSideOf(shortest: number, fields: Fields, { rule }: Processor): number {
	if (rule === "levit") return Math.trunc((256 / 224) * shortest);
	if (rule !== "poolFormer") return shortest;
	const share = fields.optional("crop_pct", fields.number) ?? 0.9;
	if (!(share > 0 && share <= 1)) throw fields.wrong("crop_pct", "a number above 0, at most 1");
	return Math.trunc(shortest / share);
}

/** Black stands around an image that is smaller than what is cut out of it. */
function filling(resized: Sides, crop: Sides): { readonly fill?: readonly number[] } {
	return crop[0] > resized[0] || crop[1] > resized[1] ? { fill: [0, 0, 0] } : {};
}

/** Rescaling, normalisation and the order of the channels, as one step from bytes. */
function valuesOf(
	fields: Fields,
	processor: Processor,
): Pick<Preprocessing, "mean" | "deviation" | "scale" | "channels"> {
	const normalizes = flag(fields, "do_normalize", processor.normalizes);
	const mean = perChannel(fields, "image_mean") ?? processor.normalization.mean;
	const deviation = perChannel(fields, "image_std") ?? processor.normalization.deviation;
	if (!deviation.every((value) => value > 0)) throw fields.wrong("image_std", "numbers above 0");
	const isEfficient = processor.rule === "efficientNet";
	// EfficientNet moves values to -1..1 before they are normalised, and divides by the deviation once more behind it.
	const shift = isEfficient && flag(fields, "do_rescale", true) && flag(fields, "rescale_offset", false) ? 1 : 0;
	const isTwice = isEfficient && flag(fields, "include_top", true);
	const once = (normalizes ? deviation : [1, 1, 1]).map((value, at) =>
		isTwice ? value * (deviation[at] ?? 1) : value,
	);
	return {
		...scaleOf(fields),
		...(flag(fields, "do_flip_channel_order", processor.flipsChannels) ? { channels: "bgr" } : {}),
		mean: (normalizes ? mean : [0, 0, 0]).map((value) => value + shift),
		deviation: once,
	};
}

function scaleOf(fields: Fields): { readonly scale?: number } {
	if (!flag(fields, "do_rescale", true)) return { scale: 1 };
	const factor = fields.optional("rescale_factor", fields.number);
	if (factor === null) return {};
	if (!(factor > 0)) throw fields.wrong("rescale_factor", "a number above 0");
	// 0.00392156862745098 is what 1 / 255 is written as.
	return Math.abs(factor * 255 - 1) < 1e-9 ? {} : { scale: factor };
}

type Size = { readonly square: Sides } | { readonly shortest: number };

function sizeOf(fields: Fields, { isSquare }: Processor): Size | null {
	if (!fields.has("size")) return null;
	if (fields.kind("size") === "number") {
		const side = fields.positive("size");
		return isSquare ? { square: [side, side] } : { shortest: side };
	}
	if (fields.kind("size") === "list") return { square: sidesOf(fields, "size") };
	const size = fields.object("size");
	if (size.has("longest_edge")) throw size.wrong("longest_edge", "none: sides that vary cannot be given to a model");
	if (size.has("shortest_edge")) return { shortest: size.positive("shortest_edge") };
	return { square: [size.positive("height"), size.positive("width")] };
}

function defaultSize({ size }: Processor, notes: string[]): Size {
	const shown = "square" in size ? `${size.square} x ${size.square}` : `a short side of ${size.shortest}`;
	notes.push(`size is not stated: the processor's default, ${shown}, is taken`);
	return "square" in size ? { square: [size.square, size.square] } : size;
}

function cropOf(fields: Fields, { crop, size }: Processor): Sides {
	if (!fields.has("crop_size")) {
		const side = crop ?? ("square" in size ? size.square : size.shortest);
		return [side, side];
	}
	if (fields.kind("crop_size") === "number") {
		const side = fields.positive("crop_size");
		return [side, side];
	}
	if (fields.kind("crop_size") === "list") return sidesOf(fields, "crop_size");
	const sides = fields.object("crop_size");
	return [sides.positive("height"), sides.positive("width")];
}

function sidesOf(fields: Fields, name: string): Sides {
	const [height = 0, width = 0] = fields.numbers(name, 2);
	if (![height, width].every((side) => Number.isInteger(side) && side > 0)) throw fields.wrong(name, "[height, width]");
	return [height, width];
}

/** By the numbers of PIL's constants. */
const pilFilters: readonly ResizeFilter[] = ["nearest", "lanczos", "bilinear", "bicubic", "box", "hamming"];

function filterOf(fields: Fields): ResizeFilter | null {
	if (!fields.has("resample")) return null;
	if (fields.kind("resample") === "number") return pilFilters[fields.oneOf("resample", [0, 1, 2, 3, 4, 5])] ?? null;
	const name = fields.text("resample").toLowerCase();
	const filter = pilFilters.find((known) => known === name);
	if (filter === undefined) throw fields.wrong("resample", `0 to 5, or one of ${pilFilters.join(", ")}`);
	return filter;
}

/** Three numbers, or one for all. */
function perChannel(fields: Fields, name: string): readonly number[] | null {
	if (!fields.has(name)) return null;
	if (fields.kind(name) !== "number") return fields.numbers(name, 3);
	const value = fields.number(name);
	return [value, value, value];
}

function flag(fields: Fields, name: string, fallback: boolean): boolean {
	return fields.optional(name, fields.boolean) ?? fallback;
}
