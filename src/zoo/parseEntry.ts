/** A model's entry from a value that came from outside, checked field by field. */
import type { AnatomyOverrides } from "../anatomy/anatomy.ts";
import type { Architecture } from "../architecture/architecture.ts";
import type { ExpectedAnatomy, ModelEntry, ModelSource } from "./entry.ts";
import type { Fields } from "./fields.ts";
import { type Preprocessing, resizeFilters } from "./preprocessing.ts";

/** @throws SightlineError BAD_INPUT: the place, the field, what stands there and what should */
export function parseEntry(fields: Fields): ModelEntry {
	const entry: ModelEntry = {
		id: parseId(fields),
		title: fields.text("title"),
		source: parseSource(fields.object("source")),
		preprocessing: parsePreprocessing(fields.object("preprocessing")),
		labels: fields.optional("labels", fields.text),
		standsFor: fields.optional("standsFor", fields.text),
		overrides: fields.has("overrides") ? parseOverrides(fields.object("overrides")) : {},
		expected: fields.has("expected") ? parseExpected(fields.object("expected")) : null,
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

function parseSource(fields: Fields): ModelSource {
	const kind = fields.oneOf("kind", ["safetensors", "onnx"]);
	const file = fields.text("file");
	const source: ModelSource =
		kind === "onnx" ? { kind, file } : { kind, file, architecture: parseArchitecture(fields.object("architecture")) };
	fields.end();
	return source;
}

function parseArchitecture(fields: Fields): Architecture {
	const parsers = { vit: parseVit, mixer: parseMixer, resnet: parseResnet };
	const architecture = parsers[fields.oneOf("family", ["vit", "mixer", "resnet"])](fields);
	fields.end();
	return architecture;
}

function parseVit(fields: Fields): Architecture {
	return {
		family: "vit",
		imageSide: fields.positive("imageSide"),
		patch: fields.positive("patch"),
		width: fields.positive("width"),
		depth: fields.positive("depth"),
		heads: fields.positive("heads"),
		mlpRatio: fields.number("mlpRatio"),
		pooling: fields.oneOf("pooling", ["cls", "gap"]),
		classes: fields.positive("classes"),
		normEpsilon: fields.number("normEpsilon"),
		...(fields.has("withoutSkips") ? { withoutSkips: fields.numbers("withoutSkips") } : {}),
	};
}

function parseMixer(fields: Fields): Architecture {
	return {
		family: "mixer",
		imageSide: fields.positive("imageSide"),
		patch: fields.positive("patch"),
		width: fields.positive("width"),
		depth: fields.positive("depth"),
		tokenRatio: fields.number("tokenRatio"),
		mlpRatio: fields.number("mlpRatio"),
		classes: fields.positive("classes"),
		normEpsilon: fields.number("normEpsilon"),
	};
}

function parseResnet(fields: Fields): Architecture {
	const stem = fields.object("stem");
	const architecture: Architecture = {
		family: "resnet",
		imageSide: fields.positive("imageSide"),
		stem: { kernel: stem.oneOf("kernel", [3, 7]), width: stem.positive("width"), pooling: stem.boolean("pooling") },
		width: fields.positive("width"),
		units: fields.numbers("units"),
		classes: fields.positive("classes"),
		normEpsilon: fields.number("normEpsilon"),
	};
	stem.end();
	return architecture;
}

function parsePreprocessing(fields: Fields): Preprocessing {
	const preprocessing: Preprocessing = {
		resize: fields.oneOf("resize", resizeFilters),
		shortSide: fields.optional("shortSide", fields.positive),
		mean: fields.numbers("mean", 3),
		deviation: fields.numbers("deviation", 3),
	};
	if (!preprocessing.deviation.every((deviation) => deviation > 0)) throw fields.wrong("deviation", "numbers above 0");
	fields.end();
	return preprocessing;
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
	if (!(Number.isInteger(first) && Number.isInteger(second) && first > 0 && second > 0))
		throw fields.wrong(name, expected);
	return [first, second];
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
