/** The flow of a graph, against dominators by their definition: what lies on every way. */
import { describe, expect, test } from "vitest";
import { Flow } from "../../src/anatomy/flow.ts";
import { random } from "../../src/numerics/random.ts";
import type { Node } from "../../src/onnx/model.ts";
import { graphOf, node } from "./models.ts";

const nothing = { shapes: new Map(), constants: new Map() };

/** A random graph of nodes that each read one to three earlier tensors. Streams of one seed replay it. */
function randomNodes(seed: number): Node[] {
	const source = random(seed, 7);
	return Array.from({ length: 14 }, (_, index) => {
		const count = 1 + source.below(3);
		const inputs = Array.from({ length: count }, () => {
			const from = source.below(index + 1);
			return from === 0 ? "image" : `t${from - 1}`;
		});
		return node("Any", inputs, [`t${index}`]);
	});
}

/** Every tensor without which no way leads from the image to `to`: by leaving each out in turn. */
function dominatorsByDefinition(nodes: readonly Node[], to: string): string[] {
	const all = ["image", ...nodes.map(({ outputs }) => outputs[0] ?? "")];
	return all.filter((left) => {
		const reached = new Set(left === "image" ? [] : ["image"]);
		for (const { inputs, outputs } of nodes) {
			const [output = ""] = outputs;
			if (output !== left && inputs.some((input) => reached.has(input))) reached.add(output);
		}
		return !reached.has(to);
	});
}

describe("the flow of an image through a graph", () => {
	test.each(Array.from({ length: 20 }, (_, seed) => seed))(
		"has the dominators of their definition (seed %i)",
		(seed) => {
			const nodes = randomNodes(seed);
			const flow = new Flow(graphOf(nodes).graph, "image", nothing);
			for (const { outputs } of nodes) {
				const [tensor = ""] = outputs;
				expect(["image", ...flow.spine("image", tensor)]).toEqual(dominatorsByDefinition(nodes, tensor));
			}
			const [a = "", b = ""] = ["t12", "t13"];
			const shared = dominatorsByDefinition(nodes, a).filter((each) => dominatorsByDefinition(nodes, b).includes(each));
			expect(flow.join(a, b)).toBe(shared.at(-1));
		},
	);

	test("leaves out what depends on the image's shape alone", () => {
		const graph = graphOf([
			node("Shape", ["image"], ["sides"]),
			node("Expand", ["token", "sides"], ["tokens"]),
			node("Concat", ["tokens", "image"], ["joined"], { axis: 1 }),
		]).graph;
		const flow = new Flow(graph, "image", nothing);
		expect(flow.nodes.map(({ operator }) => operator)).toEqual(["Concat"]);
		expect(flow.varies("tokens")).toBe(false);
		expect(flow.consumers("image").map(({ operator }) => operator)).toEqual(["Concat"]);
	});

	test("finds every node between two tensors, and none beside them", () => {
		const graph = graphOf([
			node("A", ["image"], ["a"]),
			node("B", ["a"], ["b"]),
			node("C", ["a"], ["c"]),
			node("D", ["b", "c"], ["d"]),
			node("E", ["a"], ["e"]),
		]).graph;
		const flow = new Flow(graph, "image", nothing);
		expect(flow.between("a", "d").map(({ operator }) => operator)).toEqual(["B", "C", "D"]);
		expect(flow.between("d", "d")).toEqual([]);
		expect(flow.onlyConsumer("a")).toBeUndefined();
		expect(flow.onlyConsumer("b")?.operator).toBe("D");
	});
});
