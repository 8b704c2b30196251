/** Each operator against ONNX Runtime: the shapes of its outputs, and its values where it is evaluated here. */
import { describe, expect, test } from "vitest";
import type { AttributeLike } from "../../src/onnx/emitter.ts";
import type { Model } from "../../src/onnx/model.ts";
import { elementTypeNumbers } from "../../src/onnx/proto.ts";
import { inferShapes } from "../../src/onnx/shapes.ts";
import type { ElementType, Tensor } from "../../src/tensor/tensor.ts";
import { fromFloat32s, fromValues, int64Vector } from "../../src/tensor/values.ts";
import { modelOf, node, randomTensor, value } from "./graphs.ts";
import { difference, run } from "./runtime.ts";

type Input = Tensor | null;

interface Case {
	readonly operator: string;
	readonly inputs: readonly Input[];
	readonly attributes?: Readonly<Record<string, AttributeLike>>;
	readonly opset?: number;
	readonly outputs?: number;
	readonly domain?: string;
	/** Whether our own evaluation must give values; where it gives any, they are compared. */
	readonly evaluated?: boolean;
}

const floats = (...shape: number[]): Tensor => randomTensor("float32", shape, shape.length + 1);
const positive = (...shape: number[]): Tensor => {
	const tensor = floats(...shape);
	return fromFloat32s(
		tensor.shape,
		[...new Float32Array(tensor.bytes.buffer)].map((x) => Math.abs(x) + 0.1),
	);
};
const typed = (type: ElementType, ...shape: number[]): Tensor => randomTensor(type, shape, 3);
const ints = (...values: number[]): Tensor => int64Vector(values);
const scalar = (type: ElementType, x: number): Tensor => fromValues(type, [], [x]);
const nonZero = (type: ElementType): Tensor => fromValues(type, [4], [1, 2, 3, 3]);

const unary = [
	"Abs",
	"Neg",
	"Sign",
	"Relu",
	"Ceil",
	"Floor",
	"Round",
	"Reciprocal",
	"Exp",
	"Erf",
	"Tanh",
	"Sin",
	"Cos",
];
const binary = ["Add", "Sub", "Mul", "Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual"];
const reductions = ["ReduceSum", "ReduceMean", "ReduceProd", "ReduceMax", "ReduceMin", "ReduceSumSquare", "ReduceL1"];
const activations = ["Elu", "Selu", "Celu", "Softsign", "Mish", "ThresholdedRelu", "Softmax", "LogSoftmax", "Hardmax"];

const evaluated: readonly Case[] = [
	...unary.map((operator) => ({ operator, inputs: [floats(2, 3)] })),
	...["Sqrt", "Log", "Softplus", "Sigmoid", "HardSigmoid", "HardSwish", "Identity"].map((operator) => ({
		operator,
		inputs: [positive(2, 3)],
	})),
	...["Abs", "Neg", "Sign"].map((operator) => ({ operator, inputs: [typed("int64", 2, 3)] })),
	{ operator: "Erf", inputs: [fromFloat32s([6], [0, 0.1, -1, 2.6, -4, 9])] },
	{ operator: "Round", inputs: [fromFloat32s([6], [0.5, 1.5, -0.5, -2.5, 2.4, -2.6])] },
	{ operator: "LeakyRelu", inputs: [floats(3)], attributes: { alpha: { float: 0.2 } } },
	{ operator: "HardSigmoid", inputs: [floats(3)], attributes: { alpha: { float: 0.25 }, beta: { float: 0.4 } } },
	{ operator: "Gelu", inputs: [floats(3)], opset: 20 },
	{ operator: "Gelu", inputs: [floats(3)], attributes: { approximate: "tanh" }, opset: 20 },
	{ operator: "Clip", inputs: [floats(5)], attributes: { min: { float: -0.5 }, max: { float: 0.7 } }, opset: 9 },
	{ operator: "Clip", inputs: [floats(5), scalar("float32", -0.5)] },
	{ operator: "Clip", inputs: [floats(5), null, scalar("float32", 0.5)] },
	{ operator: "IsNaN", inputs: [fromFloat32s([2], [Number.NaN, 1])] },
	{ operator: "IsInf", inputs: [fromFloat32s([3], [Number.NaN, 1, Number.NEGATIVE_INFINITY])] },
	...binary.flatMap((operator) => [
		{ operator, inputs: [floats(2, 1, 4), floats(3, 1)] },
		{ operator, inputs: [typed("int64", 2, 3), typed("int64", 3)] },
	]),
	{ operator: "Div", inputs: [floats(2, 3), floats(3)] },
	{ operator: "Div", inputs: [fromValues("int64", [4], [7, -7, 7, -7]), fromValues("int64", [4], [2, 2, -2, -2])] },
	{ operator: "Mod", inputs: [fromValues("int64", [4], [7, -7, 7, -7]), fromValues("int64", [4], [3, 3, -3, -3])] },
	{ operator: "Mod", inputs: [fromValues("int64", [2], [-7, 7]), nonZeroPair()], attributes: { fmod: 1 } },
	{ operator: "Mod", inputs: [fromFloat32s([2], [-7.5, 7.5]), fromFloat32s([2], [2, -2])], attributes: { fmod: 1 } },
	{ operator: "Pow", inputs: [positive(2, 3), scalar("float32", 1.7)] },
	{ operator: "Pow", inputs: [typed("int64", 4), scalar("int64", 3)] },
	{ operator: "Pow", inputs: [floats(4), scalar("int64", 2)] },
	...["And", "Or", "Xor"].map((operator) => ({ operator, inputs: [typed("bool", 2, 3), typed("bool", 3)] })),
	{ operator: "Not", inputs: [typed("bool", 5)] },
	...["Min", "Max", "Sum", "Mean"].map((operator) => ({ operator, inputs: [floats(2, 1), floats(3), floats(1, 3)] })),
	...["Min", "Max"].map((operator) => ({ operator, inputs: [typed("int64", 4), nonZero("int64")] })),
	{ operator: "Where", inputs: [typed("bool", 2, 1), floats(3), floats(1, 3)] },
	{ operator: "Where", inputs: [typed("bool", 4), typed("int64", 4), ints(9)] },
	...(["float64", "int64", "int32", "uint8", "bool"] as const).map((type) => ({
		operator: "Cast",
		inputs: [positive(4)],
		attributes: { to: elementTypeNumbers[type] },
	})),
	{ operator: "Cast", inputs: [typed("int64", 4)], attributes: { to: 1 } },
	{ operator: "CastLike", inputs: [positive(4), ints(1)] },

	...reductions.flatMap((operator) => [
		{ operator, inputs: [floats(2, 3, 4)], attributes: { axes: [1], keepdims: 0 }, opset: 11 },
		{ operator, inputs: [floats(2, 3, 4), ints(-1, 0)], opset: 18 },
		{ operator, inputs: [floats(2, 3)], opset: 18 },
	]),
	...["ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd"].map((operator) => ({
		operator,
		inputs: [typed("int32", 2, 3)],
		opset: 18,
	})),
	...["ReduceL2", "ReduceLogSum", "ReduceLogSumExp"].map((operator) => ({
		operator,
		inputs: [positive(2, 3), ints(1)],
		opset: 18,
	})),
	{ operator: "ReduceSum", inputs: [floats(2, 3), ints()], attributes: { noop_with_empty_axes: 1 } },

	{ operator: "Shape", inputs: [floats(2, 3, 4)] },
	{ operator: "Shape", inputs: [floats(2, 3, 4)], attributes: { start: -2, end: 3 } },
	{ operator: "Size", inputs: [floats(2, 3, 4)] },
	{ operator: "Constant", inputs: [], attributes: { value: { tensor: typed("int32", 2) } } },
	{ operator: "Constant", inputs: [], attributes: { value_ints: [3, 4] } },
	{ operator: "Constant", inputs: [], attributes: { value_float: { float: 0.5 } } },
	{ operator: "ConstantOfShape", inputs: [ints(2, 3)] },
	{ operator: "ConstantOfShape", inputs: [ints(2)], attributes: { value: { tensor: ints(7) } } },
	{ operator: "Range", inputs: [scalar("int64", 10), scalar("int64", 1), scalar("int64", -4)] },
	{ operator: "Range", inputs: [scalar("float32", 0), scalar("float32", 1), scalar("float32", 0.25)] },

	{ operator: "Reshape", inputs: [floats(2, 3, 4), ints(0, -1)] },
	{ operator: "Reshape", inputs: [floats(2, 3, 4), ints(4, 3, 2)] },
	{ operator: "Reshape", inputs: [floats(0, 3), ints(3, 0)], attributes: { allowzero: 1 } },
	{ operator: "Flatten", inputs: [floats(2, 3, 4)] },
	{ operator: "Flatten", inputs: [floats(2, 3, 4)], attributes: { axis: -1 } },
	{ operator: "Flatten", inputs: [floats(2, 3, 4)], attributes: { axis: 3 } },
	{ operator: "Squeeze", inputs: [floats(1, 3, 1)] },
	{ operator: "Squeeze", inputs: [floats(1, 3, 1), ints(-1)] },
	{ operator: "Squeeze", inputs: [floats(1, 3, 1)], attributes: { axes: [0] }, opset: 9 },
	{ operator: "Unsqueeze", inputs: [floats(3), ints(-1, 0)] },
	{ operator: "Unsqueeze", inputs: [floats(3)], attributes: { axes: [0, 2] }, opset: 9 },
	{ operator: "Transpose", inputs: [floats(2, 3, 4)] },
	{ operator: "Transpose", inputs: [typed("int64", 2, 3, 4)], attributes: { perm: [1, 2, 0] } },
	{ operator: "Slice", inputs: [floats(4, 5)], attributes: { starts: [1, -3], ends: [100, -1] }, opset: 9 },
	{ operator: "Slice", inputs: [floats(4, 5)], attributes: { starts: [1], ends: [2], axes: [1] }, opset: 9 },
	{ operator: "Slice", inputs: [floats(4, 5), ints(-1), ints(-100), ints(0), ints(-2)] },
	{ operator: "Slice", inputs: [floats(4, 5), ints(3, 1), ints(0, 5), ints(-1, 0), ints(-1, 2)] },
	{ operator: "Slice", inputs: [floats(4), ints(1), fromValues("int64", [1], [2n ** 63n - 1n])] },
	{ operator: "Slice", inputs: [floats(4), ints(3), ints(2)] },
	{ operator: "Gather", inputs: [floats(4, 5), scalar("int64", -1)] },
	{ operator: "Gather", inputs: [floats(4, 5), typed("int64", 2, 2)], attributes: { axis: 1 } },
	{ operator: "Concat", inputs: [floats(2, 3), floats(2, 1), floats(2, 2)], attributes: { axis: -1 } },
	{ operator: "Concat", inputs: [ints(1, 2), ints(3)], attributes: { axis: 0 } },
	{ operator: "Split", inputs: [floats(2, 5)], attributes: { axis: 1, split: [2, 3] }, opset: 11, outputs: 2 },
	{ operator: "Split", inputs: [floats(6, 2), ints(1, 5)], outputs: 2 },
	{ operator: "Split", inputs: [floats(6, 2)], outputs: 3 },
	{ operator: "Split", inputs: [floats(2, 7)], attributes: { axis: 1, num_outputs: 3 }, opset: 18, outputs: 3 },
	{ operator: "Expand", inputs: [floats(3, 1), ints(2, 1, 4)] },
	{ operator: "Tile", inputs: [floats(2, 3), ints(2, 2)] },
];

function nonZeroPair(): Tensor {
	return fromValues("int64", [2], [3, -3]);
}

const image = floats(2, 4, 9, 8);
const window = { kernel_shape: [3, 2], strides: [2, 3], pads: [1, 0, 1, 1] };

const others: readonly Case[] = [
	...activations.map((operator) => ({ operator, inputs: [floats(2, 3)], opset: 18 })),
	{ operator: "PRelu", inputs: [floats(2, 3), floats(3)] },
	{ operator: "Conv", inputs: [image, floats(6, 4, 3, 2)] },
	{ operator: "Conv", inputs: [image, floats(6, 2, 3, 2), floats(6)], attributes: { ...window, group: 2 } },
	{ operator: "Conv", inputs: [image, floats(6, 4, 3, 3)], attributes: { dilations: [2, 3] } },
	{ operator: "Conv", inputs: [image, floats(6, 4, 3, 3)], attributes: { auto_pad: "SAME_UPPER", strides: [2, 3] } },
	{ operator: "Conv", inputs: [image, floats(6, 4, 3, 3)], attributes: { auto_pad: "VALID", strides: [2, 3] } },
	{
		operator: "ConvTranspose",
		inputs: [image, floats(4, 3, 3, 2)],
		attributes: { strides: [2, 3], pads: [1, 0, 0, 1] },
	},
	{
		operator: "ConvTranspose",
		inputs: [image, floats(4, 3, 3, 3)],
		attributes: { output_padding: [1, 1], strides: [2, 2] },
	},
	{ operator: "MaxPool", inputs: [image], attributes: window, outputs: 2 },
	...[0, 1].flatMap((ceil_mode) =>
		[2, 3].map((stride) => ({
			operator: "MaxPool",
			inputs: [image],
			attributes: { kernel_shape: [3, 3], strides: [stride, stride], pads: [1, 1, 1, 1], ceil_mode },
		})),
	),
	{
		operator: "MaxPool",
		inputs: [image],
		attributes: { kernel_shape: [2, 2], auto_pad: "SAME_LOWER", strides: [2, 3] },
	},
	{ operator: "AveragePool", inputs: [image], attributes: window },
	{
		operator: "AveragePool",
		inputs: [image],
		attributes: { kernel_shape: [2, 2], strides: [3, 3], ceil_mode: 1 },
		opset: 19,
	},
	{ operator: "LpPool", inputs: [image], attributes: window },
	...["GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool"].map((operator) => ({ operator, inputs: [image] })),
	{ operator: "MatMul", inputs: [floats(2, 1, 3, 4), floats(5, 4, 2)] },
	{ operator: "MatMul", inputs: [floats(4), floats(5, 4, 2)] },
	{ operator: "MatMul", inputs: [floats(2, 3, 4), floats(4)] },
	{ operator: "MatMul", inputs: [floats(4), floats(4)] },
	{ operator: "Gemm", inputs: [floats(2, 3), floats(3, 4), floats(4)] },
	{ operator: "Gemm", inputs: [floats(3, 2), floats(4, 3)], attributes: { transA: 1, transB: 1 } },
	{
		operator: "FusedMatMul",
		inputs: [floats(3, 5, 4), floats(3, 5, 4)],
		attributes: { transB: 1, transBatchA: 1, transBatchB: 1 },
		domain: "com.microsoft",
	},
	{ operator: "Einsum", inputs: [floats(2, 3, 4), floats(2, 5, 4)], attributes: { equation: "bij, bkj -> bik" } },
	{ operator: "Einsum", inputs: [floats(2, 3, 4), floats(4, 5)], attributes: { equation: "...ij,jk->...ik" } },
	{ operator: "Einsum", inputs: [floats(3, 4), floats(4, 5)], attributes: { equation: "ij,jk" } },
	{ operator: "BatchNormalization", inputs: [image, positive(4), positive(4), positive(4), positive(4)] },
	{ operator: "InstanceNormalization", inputs: [image, floats(4), floats(4)] },
	{ operator: "LayerNormalization", inputs: [floats(2, 3, 4), floats(4)], outputs: 3 },
	{ operator: "LayerNormalization", inputs: [floats(2, 3, 4), floats(3, 4)], attributes: { axis: 1 }, outputs: 3 },
	{ operator: "GroupNormalization", inputs: [image, floats(2), floats(2)], attributes: { num_groups: 2 }, opset: 18 },
	{ operator: "LRN", inputs: [image], attributes: { size: 3 } },
	{ operator: "Dropout", inputs: [floats(2, 3)], outputs: 2 },
	{ operator: "CumSum", inputs: [floats(2, 3), scalar("int64", 1)] },
	{ operator: "ArgMax", inputs: [floats(2, 3, 4)], attributes: { axis: -1, keepdims: 0 } },
	{ operator: "ArgMin", inputs: [floats(2, 3, 4)], attributes: { axis: 1 } },
	{ operator: "TopK", inputs: [floats(2, 5), ints(3)], outputs: 2 },
	{ operator: "TopK", inputs: [floats(5, 2)], attributes: { k: 2, axis: 0 }, opset: 9, outputs: 2 },
	{ operator: "Pad", inputs: [floats(2, 3)], attributes: { pads: [0, 1, 2, 3] }, opset: 9 },
	{ operator: "Pad", inputs: [floats(2, 3), ints(0, 1, 2, -1)] },
	{ operator: "Pad", inputs: [floats(2, 3), ints(2, 1), null, ints(-1)], opset: 18 },
	{ operator: "Resize", inputs: [image, null, fromFloat32s([4], [1, 1, 1.5, 2.4])] },
	{ operator: "Resize", inputs: [image, null, null, ints(2, 4, 5, 20)] },
	{ operator: "Resize", inputs: [image, fromFloat32s([4], [1, 1, 2, 2])], opset: 10 },
	{ operator: "Resize", inputs: [image, null, null, ints(5, 20)], attributes: { axes: [2, 3] }, opset: 18 },
	...["not_larger", "not_smaller"].map((policy) => ({
		operator: "Resize",
		inputs: [image, null, null, ints(5, 20)],
		attributes: { axes: [2, 3], keep_aspect_ratio_policy: policy },
		opset: 18,
	})),
	{ operator: "Upsample", inputs: [image, fromFloat32s([4], [1, 1, 2, 3])], opset: 9 },
	{ operator: "DepthToSpace", inputs: [floats(2, 8, 3, 4)], attributes: { blocksize: 2 } },
	{ operator: "SpaceToDepth", inputs: [floats(2, 3, 4, 6)], attributes: { blocksize: 2 } },
	{ operator: "GatherElements", inputs: [floats(3, 4), fromValues("int64", [2, 4], [0, 1, 2, 0, 1, 1, 1, 0])] },
	{ operator: "GatherND", inputs: [floats(3, 4, 5), fromValues("int64", [2, 2], [0, 1, 2, 3])] },
	{
		operator: "GatherND",
		inputs: [floats(2, 4, 5), fromValues("int64", [2, 1], [0, 1])],
		attributes: { batch_dims: 1 },
	},
	{ operator: "Trilu", inputs: [floats(3, 3)] },
	{ operator: "QuantizeLinear", inputs: [floats(3), scalar("float32", 0.1), scalar("uint8", 3)] },
	{ operator: "DequantizeLinear", inputs: [typed("uint8", 3), scalar("float32", 0.1), scalar("uint8", 3)] },
	{ operator: "DynamicQuantizeLinear", inputs: [fromFloat32s([3], [-1.01, 2, 0.3])], outputs: 3 },
	{ operator: "MatMulInteger", inputs: [typed("uint8", 2, 3), typed("uint8", 3, 4)] },
];

const cases: readonly Case[] = [...evaluated.map((each) => ({ ...each, evaluated: true })), ...others];

/** The one node, its inputs as the graph's own, or constant. */
function modelFor(each: Case, constant: boolean): Model {
	const names = each.inputs.map((input, i) => (input === null ? "" : `x${i}`));
	const given = each.inputs.flatMap((input, i) => (input === null ? [] : [[`x${i}`, input] as const]));
	// Shapes, axes and bounds are read from the graph even when the data is an input.
	const isData = (i: number): boolean => !constant && i === 0 && !["ConstantOfShape", "Range"].includes(each.operator);
	const outputs = Array.from({ length: each.outputs ?? 1 }, (_, i) => `y${i}`);
	return modelOf({
		nodes: [node(each.operator, names, outputs, each.attributes, each.domain)],
		inputs: given.filter((_, i) => isData(i)).map(([name, { type, shape }]) => value(name, type, shape)),
		initializers: Object.fromEntries(given.filter((_, i) => !isData(i))),
		outputs: outputs.map((name) => value(name, null)),
		...(each.opset === undefined ? {} : { opset: each.opset }),
	});
}

function title({ operator, inputs, attributes = {}, opset = 17 }: Case): string {
	const given = inputs.map((input) => (input === null ? "none" : `${input.type}[${input.shape.join()}]`));
	const written = JSON.stringify(attributes, (_, each) => (ArrayBuffer.isView(each) ? undefined : each));
	return `${operator}(${given.join(", ")}) ${written} in opset ${opset}`;
}

describe.each(cases.map((each) => [title(each), each] as const))("%s", (_, each) => {
	test("has ONNX Runtime's shapes and values", async () => {
		const model = modelFor(each, false);
		const feeds = Object.fromEntries(each.inputs.flatMap((input, i) => (input === null ? [] : [[`x${i}`, input]])));
		const expected = await run(model, feeds);
		const { shapes } = inferShapes(model, new Map());
		for (const [name, { shape }] of expected) expect(shapes.get(name), name).toEqual(shape);

		const { constants } = inferShapes(modelFor(each, true), new Map());
		for (const [name, tensor] of expected) {
			const constant = constants.get(name);
			if (constant === undefined && each.evaluated === true) throw new Error(`${name} was not evaluated`);
			if (constant === undefined) continue;
			expect(difference(constant, tensor), name).toBeLessThanOrEqual(2e-6);
		}
	});
});

describe("refused, with the node and what is wrong", () => {
	const refusals: readonly [Case, string][] = [
		[{ operator: "Conv", inputs: [image, floats(6, 3, 3, 3)] }, "4 channels for weights of 3 in 1 groups"],
		[{ operator: "Conv", inputs: [floats(1, 4, 2, 2), floats(6, 4, 3, 3)] }, "a window of 3 does not fit 2 entries"],
		[{ operator: "MatMul", inputs: [floats(2, 3), floats(4, 5)] }, "rows of 3 meet columns of 4"],
		[{ operator: "Gemm", inputs: [floats(2, 3, 4), floats(4, 5)] }, "Gemm takes matrices"],
		[{ operator: "Reshape", inputs: [floats(2, 3), ints(4, -1)] }, "6 elements do not fit [4, -1]"],
		[{ operator: "Reshape", inputs: [floats(2, 3), ints(7)] }, "6 elements do not fit [7]"],
		[{ operator: "Squeeze", inputs: [floats(2, 3), ints(0)] }, "axis 0 has 2 entries and cannot be squeezed"],
		[{ operator: "Transpose", inputs: [floats(2, 3)], attributes: { perm: [0, 0] } }, "does not name each axis once"],
		[{ operator: "Concat", inputs: [floats(2, 3), floats(3, 3)], attributes: { axis: 1 } }, "besides axis 1 differ"],
		[{ operator: "Concat", inputs: [floats(2), floats(3)], attributes: { axis: 1 } }, "axis 1 of a tensor with 1 axes"],
		[{ operator: "Split", inputs: [floats(6), ints(1, 4)], outputs: 2 }, "parts of 1, 4 are not the 6 entries"],
		[{ operator: "Slice", inputs: [floats(6), ints(0), ints(6), ints(0), ints(0)] }, "a step of 0"],
		[{ operator: "Gather", inputs: [floats(3), ints(3)] }, "index 3 of 3 entries"],
		[{ operator: "Div", inputs: [ints(1), ints(0)] }, "integer division by zero"],
		[{ operator: "Mod", inputs: [ints(1), ints(0)] }, "integer division by zero"],
		[{ operator: "Range", inputs: [scalar("int64", 0), scalar("int64", 1), scalar("int64", 0)] }, "a step of 0"],
		[{ operator: "Pad", inputs: [floats(2, 3), ints(1)] }, "1 paddings for 2 axes"],
		[{ operator: "Einsum", inputs: [floats(2, 3)], attributes: { equation: "abc->a" } }, '"abc" names 3 axes, not 2'],
		[{ operator: "DepthToSpace", inputs: [floats(1, 3, 2, 2)], attributes: { blocksize: 2 } }, "no multiple of 2 x 2"],
		[{ operator: "MaxPool", inputs: [image] }, "no kernel_shape"],
	];

	test.each(refusals.map(([each, message]) => [title(each), each, message] as const))("%s", (_, each, message) => {
		expect(() => inferShapes(modelFor(each, true), new Map())).toThrow(message);
		expect(() => inferShapes(modelFor(each, true), new Map())).toThrow(`${each.operator} "y0" with inputs`);
	});
});
