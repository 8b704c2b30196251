/**
 * schema/sightline.schema.json tells editors what parseOwnEntries accepts: both are held to the same documents, valid ones
 * and thousands of broken ones, and to the same fields. What only the parser sees: ids that are given twice.
 */
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { activations } from "../../src/architecture/activation.ts";
import { imageSetKinds } from "../../src/zoo/imageSetEntry.ts";
import { parseOwnEntries } from "../../src/zoo/parseOwnEntries.ts";
import { boxFits, channelOrders, cropRoundings, resizeFilters } from "../../src/zoo/preprocessing.ts";
import { roles } from "../../src/zoo/roles.ts";
import { zoo } from "../../src/zoo/zoo.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Schema = {
	readonly [word: string]: unknown;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly definitions?: Readonly<Record<string, Schema>>;
};

const schema = JSON.parse(
	readFileSync(new URL("../../schema/sightline.schema.json", import.meta.url), "utf8"),
) as Schema;
const valid = new Ajv({ strictTypes: false, allowUnionTypes: true }).compile(schema);

function parsed(value: unknown): string | null {
	try {
		parseOwnEntries(value, "sightline.json", { models: [], imageSets: [] });
		return null;
	} catch (error) {
		return String(error);
	}
}

const threes = { mean: [0.5, 0.5, 0.5], deviation: [0.2, 0.2, 0.2] };
const onnx = { kind: "onnx", file: "m.onnx" };
const vit = {
	...{ family: "vit", imageSide: [32, 48], patch: 8, width: 16, depth: 2, heads: 2, mlpRatio: 2.5 },
	...{ pooling: "cls+gap", classes: 0, normEpsilon: 1e-6, withoutSkips: [0], classToken: true, distillation: "token" },
	...{ registers: 4, positions: "patches", relativePositions: false, patchBias: true, stemNorm: true },
	...{ blockNorms: "branch", layerScale: true, queryKeyNorm: true, attentionBias: true, activation: "silu" },
	...{ gatedMlp: true, finalNorm: "pooled", representation: 8 },
};
const mixer = {
	...{ family: "mixer", imageSide: 32, patch: 8, width: 16, depth: 2, tokenRatio: 0.5, mlpRatio: 4 },
	...{ classes: 5, normEpsilon: 1e-6, activation: "relu" },
};
const resnet = {
	...{ family: "resnet", imageSide: 32, stem: { kernel: 3, width: 4, pooling: false }, width: 4, units: [2, 1] },
	...{ classes: 5, normEpsilon: 1e-5, unit: "basic", expansion: 1, stridedKernel: 1 },
};
const resnetv2 = {
	...{ family: "resnetv2", imageSide: 32, width: 4, units: [2, 1], classes: 5, groups: 2, normEpsilon: 1e-5 },
};
const model = {
	...{ id: "mine", title: "Mine", source: onnx, sha256: "0a".repeat(32), labels: "photographs" },
	preprocessing: { resize: "bicubic", shortSide: 248, cropRounding: "down", fill: [0, 128, 255], scale: 1, ...threes },
	accuracy: { top1: 0.757, images: "photographs" },
	roles: ["vit", "vitLarge"],
	overrides: {
		...{ classToken: false, tokensBeforePatches: 5, grid: [14, 10], heads: 12, imageSize: [224, 160], output: "y" },
	},
	expected: {
		...{ family: "other", blocks: 1, layers: 2, heads: 0, residualAdditions: 3, pooling: "gap", parameters: 9 },
	},
	...{ standsFor: "ViT-B", analogyEnds: "Soon." },
};
const checkpoint = (architecture: object) => ({
	...{ id: "other", title: "Other", source: { kind: "safetensors", file: "m.safetensors", architecture } },
	preprocessing: {
		...{
			resize: "box",
			box: { fit: "cover", sides: [32, 32] },
			channels: "grey",
			fill: [7],
			mean: [0],
			deviation: [1],
		},
	},
});
const set = (kind: string) => ({
	...{ id: "pictures", title: "Pictures", source: { kind, path: "a", labels: "fine" }, strict: true, upright: false },
	digest: "0b",
});

/** Between them they have every field. */
const documents = [
	{ $schema: "./sightline.schema.json", models: [model], imageSets: [set("tar"), { id: "plain", folder: "b" }] },
	...[vit, mixer, resnet, resnetv2].map((architecture) => ({ models: [checkpoint(architecture)] })),
	{},
] as readonly Json[];

test("both accept documents with every field, and the entries of the zoo", () => {
	for (const document of [...documents, { models: JSON.parse(JSON.stringify(zoo)) }]) {
		expect([valid(document), valid.errors, parsed(document)]).toEqual([true, null, null]);
	}
});

test.each([
	["resize", resizeFilters.map((resize) => withPixels({ resize, ...threes }))],
	["box.fit", boxFits.map((fit) => withPixels({ resize: "box", box: { fit, sides: [8, 8] }, ...threes }))],
	["cropRounding", cropRoundings.map((cropRounding) => withPixels({ ...model.preprocessing, cropRounding }))],
	["channels", channelOrders.map((channels) => withPixels({ resize: "box", channels, ...valuesOf(channels) }))],
	["activation", activations.map((activation) => ({ models: [checkpoint({ ...vit, activation })] }))],
	["role", roles.map((role) => ({ models: [{ ...model, roles: [role] }] }))],
	["kind of images", imageSetKinds.map((kind) => ({ imageSets: [set(kind)] }))],
])("both accept every %s", (_field, all: readonly object[]) => {
	for (const document of all) {
		expect([valid(document), valid.errors, parsed(document)]).toEqual([true, null, null]);
	}
});

test("what is broken in one place is refused, or still accepted, by both", () => {
	const texts = ["", "x", "../x", "0c".repeat(32), "0C".repeat(32), ...wordsOf(schema)];
	const others: Json[] = [null, true, -1, 0, 0.5, 1, 3, 1001, 2 ** 14 + 1, 2 ** 53, [], {}, ["vit", "vit"]];
	others.push([0], [1, 2], [0.5, 2], [256, 1, 1], [-1, 1, 1], [1, "x"], Array(9).fill(1), ...texts);
	const disagreements = new Set<string>();
	let refused = 0;
	for (const document of documents) {
		for (const broken of brokenVersions(document, others)) {
			const [bySchema, byParser] = [valid(broken), parsed(broken)];
			const [{ instancePath = "", message = "accepts" } = {}] = valid.errors ?? [];
			if (bySchema !== (byParser === null))
				disagreements.add(`schema: ${instancePath} ${message}; parser: ${byParser}`);
			if (!bySchema) refused++;
		}
	}
	expect([...disagreements]).toEqual([]);
	expect(refused).toBeGreaterThan(1000);
});

test("both know the same fields, and each is described", () => {
	const read = new Map<string, Set<string>>();
	for (const document of documents) parsed(watched(document, "", read));
	const known = new Map(
		[...read.keys()].map((place) => [place, new Set(Object.keys(schemaAt(place).properties ?? {}))]),
	);
	expect([...read.keys()].length).toBeGreaterThan(12);
	expect(known).toEqual(read);
	const undescribed = [...read].flatMap(([place, names]) =>
		[...names].filter((name) => !isDescribed(schemaAt(place).properties?.[name])).map((name) => `${place}.${name}`),
	);
	expect(undescribed).toEqual([]);
});

function withPixels(preprocessing: object): object {
	return { models: [{ ...model, preprocessing }] };
}

function valuesOf(channels: string): object {
	return channels === "grey" ? { mean: [0], deviation: [1] } : threes;
}

/** Every word of an enum. */
function wordsOf(value: unknown): string[] {
	if (typeof value !== "object" || value === null) return [];
	const own = "enum" in value && Array.isArray(value.enum) ? value.enum.filter((word) => typeof word === "string") : [];
	return [...new Set([...own, ...Object.values(value).flatMap(wordsOf)])];
}

/** The document with one value left out, one field too many, or another value in its place. */
function* brokenVersions(value: Json, others: readonly Json[]): Generator<Json> {
	yield* others;
	if (Array.isArray(value)) {
		for (const [index, item] of value.entries()) {
			for (const broken of brokenVersions(item, others)) yield value.with(index, broken);
		}
	} else if (typeof value === "object" && value !== null) {
		const fields = value as { readonly [name: string]: Json }; // no list
		yield { ...fields, unknownField: 1 };
		for (const [name, item] of Object.entries(fields)) {
			const { [name]: _left, ...rest } = fields;
			yield rest;
			for (const broken of brokenVersions(item, others)) yield { ...fields, [name]: broken };
		}
	}
}

/** The value, noting under the place of each object which of its fields are read. */
function watched(value: Json, place: string, read: Map<string, Set<string>>): unknown {
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) return value.map((item) => watched(item, place, read));
	const family = "family" in value && place.endsWith("architecture") ? `:${value.family}` : "";
	const names = read.get(place + family) ?? new Set();
	read.set(place + family, names);
	return new Proxy(value, {
		get: (fields, name) => {
			names.add(String(name));
			const item = (fields as Record<string, Json>)[String(name)];
			return item === undefined ? undefined : watched(item, `${place}${family}/${String(name)}`, read);
		},
	});
}

/** Of the objects at a place as `watched` names it: "/models/source/architecture:vit". */
function schemaAt(place: string): Schema {
	return place
		.split("/")
		.slice(1)
		.reduce((outer, step) => {
			const [name = "", family] = step.split(":");
			const inner = behindReference(outer.properties?.[name] ?? {});
			return family === undefined ? inner : (schema.definitions?.[family] ?? {});
		}, schema);
}

/** The schema of objects: behind a reference, of a list its items', of what may be null the other. */
function behindReference(given: Schema): Schema {
	const { $ref, anyOf, items } = given as { $ref?: string; anyOf?: readonly Schema[]; items?: Schema };
	if ($ref !== undefined) return behindReference(schema.definitions?.[$ref.split("/").at(-1) ?? ""] ?? {});
	if (anyOf?.[0] !== undefined) return behindReference(anyOf[0]);
	return items === undefined ? given : behindReference(items);
}

function isDescribed(given: Schema = {}): boolean {
	const { $ref, anyOf, description, const: only } = given as { [word: string]: unknown; anyOf?: readonly Schema[] };
	if (description !== undefined || only !== undefined) return true;
	return $ref !== undefined || anyOf !== undefined ? behindReference(given).description !== undefined : false;
}
