/** The tiny networks of test/fixtures/tiny: weights, and what PyTorch makes of them in float64. */
import { readFileSync } from "node:fs";
import { type Architecture, buildArchitecture } from "../../src/architecture/architecture.ts";
import { readSafetensors } from "../../src/checkpoint/safetensors.ts";
import type { Model } from "../../src/onnx/model.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

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
} as const;

export const tinyArchitectures = {
	vit,
	"vit-gap": { ...vit, pooling: "gap" },
	mixer: {
		family: "mixer",
		imageSide: 32,
		patch: 8,
		width: 16,
		depth: 2,
		tokenRatio: 0.5,
		mlpRatio: 2,
		classes: 5,
		normEpsilon: 1e-6,
	},
	resnet: {
		family: "resnet",
		imageSide: 32,
		stem: { kernel: 3, width: 4, pooling: false },
		width: 2,
		units: [2, 1],
		classes: 5,
		normEpsilon: 1e-5,
	},
	"resnet-classic": {
		family: "resnet",
		imageSide: 32,
		stem: { kernel: 7, width: 4, pooling: true },
		width: 2,
		units: [1],
		classes: 5,
		normEpsilon: 1e-5,
	},
} as const satisfies Readonly<Record<string, Architecture>>;

export type TinyName = keyof typeof tinyArchitectures;

export function tinyWeights(name: TinyName): ReadonlyMap<string, Tensor> {
	return readFixture(`${name}.safetensors`);
}

export function tinyModel(name: TinyName): Model {
	return buildArchitecture(tinyArchitectures[name], tinyWeights(name));
}

/** "pixels" [2, 3, 32, 32], "logits", every layer, "blocks.N.weights" (attention), "gradient" of the sum of all logits. */
export function tinyValues(name: TinyName): ReadonlyMap<string, Tensor> {
	return readFixture(`${name}.values.safetensors`);
}

function readFixture(file: string): ReadonlyMap<string, Tensor> {
	return readSafetensors(readFileSync(new URL(`../fixtures/tiny/${file}`, import.meta.url)), file);
}
