/** What a damaged or crafted graph asks for, refused or left alone before it takes memory or time. */
import { expect, test } from "vitest";
import { decodeModel } from "../../src/onnx/decode.ts";
import type { AttributeLike } from "../../src/onnx/emitter.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import { mostNodes } from "../../src/onnx/limits.ts";
import { coverage } from "../../src/onnx/ops/window.ts";
import { inferShapes } from "../../src/onnx/shapes.ts";
import { GraphView } from "../../src/onnx/view.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { fromFloat32s, fromValues, int64s, int64Vector } from "../../src/tensor/values.ts";
import { modelOf, node, value } from "./graphs.ts";

const ones = (shape: readonly number[]): Tensor =>
	fromFloat32s(shape, new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1));

/** What is known of the output of a node whose inputs are all constant. */
function inferred(
	operator: string,
	inputs: readonly Tensor[],
	attributes: Readonly<Record<string, AttributeLike>> = {},
	opset = 17,
) {
	const names = inputs.map((_, index) => `input${index}`);
	const initializers = Object.fromEntries(inputs.map((tensor, index) => [`input${index}`, tensor]));
	const nodes = [node(operator, names, ["y"], attributes)];
	const { shapes, constants } = inferShapes(
		modelOf({ nodes, outputs: [value("y", null)], initializers, opset }),
		new Map(),
	);
	return { shape: shapes.get("y"), constant: constants.get("y") };
}

test.each([
	["a negative side", "ConstantOfShape", [int64Vector([-5])], "it gives [-5], which no tensor can be"],
	["a side beyond 2^53", "Tile", [ones([2]), int64Vector([2 ** 53 - 1])], "which no tensor can be"],
	[
		"more elements than there are numbers",
		"ConstantOfShape",
		[int64Vector([2 ** 40, 2 ** 40])],
		"which no tensor can be",
	],
	["too many axes", "Unsqueeze", [ones([1]), int64Vector(Array.from({ length: 80 }, (_, i) => i))], "81 axes"],
	["attention without axes", "Attention", [ones([]), ones([]), ones([])], "queries are [batch, heads, tokens, width]"],
	["a norm without axes", "LayerNormalization", [ones([]), ones([1])], "axis -1 of a tensor with 0 axes"],
	["a scale of fewer channels", "InstanceNormalization", [ones([1, 4, 2]), ones([3]), ones([4])], "expected 4"],
	["more entries than there are", "TopK", [ones([3]), int64Vector([4])], "4 of 3 entries"],
] as const)("refused: %s", (_, operator, inputs, message) => {
	expect(() => inferred(operator, inputs)).toThrow(message);
});

const wide = { kernel_shape: [40_000, 40_000], pads: [20_000, 20_000, 20_000, 20_000] };

test.each([
	["an empty tensor with a side that is long", "ConstantOfShape", [int64Vector([2 ** 40, 0])], {}],
	["a sum over letters that multiply", "Einsum", [ones([60_000]), ones([60_000])], { equation: "i,j->" }],
	[
		"attention of very many tokens",
		"Attention",
		[ones([1, 1, 60_000, 1]), ones([1, 1, 60_000, 1]), ones([1, 1, 60_000, 1])],
		{},
	],
	["a mean of windows larger than the map", "AveragePool", [ones([1, 1, 8, 8])], wide],
	["a kernel half as large as its map", "Conv", [ones([1, 1, 250, 250]), ones([1, 1, 120, 120])], {}],
	["one side made much longer", "Resize", [ones([1, 60_000]), ones([0]), ones([0]), int64Vector([1, 50_000])], {}],
] as const)("named, but not computed: %s", (_, operator, inputs, attributes) => {
	const { shape, constant } = inferred(operator, inputs, attributes);
	expect(shape).toBeDefined();
	expect(constant).toBeUndefined();
});

test("refused: windows and kernels that are too many to be listed", () => {
	const window = { kernel: [40_000], strides: [1], dilations: [1], before: [0], after: [0] };
	expect(() => coverage(window, [80_000], [40_001])).toThrow(
		"40001 windows of 40000 entries are more than can be listed",
	);
});

test("refused: a table of more integers than shapes, axes and positions have", () => {
	const target = fromValues("int8", [2 ** 21], new Int8Array(2 ** 21));
	expect(() => inferred("Reshape", [ones([1]), target])).toThrow("has 2097152 elements, at most 1048576 are read");
});

test("powers and products of integers are those of 64 bits, however large they would be", () => {
	const power = inferred("Pow", [int64Vector([3, 2, -1]), int64Vector([2 ** 53 - 1, 64, 3])]).constant;
	// Python: pow(3, 2**53 - 1, 2**64)
	expect(power && int64s(power)).toEqual([BigInt.asIntN(64, 732585539385600683n), 0n, -1n]);
	const product = inferred("ReduceProd", [int64Vector(new Array<number>(1000).fill(3))]).constant;
	expect(product && int64s(product)).toEqual([BigInt.asIntN(64, 3n ** 1000n)]);
});

test("the largest and smallest of no integers are those of their type", () => {
	const none = fromValues("int64", [0], []);
	const axes = int64Vector([0]);
	const [largest, smallest] = ["ReduceMax", "ReduceMin"].map((name) => inferred(name, [none, axes], {}, 18).constant);
	expect([largest, smallest].map((each) => each && int64s(each))).toEqual([[-(2n ** 63n)], [2n ** 63n - 1n]]);
});

test("refused: groups that the channels do not fall into", () => {
	const inputs = [ones([1, 4, 2]), ones([3]), ones([3])];
	expect(() => inferred("GroupNormalization", inputs, { num_groups: 3 }, 18)).toThrow("4 channels in 3 groups");
});

test("a kernel without the axis of its features is looked at without failing", () => {
	expect(inferred("ConvTranspose", [ones([1, 1, 4]), ones([4])]).shape).toBeDefined();
});

test.each(["Softmax", "LogSoftmax", "GlobalMaxPool", "ReduceMean"])("%s of nothing is computed", (operator) => {
	const none = ones([1, 1, 0]);
	expect(inferred(operator, [none]).constant).toBeDefined();
});

test("what is computed of constants is bounded over all nodes, and computed once for a node", () => {
	const nodes = Array.from({ length: 300 }, (_, i) => node("Relu", [`x${i}`], [`x${i + 1}`]));
	const model = modelOf({ nodes, outputs: [value("x300", null)], initializers: { x0: ones([250, 250]) } });
	const [first, second] = [inferShapes(model, new Map()), inferShapes(model, new Map())];
	expect(first.shapes.size).toBe(301);
	// 2^24 elements, of which each node reads and makes 62 500.
	expect(first.constants.size).toBe(1 + 134);
	expect(second.constants.get("x134")).toBe(first.constants.get("x134"));
});

test("a constant is found at the end of a hundred thousand nodes that only pass it on", () => {
	const nodes = Array.from({ length: 100_000 }, (_, i) => node("Identity", [`x${i}`], [`x${i + 1}`]));
	const { graph } = modelOf({ nodes, outputs: [value("x100000", null)], initializers: { x0: int64Vector([7]) } });
	expect(new GraphView(graph).constant("x100000")).toEqual(int64Vector([7]));
});

test("refused: more nodes, and tensors of more axes, than any vision model has", () => {
	const nodes = Array.from({ length: mostNodes + 1 }, (_, i) => node("Relu", ["x"], [`y${i}`]));
	const outputs = [value("y0", null)];
	expect(() => decodeModel(encodeModel(modelOf({ nodes, outputs })))).toThrow("more than 100000 nodes");
	const initializers = { x: ones(new Array<number>(65).fill(1)) };
	expect(() => decodeModel(encodeModel(modelOf({ nodes: [], outputs, initializers })))).toThrow(
		'tensor "x" has 65 axes',
	);
});
