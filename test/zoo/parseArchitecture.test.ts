import { expect, test } from "vitest";
import type { Architecture } from "../../src/architecture/architecture.ts";
import { recogniseCheckpoint } from "../../src/architecture/recognise/recognise.ts";
import { Fields } from "../../src/zoo/fields.ts";
import { parseArchitecture } from "../../src/zoo/parseArchitecture.ts";
import { checkpointCase, checkpointCases, checkpointWeights } from "../support/checkpoints.ts";

const place = "sightline.json: models[2].source.architecture";
const parse = (value: unknown): Architecture => parseArchitecture(new Fields(value, place));

test.each(Object.keys(checkpointCases))("the architecture of %s in JSON is read back", (name) => {
	const { config, imageSize, architecture: declared, ...rest } = checkpointCase(name);
	const architecture = declared ?? recogniseCheckpoint(checkpointWeights(rest), config, imageSize).architecture;
	expect(parse(JSON.parse(JSON.stringify(architecture)))).toEqual(architecture);
});

const vit = {
	family: "vit",
	imageSide: 32,
	patch: 8,
	width: 16,
	depth: 2,
	heads: 2,
	mlpRatio: 2,
	pooling: "cls",
	classes: 5,
	normEpsilon: 1e-6,
};
const resnet = {
	family: "resnet",
	imageSide: 32,
	stem: { kernel: 3, width: 4, pooling: false },
	width: 2,
	units: [2, 1],
	classes: 5,
	normEpsilon: 1e-5,
};

test("a ViT may have every field", () => {
	const all = {
		...vit,
		imageSide: [32, 48],
		pooling: "gap",
		withoutSkips: [1],
		classToken: true,
		distillation: "token",
		registers: 4,
		positions: "patches",
		relativePositions: false,
		patchBias: false,
		stemNorm: true,
		blockNorms: "branch",
		layerScale: true,
		queryKeyNorm: true,
		attentionBias: false,
		activation: "quickGelu",
		gatedMlp: true,
		finalNorm: "pooled",
		representation: 12,
	};
	expect(parse(all)).toEqual(all);
});

test.each([
	["an unknown family", { ...vit, family: "swin" }, `${place}.family is "swin", expected one of "vit", "mixer"`],
	["sides of no pixels", { ...vit, imageSide: [0, 32] }, `${place}.imageSide is [0,32], expected pixels a side`],
	["three sides", { ...vit, imageSide: [3, 32, 32] }, "expected a list of 2 numbers"],
	["half a side", { ...vit, imageSide: 0.5 }, "imageSide is 0.5, expected a whole number from 1"],
	["a depth beyond any network", { ...vit, depth: 1e9 }, "depth is 1000000000, expected at most 1000 blocks"],
	["an unknown activation", { ...vit, activation: "mish" }, 'activation is "mish", expected one of "gelu"'],
	["a flag in words", { ...vit, layerScale: "yes" }, 'layerScale is "yes", expected true or false'],
	["a field of another family", { ...vit, units: [1] }, 'unknown field "units"'],
	["nine stages", { ...resnet, units: Array(9).fill(1) }, "expected at most 8 stages"],
	["a stage without end", { ...resnet, units: [1e9] }, "expected at most 8 stages of at most 1000 units"],
	["another strided kernel", { ...resnet, stridedKernel: 2 }, "stridedKernel is 2, expected one of 1, 3"],
])("%s is refused", (_what, value, message) => {
	expect(() => parse(value)).toThrow(
		expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(message) }),
	);
});
