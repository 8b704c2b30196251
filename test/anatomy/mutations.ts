/** Changes to a model's graph that leave the network what it is: other exporters' ways to write the same. */
import type { Model, Node } from "../../src/onnx/model.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";
import { node } from "./models.ts";

export function withNodes(model: Model, nodes: readonly Node[], initializers = model.graph.initializers): Model {
	return { ...model, graph: { ...model.graph, nodes, initializers } };
}

const commutative = new Set(["Add", "Mul", "Sum"]);

export function operandsSwapped(model: Model): Model {
	const swap = (each: Node) => (commutative.has(each.operator) ? { ...each, inputs: each.inputs.toReversed() } : each);
	return withNodes(model, model.graph.nodes.map(swap));
}

export function sumInPlaceOfAdd(model: Model): Model {
	return withNodes(
		model,
		model.graph.nodes.map((each) => (each.operator === "Add" ? { ...each, operator: "Sum" } : each)),
	);
}

/** Every tensor but the image and the outputs under a number, and no node with a name. */
export function renamed(model: Model): { model: Model; nameOf: (tensor: string) => string } {
	const { graph } = model;
	const kept = new Set([...graph.inputs, ...graph.outputs].map(({ name }) => name));
	const all = [...graph.initializers.keys(), ...graph.nodes.flatMap(({ outputs }) => outputs)];
	const names = new Map(all.filter((name) => name !== "" && !kept.has(name)).map((name, index) => [name, `${index}`]));
	const nameOf = (tensor: string) => names.get(tensor) ?? tensor;
	const nodes = graph.nodes.map((each) => ({
		...each,
		name: "",
		inputs: each.inputs.map(nameOf),
		outputs: each.outputs.map(nameOf),
	}));
	const initializers = new Map([...graph.initializers].map(([name, tensor]) => [nameOf(name), tensor]));
	return { model: withNodes(model, nodes, initializers), nameOf };
}

export function weightsAsConstants(model: Model): Model {
	const constants = [...model.graph.initializers].map(
		([name, value]): Node => ({
			...node("Constant", [], [name]),
			attributes: new Map([["value", { kind: "tensor", value }]]),
		}),
	);
	return withNodes(model, [...constants, ...model.graph.nodes], new Map());
}

/** LayerNormalization spelled with arithmetic; "reciprocal" squares and divides by products. */
export function layerNormsDecomposed(model: Model, spelling: "division" | "reciprocal"): Model {
	const initializers = new Map(model.graph.initializers);
	initializers.set("two", fromFloat32s([], [2]));
	initializers.set("epsilon", fromFloat32s([], [1e-6]));
	const nodes = model.graph.nodes.flatMap((each) => {
		if (each.operator !== "LayerNormalization") return [each];
		const [input = "", scale = "", shift = ""] = each.inputs;
		const [output = ""] = each.outputs;
		const part = (name: string) => `${output}/${name}`;
		const mean = (from: string, to: string) => node("ReduceMean", [from], [to], { axes: [-1] });
		const centred = part("centred");
		return [
			mean(input, part("mean")),
			node("Sub", [input, part("mean")], [centred]),
			spelling === "division"
				? node("Pow", [centred, "two"], [part("square")])
				: node("Mul", [centred, centred], [part("square")]),
			mean(part("square"), part("variance")),
			node("Add", [part("variance"), "epsilon"], [part("sum")]),
			node("Sqrt", [part("sum")], [part("root")]),
			...(spelling === "division"
				? [node("Div", [centred, part("root")], [part("normal")])]
				: [
						node("Reciprocal", [part("root")], [part("inverse")]),
						node("Mul", [part("inverse"), centred], [part("normal")]),
					]),
			node("Mul", [part("normal"), scale], [part("scaled")]),
			node("Add", [part("scaled"), shift], [output]),
		];
	});
	return withNodes(model, nodes, initializers);
}

/** Without the addition that makes `sum`: who read it reads the branch alone. */
export function withoutSkip(model: Model, sum: string, branch: string): Model {
	const nodes = model.graph.nodes
		.filter(({ outputs }) => outputs[0] !== sum)
		.map((each) => ({ ...each, inputs: each.inputs.map((input) => (input === sum ? branch : input)) }));
	return withNodes(model, nodes);
}

/** A CNN with the channels of its maps last: each operator that wants them first stands between two Transposes. */
export function channelsLast(model: Model): Model {
	const [{ name: image = "" } = {}] = model.graph.inputs;
	const first = new Set(["Conv", "BatchNormalization", "MaxPool", "GlobalAveragePool"]);
	const turned = (from: string, to: string, perm: readonly number[]) => node("Transpose", [from], [to], { perm });
	const maps = new Set<string>([`${image}/last`]);
	const nodes = model.graph.nodes.flatMap((each) => {
		const [input = "", ...others] = each.inputs.map((name) => (name === image ? `${image}/last` : name));
		const [output = ""] = each.outputs;
		if (!maps.has(input) || (!first.has(each.operator) && each.operator !== "Relu" && each.operator !== "Add"))
			return [{ ...each, inputs: [input, ...others] }];
		maps.add(output);
		if (!first.has(each.operator)) return [{ ...each, inputs: [input, ...others] }];
		if (each.operator === "GlobalAveragePool") maps.delete(output);
		const [before, after] = [`${output}/in`, each.operator === "GlobalAveragePool" ? output : `${output}/first`];
		return [
			turned(input, before, [0, 3, 1, 2]),
			{ ...each, inputs: [before, ...others], outputs: [after] },
			...(after === output ? [] : [turned(after, output, [0, 2, 3, 1])]),
		];
	});
	return withNodes(model, [turned(image, `${image}/last`, [0, 2, 3, 1]), ...nodes]);
}
