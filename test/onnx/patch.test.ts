import { describe, expect, test } from "vitest";
import { SightlineError } from "../../src/errors.ts";
import { createEmitter } from "../../src/onnx/emitter.ts";
import type { Model } from "../../src/onnx/model.ts";
import { applyPatches, type Patch } from "../../src/onnx/patch.ts";
import { float32s, fromFloat32s } from "../../src/tensor/values.ts";
import { modelOf, node, randomTensor, value } from "./graphs.ts";
import { run } from "./runtime.ts";

/** x -> a = -x -> b = a + w -> y = relu(b) */
const model = modelOf({
	nodes: [node("Neg", ["x"], ["a"]), node("Add", ["a", "w"], ["b"]), node("Relu", ["b"], ["y"])],
	inputs: [value("x", "float32", ["n", 2])],
	outputs: [value("y", "float32", ["n", 2])],
	initializers: { w: fromFloat32s([2], [10, 20]) },
});
const x = fromFloat32s([1, 2], [1, 30]);

const nothing: Patch = { label: "nothing", nodes: [], initializers: new Map(), outputs: [] };

async function outputs(patched: Model): Promise<Record<string, number[]>> {
	return Object.fromEntries([...(await run(patched, { x }))].map(([name, tensor]) => [name, [...float32s(tensor)]]));
}

const doubled: Patch = {
	...nothing,
	label: "doubled",
	nodes: [node("Add", ["a", "a"], ["doubled/a"])],
	replaced: new Map([["a", "doubled/a"]]),
};
const measured: Patch = {
	...nothing,
	label: "measured",
	nodes: [node("Mul", ["a", "measured/two"], ["measured/a"])],
	initializers: new Map([["measured/two", fromFloat32s([], [2])]]),
	outputs: [value("measured/a", "float32")],
};

describe("laws", () => {
	test("an empty patch changes nothing, and the model that was given is not edited", () => {
		const before = structuredClone(model);
		expect(applyPatches(model, [nothing], "keep")).toEqual(model);
		applyPatches(model, [doubled, measured], "drop");
		expect(model).toEqual(before);
	});

	test("patches applied together are patches applied one after the other", () => {
		const together = applyPatches(model, [doubled, measured], "keep");
		expect(applyPatches(applyPatches(model, [doubled], "keep"), [measured], "keep")).toEqual(together);
	});

	test("patches that replace nothing give the same outputs in either order", async () => {
		const other = { ...measured, label: "other", ...renamed("other") };
		const [a, b] = [applyPatches(model, [measured, other], "keep"), applyPatches(model, [other, measured], "keep")];
		expect(await outputs(a)).toEqual(await outputs(b));
	});
});

function renamed(prefix: string): Pick<Patch, "nodes" | "initializers" | "outputs"> {
	return {
		nodes: [node("Mul", ["a", `${prefix}/two`], [`${prefix}/a`])],
		initializers: new Map([[`${prefix}/two`, fromFloat32s([], [2])]]),
		outputs: [value(`${prefix}/a`, "float32")],
	};
}

test("what a patch asks comes out beside the graph's own outputs, or alone", async () => {
	expect(await outputs(applyPatches(model, [measured], "keep"))).toEqual({ y: [9, 0], "measured/a": [-2, -60] });
	expect(await outputs(applyPatches(model, [measured], "drop"))).toEqual({ "measured/a": [-2, -60] });
});

test("readers of a replaced tensor read what took its place, but the patch itself reads the old one", async () => {
	expect(await outputs(applyPatches(model, [doubled], "keep"))).toEqual({ y: [8, 0] });
});

test("the result is in topological order, though new nodes stand before old ones", () => {
	const { nodes } = applyPatches(model, [doubled], "keep").graph;
	const made = new Set(["x", "w"]);
	for (const { inputs, outputs: results } of nodes) {
		expect(inputs.filter((name) => !made.has(name))).toEqual([]);
		for (const name of results) made.add(name);
	}
});

test("a replaced output of the graph is called by the name of what took its place", async () => {
	const patch: Patch = {
		...nothing,
		nodes: [node("Neg", ["y"], ["negative"])],
		replaced: new Map([["y", "negative"]]),
	};
	expect(await outputs(applyPatches(model, [patch], "keep"))).toEqual({ negative: [-9, -0] });
});

test("a tensor that two patches ask for comes out once", async () => {
	const asked: Patch = { ...nothing, outputs: [value("b", "float32")] };
	expect(await outputs(applyPatches(model, [asked, { ...asked, label: "again" }], "drop"))).toEqual({ b: [9, -10] });
});

test("names inside subgraphs follow, and count as reading", () => {
	const branch = modelOf({ nodes: [node("Neg", ["a"], ["inner"])], outputs: [value("inner", "float32")] }).graph;
	const withBranch = {
		...node("If", ["condition"], ["y"]),
		attributes: new Map([["then_branch", { kind: "graph", value: branch } as const]]),
	};
	const nested = modelOf({
		nodes: [withBranch, node("Neg", ["x"], ["a"])],
		inputs: [value("x", "float32"), value("condition", "bool")],
		outputs: [value("y", null)],
	});
	const { nodes } = applyPatches(nested, [doubled], "keep").graph;
	expect(nodes.map(({ operator }) => operator)).toEqual(["Neg", "Add", "If"]);
	const attribute = nodes.at(-1)?.attributes.get("then_branch");
	expect(attribute?.kind === "graph" ? attribute.value.nodes[0]?.inputs : null).toEqual(["doubled/a"]);
});

test("the operators of another domain are added to what the model uses", () => {
	const patch: Patch = { ...nothing, opsets: new Map([["mine", 3]]) };
	expect(applyPatches(model, [patch], "keep").opsets.get("mine")).toBe(3);
});

describe("refused, with the patch and the name", () => {
	test.each<[string, Partial<Patch>, string]>([
		["a name that the model has", { nodes: [node("Neg", ["x"], ["b"])] }, 'patch "p": tensor "b" is made twice'],
		["a constant's name twice", { initializers: new Map([["w", randomTensor("float32", [1])]]) }, '"w" is made twice'],
		[
			"an input that nobody makes",
			{ nodes: [node("Neg", ["blocks.9"], ["c"])] },
			'Neg "c" reads "blocks.9", which nothing makes',
		],
		["an output that nobody makes", { outputs: [value("c", null)] }, 'output "c" is made by nothing'],
		["replacing what is not there", { replaced: new Map([["c", "a"]]) }, '"c" cannot be replaced: nothing makes it'],
		[
			"replacing by what is not there",
			{ replaced: new Map([["a", "c"]]) },
			'"c", which should replace "a", is made by nothing',
		],
		[
			"another version of a domain",
			{ opsets: new Map([["", 9]]) },
			'it needs version 9 of the operators of ""; the model uses 17',
		],
	])("%s", (_, part, message) => {
		const apply = () => applyPatches(model, [{ ...nothing, label: "p", ...part }], "keep");
		expect(apply).toThrow(message);
		expect(apply).toThrow(SightlineError);
	});

	test("a circle", () => {
		const patch: Patch = { ...nothing, nodes: [node("Neg", ["b"], ["c"])], replaced: new Map([["a", "c"]]) };
		expect(() => applyPatches(model, [patch], "keep")).toThrow("the graph runs in a circle");
	});

	test("names of one patch given to another", () => {
		const emitter = createEmitter(model, "same");
		emitter.add("Neg", ["a"]);
		const patch = { ...nothing, nodes: emitter.nodes };
		expect(() => applyPatches(model, [patch, { ...patch, label: "second" }], "keep")).toThrow(
			'patch "second": tensor "same/Neg0" is made twice',
		);
	});
});
