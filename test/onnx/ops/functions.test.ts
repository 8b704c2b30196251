/** The gradients of functions of an element, of sums, products and choices of several, and of reductions. */
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { fromFloat32s, fromValues, int64Vector, numbers } from "../../../src/tensor/values.ts";
import { type Rule, testRules } from "../../support/gradientRules.ts";
import { randomTensor } from "../graphs.ts";

const floats = (...shape: number[]): Tensor => randomTensor("float32", shape, shape.length + 1);
/** From 0.2 on: for roots, logarithms and what is divided by. */
const positive = (...shape: number[]): Tensor => {
	const values = numbers(floats(...shape));
	return fromValues(
		"float32",
		shape,
		values.map((x) => 0.2 + Math.abs(x)),
	);
};
/** From -4 to 4 and at no kink. */
const wide = (...shape: number[]): Tensor => {
	const values = numbers(floats(...shape));
	return fromValues(
		"float32",
		shape,
		values.map((x) => 4 * x + 0.013),
	);
};
/** Rows without a zero, with one and with two. */
const withZeros = (): Tensor =>
	fromValues(
		"float32",
		[3, 4],
		numbers(wide(3, 4)).map((x, i) => ([5, 8, 10].includes(i) ? 0 : x)),
	);
const ints = (...values: number[]): Tensor => int64Vector(values);
const bools = (...shape: number[]): Tensor =>
	fromValues(
		"bool",
		shape,
		numbers(floats(...shape)).map((x) => Number(x > 0)),
	);
const scalar = (value: number): Tensor => fromFloat32s([], [value]);

const plain = ["Abs", "Neg", "Relu", "Exp", "Erf", "Tanh", "Sigmoid", "Softplus", "Softsign", "Sin", "Cos"];
const parametric = ["LeakyRelu", "Elu", "Selu", "Celu", "HardSigmoid", "HardSwish", "ThresholdedRelu"];
const reductions = [
	"ReduceSum",
	"ReduceMean",
	"ReduceMax",
	"ReduceMin",
	"ReduceSumSquare",
	"ReduceL1",
	"ReduceL2",
	"ReduceLogSum",
	"ReduceLogSumExp",
	"ReduceProd",
];

const rules: readonly Rule[] = [
	...plain.map((operator) => ({ operator, inputs: [wide(2, 3, 5)] })),
	...["Sqrt", "Reciprocal", "Log"].map((operator) => ({ operator, inputs: [positive(2, 3, 5)] })),
	...parametric.map((operator) => ({ operator, inputs: [wide(2, 3, 5)] })),
	{ operator: "LeakyRelu", inputs: [wide(2, 3, 5)], attributes: { alpha: { float: 0.3 } } },
	{ operator: "Elu", inputs: [wide(2, 3, 5)], attributes: { alpha: { float: 0.7 } } },
	{ operator: "HardSigmoid", inputs: [wide(2, 3, 5)], attributes: { alpha: { float: 1 / 6 } } },
	{ operator: "Mish", inputs: [wide(2, 3, 5)], opset: 18 },
	{ operator: "PRelu", inputs: [wide(2, 3, 5), floats(3, 1)] },
	...["none", "tanh"].map((approximate) => ({
		operator: "Gelu",
		inputs: [wide(2, 3, 5)],
		attributes: { approximate },
		opset: 20,
	})),
	{ operator: "Gelu", domain: "com.microsoft", inputs: [wide(2, 3, 5)] },
	{ operator: "QuickGelu", domain: "com.microsoft", inputs: [wide(2, 3, 5)], attributes: { alpha: { float: 1.702 } } },
	{ operator: "FastGelu", domain: "com.microsoft", inputs: [wide(2, 3, 5), floats(5)] },
	{ operator: "FastGelu", domain: "com.microsoft", inputs: [wide(2, 3, 5)] },
	{ operator: "BiasGelu", domain: "com.microsoft", inputs: [wide(2, 3, 5), floats(5)] },
	{ operator: "Clip", inputs: [wide(2, 3, 5), scalar(0), scalar(6)] },
	{ operator: "Clip", inputs: [wide(2, 3, 5), null, scalar(1.5)] },
	{ operator: "Clip", inputs: [wide(2, 3, 5)], attributes: { min: { float: -1 }, max: { float: 2 } }, opset: 9 },

	...["Add", "Sub", "Mul", "Min", "Max", "Sum", "Mean"].flatMap((operator) => [
		{ operator, inputs: [wide(2, 3, 5), floats(2, 3, 5)] },
		{ operator, inputs: [wide(2, 3, 5), floats(3, 1)], at: 1 },
		{ operator, inputs: [floats(3, 1), wide(2, 1, 5)] },
	]),
	{ operator: "Sum", inputs: [floats(2, 3), floats(3), floats(2, 1)], at: 2 },
	{ operator: "Max", inputs: [floats(2, 3), wide(2, 3), floats(3)], at: 1, opset: 9 },
	{ operator: "Div", inputs: [floats(2, 3, 5), positive(2, 1, 5)] },
	{ operator: "Div", inputs: [floats(2, 3, 5), positive(5)], at: 1 },
	{ operator: "Pow", inputs: [wide(2, 3, 5), scalar(2)] },
	{ operator: "Pow", inputs: [wide(2, 3, 5), ints(3)] },
	{ operator: "Pow", inputs: [wide(2, 3, 5), ints(1, 2, 3, 2, 4)] },
	{ operator: "Pow", inputs: [positive(2, 3, 5), scalar(0.5)] },
	{ operator: "Mod", inputs: [wide(2, 3, 5), scalar(1.5)], attributes: { fmod: 1 } },
	{ operator: "Mod", inputs: [wide(2, 3, 5), positive(3, 1)], attributes: { fmod: 1 }, at: 1 },
	{ operator: "Pow", inputs: [positive(2, 3, 5), floats(3, 1)] },
	{ operator: "Pow", inputs: [positive(2, 3, 5), floats(3, 1)], at: 1 },
	...[1, 2].map((at) => ({
		operator: "Where",
		inputs: [bools(3, 5), floats(2, 3, 5), floats(5)],
		at,
	})),

	...reductions.flatMap((operator) => [
		{ operator, inputs: [positive(2, 3, 4)], attributes: { axes: [1], keepdims: 1 }, opset: 11 },
		{ operator, inputs: [positive(2, 3, 4)], attributes: { axes: [0, -1], keepdims: 0 }, opset: 11 },
		{ operator, inputs: [positive(2, 3, 4), ints(-1)], opset: 18 },
		{ operator, inputs: [positive(2, 3, 4)], opset: 18 },
	]),
	{ operator: "ReduceProd", inputs: [withZeros()], attributes: { axes: [1] }, opset: 11 },
	{ operator: "ReduceSum", inputs: [floats(2, 3, 4), ints(1, 2)], attributes: { keepdims: 0 } },

	...["Softmax", "LogSoftmax"].flatMap((operator) => [
		{ operator, inputs: [wide(2, 3, 5)] },
		{ operator, inputs: [wide(2, 3, 5)], attributes: { axis: 1 } },
		{ operator, inputs: [wide(2, 3, 5)], attributes: { axis: 1 }, opset: 9 },
		{ operator, inputs: [wide(2, 3, 5)], attributes: { axis: 2 }, opset: 11 },
	]),

	{ operator: "Cast", inputs: [floats(2, 3)], attributes: { to: 1 } },
	{ operator: "CastLike", inputs: [floats(2, 3), scalar(1)] },
	...[9, 10, 12, 13].map((opset) => ({ operator: "Dropout", inputs: [floats(2, 3)], opset })),
	...[9, 10, 11, 17, 24].flatMap((opset) => [
		{
			operator: "TopK",
			inputs: [wide(2, 7, 3), ...(opset < 10 ? [] : [ints(4)])],
			outputs: 2,
			opset,
			attributes: { axis: 1, ...(opset < 10 ? { k: 4 } : {}) },
		},
	]),
	{ operator: "TopK", inputs: [wide(2, 7), ints(3)], outputs: 2, attributes: { largest: 0 } },

	// What is emitted is legal in every opset that may be met.
	...[9, 10, 11, 13, 18, 20, 22].flatMap((opset) => [
		...["Abs", "Relu", "Erf", "Sigmoid", "HardSigmoid", "Elu", "LeakyRelu", "Softplus"].map((operator) => ({
			operator,
			inputs: [wide(2, 5)],
			opset,
		})),
		{ operator: "Softmax", inputs: [wide(2, 3, 2)], attributes: { axis: 1 }, opset },
		{ operator: "LogSoftmax", inputs: [wide(2, 3, 2)], attributes: { axis: 1 }, opset },
		{ operator: "Max", inputs: [wide(2, 3), floats(3)], opset },
		{ operator: "Mul", inputs: [floats(2, 1, 5), floats(3, 5)], opset },
		{ operator: "Where", inputs: [bools(3, 5), floats(2, 3, 5), floats(5)], at: 1, opset },
		{
			operator: "Clip",
			inputs: [wide(2, 5), ...(opset < 11 ? [] : [scalar(-1), scalar(2)])],
			attributes: opset < 11 ? { min: { float: -1 }, max: { float: 2 } } : {},
			opset,
		},
	]),
];

testRules(rules);
