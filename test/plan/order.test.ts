import { expect, test } from "vitest";
import type { Node } from "../../src/onnx/model.ts";
import { deepestFirst } from "../../src/plan/order.ts";

function node(output: string, ...inputs: string[]): Node {
	return { name: "", operator: "Any", domain: "", inputs, outputs: [output], attributes: new Map() };
}

const model = [node("a", "pixels"), node("b", "a"), node("c", "b")];

test("what reads the deepest tensors comes first, each chain in its own order", () => {
	const added = [node("a1", "a", "constant"), node("a2", "a1"), node("c1", "c"), node("c2", "c1"), node("b1", "b")];
	expect(deepestFirst(model, added).map(({ outputs }) => outputs[0])).toEqual(["c1", "c2", "b1", "a1", "a2"]);
});

test("a node counts as deep as the deepest tensor that reaches it", () => {
	const added = [node("a1", "a"), node("joined", "a1", "c"), node("b1", "b")];
	expect(deepestFirst(model, added).map(({ outputs }) => outputs[0])).toEqual(["joined", "b1", "a1"]);
});
