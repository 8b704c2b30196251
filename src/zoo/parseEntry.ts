/** A model's entry from a value that came from outside, checked field by field. */
import type { AnatomyOverrides } from "../anatomy/anatomy.ts";
import type { ClaimedAccuracy, ExpectedAnatomy, ModelEntry, ModelSource } from "./entry.ts";
import type { Fields } from "./fields.ts";
import { parseArchitecture } from "./parseArchitecture.ts";
import { parsePreprocessing } from "./parsePreprocessing.ts";
import { roles } from "./roles.ts";

/** @throws SightlineError BAD_INPUT: the place, the field, what stands there and what should */
export function parseEntry(fields: Fields): ModelEntry {
	const entry: ModelEntry = {
		id: parseId(fields),
		title: fields.text("title"),
		source: parseSource(fields.object("source")),
		preprocessing: parsePreprocessing(fields.object("preprocessing")),
		labels: fields.optional("labels", fields.text),
		standsFor: fields.optional("standsFor", fields.text),
		analogyEnds: fields.optional("analogyEnds", fields.text),
		overrides: fields.has("overrides") ? parseOverrides(fields.object("overrides")) : {},
		expected: fields.has("expected") ? parseExpected(fields.object("expected")) : null,
		...(fields.has("sha256") ? { sha256: parseSha256(fields) } : {}),
		...(fields.has("accuracy") ? { accuracy: parseAccuracy(fields.object("accuracy")) } : {}),
		...(fields.has("roles") ? { roles: fields.eachOneOf("roles", roles) } : {}),
	};
	fields.end();
	return entry;
}

/** The field `id`, which becomes part of addresses and file names. */
export function parseId(fields: Fields): string {
	const id = fields.text("id");
	if (!/^[a-z0-9][a-z0-9._-]*$/i.test(id)) throw fields.wrong("id", "letters, digits, dots, dashes and underscores");
	return id;
}

function parseSha256(fields: Fields): string {
	const digest = fields.text("sha256");
	if (!/^[0-9a-f]{64}$/.test(digest)) throw fields.wrong("sha256", "64 hexadecimal digits in lower case");
	return digest;
}

function parseAccuracy(fields: Fields): ClaimedAccuracy {
	const accuracy = { top1: fields.number("top1"), images: fields.optional("images", fields.text) };
	if (!(accuracy.top1 >= 0 && accuracy.top1 <= 1)) throw fields.wrong("top1", "a share from 0 to 1, such as 0.757");
	fields.end();
	return accuracy;
}

function parseSource(fields: Fields): ModelSource {
	const kind = fields.oneOf("kind", ["safetensors", "npz", "onnx"]);
	const file = fields.text("file");
	const architecture = () => parseArchitecture(fields.object("architecture"));
	const source: ModelSource =
		kind === "onnx" || !fields.has("architecture") ? { kind, file } : { kind, file, architecture: architecture() };
	fields.end();
	return source;
}

function parseOverrides(fields: Fields): AnatomyOverrides {
	const overrides: AnatomyOverrides = {
		...(fields.has("classToken") ? { classToken: fields.boolean("classToken") } : {}),
		...(fields.has("tokensBeforePatches") ? { tokensBeforePatches: fields.count("tokensBeforePatches") } : {}),
		...(fields.has("grid") ? { grid: parsePair(fields, "grid", "[rows, columns] of patches") } : {}),
		...(fields.has("heads") ? { heads: fields.positive("heads") } : {}),
		...(fields.has("imageSize") ? { imageSize: parsePair(fields, "imageSize", "[height, width] in pixels") } : {}),
		...(fields.has("output") ? { output: fields.text("output") } : {}),
	};
	fields.end();
	return overrides;
}

/** Two whole numbers from 1. */
function parsePair(fields: Fields, name: string, expected: string): readonly [number, number] {
	const [first = 0, second = 0] = fields.numbers(name, 2);
	if ([first, second].every((each) => Number.isSafeInteger(each) && each > 0)) return [first, second];
	throw fields.wrong(name, expected);
}

function parseExpected(fields: Fields): ExpectedAnatomy {
	const expected: ExpectedAnatomy = {
		family: fields.oneOf("family", ["vit", "mixer", "cnn", "other"]),
		blocks: fields.count("blocks"),
		layers: fields.count("layers"),
		heads: fields.count("heads"),
		residualAdditions: fields.count("residualAdditions"),
		pooling: fields.has("pooling") ? fields.oneOf("pooling", ["cls", "gap", "cls+gap"]) : null,
		parameters: fields.count("parameters"),
	};
	fields.end();
	return expected;
}
