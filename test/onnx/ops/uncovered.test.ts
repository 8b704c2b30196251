/** Gradients that no rule has are refused by name: nothing is left out in silence. */
import { expect, test } from "vitest";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { fromFloat32s, fromValues } from "../../../src/tensor/values.ts";
import { type Rule, walkedModel } from "../../support/gradientRules.ts";
import { randomTensor } from "../graphs.ts";

const floats = (...shape: number[]): Tensor => randomTensor("float32", shape, shape.length + 1);
const scalar = (value: number): Tensor => fromFloat32s([], [value]);
const images = floats(2, 3, 4, 4);
const statistics = [floats(3), floats(3), floats(3), floats(3)];
const domain = "com.microsoft";

const cases: readonly (readonly [string, RegExp, Rule])[] = [
	[
		"rounding to integers",
		/rounding has no slope/,
		{ operator: "QuantizeLinear", inputs: [floats(4), scalar(0.1), fromValues("uint8", [], [3])] },
	],
	[
		"statistics of the batch",
		/statistics of the batch/,
		{ operator: "BatchNormalization", inputs: [images, ...statistics], attributes: { training_mode: 1 } },
	],
	[
		"what is dropped at random",
		/drops at random/,
		{ operator: "Dropout", inputs: [floats(4), scalar(0.5), fromValues("bool", [], [1])] },
	],
	[
		"a scale that depends on the image",
		/input 1 depends on the image/,
		{ operator: "LayerNormalization", inputs: [floats(2, 4), floats(4)], at: 1 },
	],
	[
		"a scale for each channel, likewise",
		/input 1 depends on the image/,
		{ operator: "BatchNormalization", inputs: [images, ...statistics], at: 1 },
	],
	[
		"slopes that depend on the image",
		/input 1 depends on the image/,
		{ operator: "PRelu", inputs: [floats(2, 4), floats(4)], at: 1 },
	],
	[
		"bounds that depend on the image",
		/input 1 depends on the image/,
		{ operator: "Clip", inputs: [floats(2, 4), scalar(0)], at: 1 },
	],
	[
		"the mean of a norm",
		/no gradient is known from output 1/,
		{ operator: "LayerNormalization", inputs: [floats(2, 4), floats(4)], outputs: 3, output: 1 },
	],
	[
		"a bias that depends on the image",
		/input 1 depends on the image/,
		{ operator: "BiasGelu", domain, inputs: [floats(2, 4), floats(4)], at: 1 },
	],
];

test.each(cases)("%s", (_, message, rule) => {
	expect(() => walkedModel(rule)).toThrow(message);
});
