/** The gradients of normalisations. */
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { fromValues, numbers } from "../../../src/tensor/values.ts";
import { type Rule, testRules } from "../../support/gradientRules.ts";
import { randomTensor } from "../graphs.ts";

const floats = (...shape: number[]): Tensor => randomTensor("float32", shape, shape.length + 1);
const mapped = (tensor: Tensor, map: (x: number) => number): Tensor =>
	fromValues("float32", tensor.shape, numbers(tensor).map(map));
const positive = (...shape: number[]): Tensor => mapped(floats(...shape), (x) => 0.2 + Math.abs(x));
const wide = (...shape: number[]): Tensor => mapped(floats(...shape), (x) => 4 * x + 0.013);

const rules: readonly Rule[] = [
	{ operator: "LayerNormalization", inputs: [wide(2, 3, 8), floats(8), floats(8)] },
	{ operator: "LayerNormalization", inputs: [wide(2, 3, 4), floats(3, 4)], attributes: { axis: 1 } },
	{ operator: "SkipLayerNormalization", domain: "com.microsoft", inputs: [wide(2, 3, 8), floats(2, 3, 8), floats(8)] },
	{
		operator: "SkipLayerNormalization",
		domain: "com.microsoft",
		inputs: [wide(2, 3, 8), floats(2, 3, 8), floats(8), floats(8), floats(8)],
		at: 1,
	},
	// The sum, from which the next block goes on.
	...[0, 3].map((output) => ({
		operator: "SkipLayerNormalization",
		domain: "com.microsoft",
		inputs: [wide(2, 3, 8), floats(2, 3, 8), floats(8), floats(8), floats(8)],
		outputs: 4,
		output,
	})),
	{ operator: "RMSNormalization", inputs: [wide(2, 3, 8), floats(8)], opset: 23 },
	{ operator: "RMSNormalization", inputs: [wide(2, 3, 4), floats(3, 4)], attributes: { axis: 1 }, opset: 23 },
	{ operator: "BatchNormalization", inputs: [wide(2, 3, 4, 5), floats(3), floats(3), floats(3), positive(3)] },
	{ operator: "BatchNormalization", inputs: [wide(2, 3), floats(3), floats(3), floats(3), positive(3)], opset: 9 },
	...[11, 14, 15, 20].map((opset) => ({
		operator: "BatchNormalization",
		inputs: [wide(2, 3, 4, 5), floats(3), floats(3), floats(3), positive(3)],
		opset,
	})),
	...[9, 13, 18, 22].flatMap((opset) => [
		{ operator: "InstanceNormalization", inputs: [wide(2, 3, 5), floats(3), floats(3)], opset },
		{ operator: "LpNormalization", inputs: [wide(2, 3, 5)], attributes: { axis: 1 }, opset },
		{ operator: "LRN", inputs: [wide(2, 5, 3, 2)], attributes: { size: 3, alpha: { float: 0.3 } }, opset },
		{ operator: "MeanVarianceNormalization", inputs: [wide(2, 3, 4, 5)], opset },
	]),
	{
		operator: "LRN",
		inputs: [wide(2, 6, 3, 2)],
		attributes: { size: 5, alpha: { float: 0.5 }, beta: { float: 0.6 }, bias: { float: 2 } },
	},
	{ operator: "MeanVarianceNormalization", inputs: [wide(2, 3, 8)], attributes: { axes: [-1] } },
	{ operator: "InstanceNormalization", inputs: [wide(2, 3, 4, 5), floats(3), floats(3)] },
	{
		operator: "GroupNormalization",
		inputs: [wide(2, 6, 4, 3), floats(2), floats(2)],
		attributes: { num_groups: 2 },
		opset: 18,
	},
	{
		operator: "GroupNormalization",
		inputs: [wide(2, 6, 4, 3), floats(6), floats(6)],
		attributes: { num_groups: 2 },
		opset: 21,
	},
	{ operator: "LpNormalization", inputs: [positive(2, 3, 5)] },
	{ operator: "LpNormalization", inputs: [wide(2, 3, 5)], attributes: { axis: 1, p: 1 } },
];
testRules(rules);
