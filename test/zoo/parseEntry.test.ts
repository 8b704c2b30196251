import { expect, test } from "vitest";
import { Fields } from "../../src/zoo/fields.ts";
import { parseEntry } from "../../src/zoo/parseEntry.ts";
import { zoo } from "../../src/zoo/zoo.ts";

const place = "sightline.json: models[2]";
const onnx = {
	id: "mine",
	title: "Mine",
	source: { kind: "onnx", file: "mine.onnx" },
	preprocessing: { resize: "bilinear", shortSide: null, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
};

test.each(zoo.map((entry) => [entry.id, entry] as const))("the entry of %s in JSON is read back", (_id, entry) => {
	expect(parseEntry(new Fields(JSON.parse(JSON.stringify(entry)), place))).toEqual(entry);
});

test("what may be left out is null or empty", () => {
	const rest = { labels: null, standsFor: null, analogyEnds: null, overrides: {}, expected: null };
	expect(parseEntry(new Fields(onnx, place))).toEqual({ ...onnx, ...rest });
});

test.each(["safetensors", "npz"])("a source of %s may leave its architecture to be recognised", (kind) => {
	const source = { kind, file: `model.${kind}` };
	expect(parseEntry(new Fields({ ...onnx, source }, place)).source).toEqual(source);
});

test("overrides are read", () => {
	const overrides = {
		classToken: false,
		tokensBeforePatches: 5,
		grid: [14, 10],
		heads: 12,
		imageSize: [224, 160],
		output: "logits",
	};
	expect(parseEntry(new Fields({ ...onnx, overrides }, place)).overrides).toEqual(overrides);
});

test("what is claimed, the digest and the roles are read", () => {
	const stated = { sha256: "0a".repeat(32), accuracy: { top1: 0.757, images: null }, roles: ["vit"] };
	expect(parseEntry(new Fields({ ...onnx, ...stated }, place))).toMatchObject(stated);
});

const [vit] = zoo;

test.each([
	["a text in place of an entry", "vit", `${place} is "vit", expected an object`],
	["no id", { ...onnx, id: undefined }, `${place}.id is missing, expected a text`],
	["an id with a way in it", { ...onnx, id: "../x" }, `${place}.id is "../x", expected letters, digits`],
	["an unknown field", { ...onnx, lables: "leaves" }, `${place}: unknown field "lables"`],
	[
		"a source of another kind",
		{ ...onnx, source: { kind: "pickle" } },
		`.source.kind is "pickle", expected one of "saf`,
	],
	["an architecture for an ONNX file", { ...onnx, source: { ...vit?.source, kind: "onnx" } }, 'field "architecture"'],
	[
		"an architecture without its heads",
		{ ...onnx, source: { ...vit?.source, architecture: { ...architecture(), heads: undefined } } },
		`${place}.source.architecture.heads is missing, expected a whole number from 1`,
	],
	[
		"two means",
		{ ...onnx, preprocessing: { ...onnx.preprocessing, mean: [0.5, 0.5] } },
		`${place}.preprocessing.mean is [0.5,0.5], expected a list of 3 numbers`,
	],
	[
		"a deviation of 0",
		{ ...onnx, preprocessing: { ...onnx.preprocessing, deviation: [0.2, 0, 0.2] } },
		`${place}.preprocessing.deviation is [0.2,0,0.2], expected numbers above 0`,
	],
	[
		"half a column of patches",
		{ ...onnx, overrides: { grid: [14, 2.5] } },
		"overrides.grid is [14,2.5], expected [rows, columns] of patches",
	],
	[
		"heads that are no number",
		{ ...onnx, overrides: { heads: 0 } },
		"overrides.heads is 0, expected a whole number from 1",
	],
	[
		"sides of no pixels",
		{ ...onnx, overrides: { imageSize: [0, 4] } },
		"overrides.imageSize is [0,4], expected [height",
	],
	["a digest that is none", { ...onnx, sha256: "0A" }, `${place}.sha256 is "0A", expected 64 hexadecimal digits`],
	[
		"an accuracy in percent",
		{ ...onnx, accuracy: { top1: 75.7 } },
		"accuracy.top1 is 75.7, expected a share from 0 to 1",
	],
	[
		"an unknown role",
		{ ...onnx, roles: ["vitt"] },
		`${place}.roles is ["vitt"], expected a list of some of "vit", "vitLarge"`,
	],
	["a role twice", { ...onnx, roles: ["vit", "vit"] }, "none twice"],
	["an expectation by halves", { ...onnx, expected: { family: "vit" } }, "expected.blocks is missing"],
])("%s is refused by its place", (_what, value, message) => {
	expect(() => parseEntry(new Fields(value, place))).toThrow(
		expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(message) }),
	);
});

test("an unknown field is answered with the near miss", () => {
	expect(() => parseEntry(new Fields({ ...onnx, lables: "leaves" }, place))).toThrow(
		expect.objectContaining({ hint: "Did you mean labels?" }),
	);
});

function architecture(): object {
	return vit?.source.kind === "safetensors" ? (vit.source.architecture ?? {}) : {};
}
