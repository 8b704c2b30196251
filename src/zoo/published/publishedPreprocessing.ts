/**
 * Preprocessing as it is published beside weights: transformers' `preprocessor_config.json`, or timm's `config.json` with
 * its `pretrained_cfg`.
 */
import { SightlineError } from "../../errors.ts";
import { Fields } from "../fields.ts";
import type { Preprocessing } from "../preprocessing.ts";
import { timmPreprocessing } from "./timm.ts";
import { transformersPreprocessing } from "./transformers.ts";

export interface PublishedPreprocessing {
	readonly preprocessing: Preprocessing;
	/** What the model is given, in pixels. */
	readonly sides: readonly [height: number, width: number];
	/** Sentences: what the configuration leaves open and how it was read. */
	readonly notes: readonly string[];
}

/**
 * @param config the parsed JSON
 * @param place where it came from, for messages: "preprocessor_config.json"
 * @param model [height, width] that the graph takes; null where it takes any
 * @throws SightlineError BAD_INPUT: a field that is wrong, a step that cannot be expressed, or other sides than the model's
 */
export function publishedPreprocessing(
	config: unknown,
	place: string,
	model: readonly [height: number, width: number] | null,
): PublishedPreprocessing {
	const fields = new Fields(config, place);
	const published = isTimm(fields) ? timmPreprocessing(fields, model) : transformersPreprocessing(fields);
	const { sides } = published;
	if (model !== null && (sides[0] !== model[0] || sides[1] !== model[1])) {
		throw new SightlineError(
			"BAD_INPUT",
			`${place} prepares images of ${sides.join(" x ")} pixels, the model takes ${model.join(" x ")}`,
			{ hint: "Say in `preprocessing` of the model's entry what it is given." },
		);
	}
	return published;
}

/** timm's wrapper writes its configuration flat, or within `pretrained_cfg`, beside the names of the architecture. */
function isTimm(fields: Fields): boolean {
	return ["pretrained_cfg", "input_size", "crop_pct"].some((name) => fields.has(name)) && !fields.has("size");
}
