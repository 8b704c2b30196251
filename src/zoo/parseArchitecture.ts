/** An architecture from a value that came from outside, checked field by field; whether numbers fit each other, its builder checks. */
import { activations } from "../architecture/activation.ts";
import type { Architecture } from "../architecture/architecture.ts";
import type { Fields } from "./fields.ts";

/** @throws SightlineError BAD_INPUT: the place, the field, what stands there and what should */
export function parseArchitecture(fields: Fields): Architecture {
	const parsers = { vit: parseVit, mixer: parseMixer, resnet: parseResnet, resnetv2: parseResnetV2 };
	const architecture = parsers[fields.oneOf("family", ["vit", "mixer", "resnet", "resnetv2"])](fields);
	fields.end();
	return architecture;
}

function parseVit(fields: Fields): Architecture {
	const flag = (name: string) => maybe(fields, name, fields.boolean);
	const choice = <const Choice extends string>(name: string, choices: readonly Choice[]) =>
		maybe(fields, name, () => fields.oneOf(name, choices));
	return {
		family: "vit",
		imageSide: parseSides(fields),
		patch: fields.positive("patch"),
		width: fields.positive("width"),
		depth: parseDepth(fields),
		heads: fields.positive("heads"),
		mlpRatio: fields.number("mlpRatio"),
		pooling: fields.oneOf("pooling", ["cls", "gap", "cls+gap"]),
		classes: fields.count("classes"),
		normEpsilon: fields.number("normEpsilon"),
		...withFound({
			withoutSkips: maybe(fields, "withoutSkips", fields.numbers),
			classToken: flag("classToken"),
			distillation: choice("distillation", ["head", "token"]),
			registers: maybe(fields, "registers", fields.count),
			positions: choice("positions", ["all", "patches", "none"]),
			relativePositions: flag("relativePositions"),
			patchBias: flag("patchBias"),
			stemNorm: flag("stemNorm"),
			blockNorms: choice("blockNorms", ["pre", "branch", "post"]),
			layerScale: flag("layerScale"),
			queryKeyNorm: flag("queryKeyNorm"),
			attentionBias: flag("attentionBias"),
			activation: choice("activation", activations),
			gatedMlp: flag("gatedMlp"),
			finalNorm: choice("finalNorm", ["tokens", "pooled", "none"]),
			representation: maybe(fields, "representation", fields.positive),
		}),
	};
}

function parseMixer(fields: Fields): Architecture {
	return {
		family: "mixer",
		imageSide: parseSides(fields),
		patch: fields.positive("patch"),
		width: fields.positive("width"),
		depth: parseDepth(fields),
		tokenRatio: fields.number("tokenRatio"),
		mlpRatio: fields.number("mlpRatio"),
		classes: fields.count("classes"),
		normEpsilon: fields.number("normEpsilon"),
		...withFound({ activation: maybe(fields, "activation", () => fields.oneOf("activation", activations)) }),
	};
}

function parseResnet(fields: Fields): Architecture {
	const stem = fields.object("stem");
	const architecture: Architecture = {
		family: "resnet",
		imageSide: parseSides(fields),
		stem: { kernel: stem.oneOf("kernel", [3, 7]), width: stem.positive("width"), pooling: stem.boolean("pooling") },
		width: fields.positive("width"),
		units: parseUnits(fields),
		classes: fields.count("classes"),
		normEpsilon: fields.number("normEpsilon"),
		...withFound({
			unit: maybe(fields, "unit", () => fields.oneOf("unit", ["bottleneck", "basic"])),
			expansion: maybe(fields, "expansion", fields.positive),
			stridedKernel: maybe(fields, "stridedKernel", () => fields.oneOf("stridedKernel", [1, 3])),
		}),
	};
	stem.end();
	return architecture;
}

function parseResnetV2(fields: Fields): Architecture {
	return {
		family: "resnetv2",
		imageSide: parseSides(fields),
		width: fields.positive("width"),
		units: parseUnits(fields),
		classes: fields.count("classes"),
		groups: fields.positive("groups"),
		normEpsilon: fields.number("normEpsilon"),
	};
}

/** Bounds what a number in a file makes of a network. */
const mostBlocks = 1000;

function parseDepth(fields: Fields): number {
	const depth = fields.positive("depth");
	if (depth > mostBlocks) throw fields.wrong("depth", `at most ${mostBlocks} blocks`);
	return depth;
}

function parseUnits(fields: Fields): readonly number[] {
	const units = fields.numbers("units");
	const isRight =
		units.length <= 8 && units.every((count) => Number.isInteger(count) && count > 0 && count <= mostBlocks);
	if (!isRight) throw fields.wrong("units", `at most 8 stages of at most ${mostBlocks} units`);
	return units;
}

/** A side for both, or [height, width]. */
function parseSides(fields: Fields): number | readonly [height: number, width: number] {
	if (!fields.isList("imageSide")) return fields.positive("imageSide");
	const [height = 0, width = 0] = fields.numbers("imageSide", 2);
	if ([height, width].every((side) => Number.isSafeInteger(side) && side > 0)) return [height, width];
	throw fields.wrong("imageSide", "pixels a side, or [height, width]");
}

/** The field, or undefined where it is left out. */
function maybe<T>(fields: Fields, name: string, read: (name: string) => T): T | undefined {
	return fields.optional(name, read) ?? undefined;
}

/** Without what was left out: two entries that say the same are the same. */
function withFound<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
	const found = Object.entries(fields).filter(([, value]) => value !== undefined);
	return Object.fromEntries(found) as { [Key in keyof T]?: Exclude<T[Key], undefined> }; // the keys of the fields given
}
