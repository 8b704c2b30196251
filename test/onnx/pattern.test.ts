import { describe, expect, test } from "vitest";
import type { Node } from "../../src/onnx/model.ts";
import { any, constant, either, match, named, op } from "../../src/onnx/pattern.ts";
import { GraphView } from "../../src/onnx/view.ts";
import { fromFloat32s, numbers } from "../../src/tensor/values.ts";
import { modelOf, needsModels, node, randomTensor, realModel, value } from "./graphs.ts";

/** LayerNorm as exporters write it before opset 17. */
const x = any("input");
const centred = named("centred", op("Sub", x, op("ReduceMean", x)));
const square = either(
	op(
		"Pow",
		centred,
		constant(null, (two) => numbers(two)[0] === 2),
	),
	op("Mul", centred, centred),
);
const deviation = op("Sqrt", op("Add", op("ReduceMean", square), constant("epsilon")));
const layerNorm = op("Add", op("Mul", op("Div", centred, deviation), constant("scale")), constant("shift"));

const spelled: readonly Node[] = [
	node("ReduceMean", ["x"], ["mean"], { axes: [-1] }),
	node("Sub", ["x", "mean"], ["c"]),
	node("Pow", ["c", "two"], ["square"]),
	node("ReduceMean", ["square"], ["variance"], { axes: [-1] }),
	node("Add", ["epsilon", "variance"], ["safe"]),
	node("Sqrt", ["safe"], ["deviation"]),
	node("Div", ["c", "deviation"], ["normal"]),
	node("Mul", ["w", "normal"], ["scaled"]),
	node("Add", ["scaled", "b"], ["y"]),
];

function viewOf(nodes: readonly Node[]): GraphView {
	const initializers = {
		two: fromFloat32s([], [2]),
		epsilon: fromFloat32s([], [1e-6]),
		w: randomTensor("float32", [4]),
		b: randomTensor("float32", [4]),
	};
	const inputs = [value("x", "float32", ["n", 4])];
	return new GraphView(modelOf({ nodes, inputs, outputs: [value("y", null)], initializers }).graph);
}

const changed = (output: string, changes: Partial<Node>): readonly Node[] =>
	spelled.map((each) => (each.outputs[0] === output ? { ...each, ...changes } : each));

test("a match names the captured tensors and the nodes, the last first", () => {
	const found = match(viewOf(spelled), "y", layerNorm);
	if (!found.matched) throw new Error(found.reason);
	expect(Object.fromEntries(found.tensors)).toEqual({
		centred: "c",
		input: "x",
		epsilon: "epsilon",
		scale: "w",
		shift: "b",
	});
	expect(found.nodes.slice(0, 3).map((each) => each.outputs[0])).toEqual(["y", "scaled", "normal"]);
	expect(new Set(found.nodes).size).toBe(spelled.length);
});

test("sums and products match with their operands turned, and either of two spellings matches", () => {
	expect(match(viewOf(changed("scaled", { inputs: ["normal", "w"] })), "y", layerNorm).matched).toBe(true);
	expect(match(viewOf(changed("square", { operator: "Mul", inputs: ["c", "c"] })), "y", layerNorm).matched).toBe(true);
});

test("operators that are passed over may stand anywhere", () => {
	const cast = [...changed("normal", { inputs: ["cast", "deviation"] }), node("Cast", ["c"], ["cast"], { to: 1 })];
	expect(match(viewOf(cast), "y", layerNorm).matched).toBe(false);
	expect(match(viewOf(cast), "y", layerNorm, new Set(["Cast"])).matched).toBe(true);
});

test("a first choice that leads nowhere is undone", () => {
	// Both operands are products: only the second order lets "same" be one tensor.
	const nodes = [node("Mul", ["x", "x"], ["p"]), node("Mul", ["x", "w"], ["q"]), node("Add", ["q", "p"], ["y"])];
	const pattern = op("Add", op("Mul", any("same"), any("same")), op("Mul", any("a"), any("b")));
	const found = match(viewOf(nodes), "y", pattern);
	expect(found.matched && found.nodes.map((each) => each.outputs[0])).toEqual(["y", "p", "q"]);
});

describe("a mismatch names the node where the nearest attempt ended, and what was expected there", () => {
	test.each([
		[
			"another operator",
			changed("deviation", { operator: "Exp" }),
			'Sqrt was expected, there is Exp "deviation"',
			"deviation",
		],
		[
			"another constant",
			changed("square", { inputs: ["c", "epsilon"] }),
			"a constant was expected, of another value",
			null,
		],
		[
			"no constant",
			changed("y", { inputs: ["scaled", "mean"] }),
			'a constant was expected, there is ReduceMean "mean"',
			"mean",
		],
		["an input of the graph", changed("y", { inputs: ["x", "b"] }), 'Mul was expected, "x" is made by no node', null],
		["another tensor of the same name", changed("mean", { inputs: ["w"] }), '"input" is x, but here stands w', null],
		["another domain", changed("y", { domain: "mine" }), 'Add was expected, there is Add "y"', "y"],
		["too few inputs", changed("y", { inputs: ["scaled"] }), 'Add "y" has 1 inputs, not 2', "y"],
	])("%s", (_, nodes, reason, place) => {
		const found = match(viewOf(nodes), "y", layerNorm);
		if (found.matched) throw new Error("it matched");
		expect(found.reason).toBe(reason);
		expect(found.node?.outputs[0] ?? null).toBe(place);
	});
});

test.skipIf(needsModels !== "")(`the 25 LayerNorms of the real ViT-Tiny are found${needsModels}`, () => {
	const { graph } = realModel("vit-tiny-patch16-224/model");
	const view = new GraphView(graph);
	const found = graph.nodes.filter((each) => match(view, each.outputs[0] ?? "", layerNorm).matched);
	expect(found.length).toBe(25);
});
