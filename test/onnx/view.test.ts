import { describe, expect, test } from "vitest";
import type { Attribute } from "../../src/onnx/model.ts";
import { describe as describeNode, topologicalOrder } from "../../src/onnx/order.ts";
import { printModel } from "../../src/onnx/print.ts";
import { GraphView, readTensors } from "../../src/onnx/view.ts";
import { fromFloat32s, fromValues, int64Vector, numbers } from "../../src/tensor/values.ts";
import { modelOf, node, randomTensor, value } from "./graphs.ts";

const inner = modelOf({
	nodes: [node("Add", ["outer", "own"], ["sum"])],
	inputs: [value("own", "float32")],
	outputs: [value("sum", null)],
}).graph;
const loop = {
	...node("Loop", ["count", ""], ["looped"]),
	attributes: new Map<string, Attribute>([["body", { kind: "graph", value: inner }]]),
};
const model = modelOf({
	nodes: [
		node("Constant", [], ["c"], { value: { tensor: fromFloat32s([], [3]) } }),
		node("Identity", ["c"], ["d"]),
		node("Mul", ["x", "x"], ["outer"]),
		node("Conv", ["outer", "w"], ["y"], { strides: [8, 8], auto_pad: "VALID", scale: { float: 0.5 } }),
		loop,
	],
	inputs: [value("x", "float32", ["batch", 3, null])],
	outputs: [value("y", "float32", null), value("looped", null)],
	initializers: { w: randomTensor("float32", [4, 3, 8, 8]), count: int64Vector([2]) },
});

describe("a view of a graph", () => {
	const view = new GraphView(model.graph);

	test("names who makes a tensor and who reads it, each once, subgraphs included", () => {
		expect(view.producer("outer")?.operator).toBe("Mul");
		expect([view.producer("x"), view.producer("w")]).toEqual([null, null]);
		expect(view.consumers("x").map(({ operator }) => operator)).toEqual(["Mul"]);
		expect(view.consumers("outer").map(({ operator }) => operator)).toEqual(["Conv", "Loop"]);
		expect(view.consumers("y")).toEqual([]);
		expect([...readTensors(loop)]).toEqual(["count", "outer"]);
		expect([view.isOutput("y"), view.isOutput("outer")]).toEqual([true, false]);
	});

	test("knows initializers, constants, and both through Identity", () => {
		expect(view.constant("w")).toBe(model.graph.initializers.get("w"));
		expect(view.constant("d")).toEqual(fromFloat32s([], [3]));
		expect([view.constant("x"), view.constant("y")]).toEqual([null, null]);
	});

	test.each([
		["value_float", { float: 0.5 }, [0.5]],
		["value_int", 7, [7]],
		["value_ints", [1, 2], [1, 2]],
	] as const)("reads %s of a Constant", (name, given, expected) => {
		const { graph } = modelOf({ nodes: [node("Constant", [], ["c"], { [name]: given })], outputs: [value("c", null)] });
		const tensor = new GraphView(graph).constant("c");
		expect(tensor === null ? null : [...numbers(tensor)]).toEqual(expected);
	});
});

test("nodes in order stay in order, others move behind what they read; a chain may be long", () => {
	const chain = Array.from({ length: 20_000 }, (_, i) => node("Neg", [`t${i}`], [`t${i + 1}`]));
	expect(topologicalOrder(chain)).toEqual(chain);
	expect(topologicalOrder(chain.toReversed())).toEqual(chain);
});

test("a node is named by its name, else by what it makes", () => {
	expect(describeNode({ ...node("Add", [], ["sum"]), name: "add_1" })).toBe('Add "add_1"');
	expect(describeNode(node("Add", [], ["sum"]))).toBe('Add "sum"');
});

test("a model is printed a line a node, small constants with their values", () => {
	const functions = [
		{
			name: "Twice",
			domain: "mine",
			inputs: ["p"],
			outputs: ["q"],
			nodes: [node("Add", ["p", "p"], ["q"])],
			opsets: new Map(),
			rest: new Uint8Array(),
		},
	];
	const halves = fromValues("float16", [2], [0.5, 1]);
	const initializers = new Map([...model.graph.initializers, ["halves", halves] as const]);
	expect(printModel({ ...model, functions, graph: { ...model.graph, initializers } })).toBe(
		[
			"opset 17",
			"opset com.microsoft 1",
			"input  x: float32[batch, 3, ?]",
			"weight w: float32[4, 3, 8, 8]",
			"weight count: int64[1] = [2]",
			"weight halves: float16[2] = [0.5, 1]",
			"c = Constant() { value: float32[] = 3 }",
			"d = Identity(c)",
			"outer = Mul(x, x)",
			'y = Conv(outer, w) { strides: [8, 8], auto_pad: "VALID", scale: 0.5 }',
			"looped = Loop(count, _)",
			"    body:",
			"        input  own: float32",
			"        sum = Add(outer, own)",
			"        output sum: ?",
			"output y: float32",
			"output looped: ?",
			"function mine.Twice(p) -> q",
			"    q = Add(p, p)",
			"",
		].join("\n"),
	);
});
