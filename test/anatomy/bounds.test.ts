/** Graphs that are made to be long, wide or large: what is found in them in the time of any other, or refused. */
import { expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { Flow } from "../../src/anatomy/flow.ts";
import { affine } from "../../src/anatomy/layerNorm.ts";
import { findLogits } from "../../src/anatomy/logits.ts";
import { readersOf } from "../../src/anatomy/operators.ts";
import { countParameters } from "../../src/anatomy/parameters.ts";
import type { Node } from "../../src/onnx/model.ts";
import { inferShapes } from "../../src/onnx/shapes.ts";
import { graphOf, node, tinyResnet } from "./models.ts";

const long = 50_000;

function flowOf(nodes: readonly Node[]): Flow {
	const model = graphOf(nodes, { w: [1] });
	return new Flow(model.graph, "image", inferShapes(model, new Map([["image", [1, 3, 8, 8]]])));
}

test("a tensor's readers are found once each where ways part and meet sixty times", () => {
	const diamonds = Array.from({ length: 60 }, (_, i) => [
		node("Identity", [`x${i}`], [`left${i}`]),
		node("Identity", [`x${i}`], [`right${i}`]),
		node("Reshape", [`left${i}`, `right${i}`], [`x${i + 1}`]),
	]).flat();
	const flow = flowOf([node("Relu", ["image"], ["x0"]), ...diamonds, node("Neg", ["x60"], ["y"])]);
	expect(readersOf(flow, "x0").map(({ operator }) => operator)).toEqual(["Neg"]);
});

test("what lies behind very many casts is found", () => {
	const casts = Array.from({ length: long }, (_, i) => node("Cast", [`x${i}`], [`x${i + 1}`], { to: 1 }));
	const flow = flowOf([node("Relu", ["image"], ["x0"]), ...casts, node("Mul", [`x${long}`, "w"], ["y"])]);
	expect(affine(flow, "x0", "Mul")).toBe("y");
});

test("the logits are found before a softmax and very many nodes that only move it", () => {
	const moves = Array.from({ length: long }, (_, i) => node("Identity", [`x${i}`], [`x${i + 1}`]));
	const nodes = [node("Flatten", ["image"], ["logits"]), node("Softmax", ["logits"], ["x0"]), ...moves];
	const { graph } = graphOf(nodes);
	expect(findLogits(graph, flowOf(nodes), undefined).output.tensor).toBe("logits");
});

test("very many readers of one tensor are listed", () => {
	const readers = Array.from({ length: long }, (_, i) => node("Relu", ["image"], [`y${i}`]));
	expect(flowOf(readers).consumers("image").length).toBe(long);
});

test("refused: an image larger than any, and one without pixels", () => {
	const withImage = (height: number, width: number) => {
		const model = tinyResnet();
		const inputs = model.graph.inputs.map((input) => ({ ...input, shape: ["batch", 3, height, width] }));
		return () => findAnatomy({ ...model, graph: { ...model.graph, inputs } });
	};
	expect(withImage(100_000, 100_000)).toThrow("images of 3 x 100000 x 100000 values are asked for");
	expect(withImage(0, 16)).toThrow("images of 3 x 0 x 16 values are asked for");
});

test("refused: a graph of which no output depends on the image", () => {
	const model = tinyResnet();
	const outputs = [{ name: "nowhere", type: "float32", shape: null }] as const;
	expect(() => findAnatomy({ ...model, graph: { ...model.graph, outputs } })).toThrow(
		"none of the graph's outputs depends on the image; there are: nowhere",
	);
});

test("of a tensor that does not vary the image alone is a dominator", () => {
	const flow = flowOf([node("Relu", ["image"], ["x"])]);
	expect([flow.join("image", "w"), flow.join("x", "nowhere")]).toEqual(["image", "image"]);
});

test("the weights of a constant that very many nodes make are counted", () => {
	const steps = Array.from({ length: long }, (_, i) => node("Neg", [`w${i === 0 ? "" : i}`], [`w${i + 1}`]));
	const model = graphOf([...steps, node("Mul", ["image", `w${long}`], ["y"])], { w: [8] });
	const flow = new Flow(model.graph, "image", { shapes: new Map(), constants: new Map() });
	expect(countParameters(model.graph, flow)).toBe(8);
});
