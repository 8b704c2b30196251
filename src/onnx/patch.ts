/**
 * A change to a graph as a value: new nodes, new constants, tensors that take the place of others, new outputs. It is
 * checked, then applied to give a new model; the model that was read is never edited.
 */
import { SightlineError } from "../errors.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Attributes, Graph, Model, Node, Value } from "./model.ts";
import { describe, topologicalOrder } from "./order.ts";
import { readTensors } from "./view.ts";

export interface Patch {
	/** What it is for, shown in errors. */
	readonly label: string;
	readonly nodes: readonly Node[];
	readonly initializers: ReadonlyMap<string, Tensor>;
	/** Whoever read the key reads the value instead (nodes of the patch itself excepted). */
	readonly replaced?: ReadonlyMap<string, string>;
	/** Added to the graph's outputs. */
	readonly outputs: readonly Value[];
	/** Opsets of other domains that the new nodes need. */
	readonly opsets?: ReadonlyMap<string, number>;
}

/**
 * Applies patches one after the other: a patch sees the tensors of those before it, and rewires their nodes too.
 * A graph's own output that is replaced is from then on called by the name of what took its place.
 *
 * @param outputs which of the graph's own outputs stay: all, or none (a session then computes only what the patches ask)
 * @throws SightlineError BAD_INPUT: a name made twice, an input that nobody makes, a cycle
 */
export function applyPatches(model: Model, patches: readonly Patch[], outputs: "keep" | "drop"): Model {
	const made = madeTensors(model.graph);
	const opsets = new Map(model.opsets);
	const initializers = new Map(model.graph.initializers);
	let nodes = [...model.graph.nodes];
	let results = outputs === "keep" ? [...model.graph.outputs] : [];
	for (const patch of patches) {
		check(patch, made, opsets);
		const { replaced = new Map<string, string>() } = patch;
		if (replaced.size > 0) {
			nodes = nodes.map((node) => rewired(node, replaced));
			results = results.map((value) => ({ ...value, name: replaced.get(value.name) ?? value.name }));
		}
		nodes.push(...patch.nodes);
		for (const [name, tensor] of patch.initializers) initializers.set(name, tensor);
		for (const [domain, version] of patch.opsets ?? []) opsets.set(domain, version);
		// Two patches may ask for the same tensor.
		results.push(...patch.outputs.filter(({ name }) => !results.some((value) => value.name === name)));
	}
	const graph = { ...model.graph, nodes: topologicalOrder(nodes), initializers, outputs: results };
	return { ...model, opsets, graph };
}

/** Adds what the patch makes to `made`. */
function check(patch: Patch, made: Set<string>, opsets: ReadonlyMap<string, number>): void {
	const refuse = (message: string): never => {
		throw new SightlineError("BAD_INPUT", `patch "${patch.label}": ${message}`);
	};
	for (const name of [...patch.nodes.flatMap((node) => node.outputs), ...patch.initializers.keys()]) {
		if (name === "") continue;
		if (made.has(name)) refuse(`tensor "${name}" is made twice`);
		made.add(name);
	}
	for (const node of patch.nodes) {
		for (const name of readTensors(node)) {
			if (!made.has(name)) refuse(`${describe(node)} reads "${name}", which nothing makes`);
		}
	}
	for (const [from, to] of patch.replaced ?? []) {
		if (!made.has(from)) refuse(`"${from}" cannot be replaced: nothing makes it`);
		if (!made.has(to)) refuse(`"${to}", which should replace "${from}", is made by nothing`);
	}
	for (const { name } of patch.outputs) {
		if (!made.has(name)) refuse(`output "${name}" is made by nothing`);
	}
	for (const [domain, version] of patch.opsets ?? []) {
		const given = opsets.get(domain);
		if (given !== undefined && given !== version) {
			refuse(`it needs version ${version} of the operators of "${domain}"; the model uses ${given}`);
		}
	}
}

function madeTensors(graph: Graph): Set<string> {
	const made = new Set(graph.initializers.keys());
	for (const { name } of graph.inputs) made.add(name);
	for (const node of graph.nodes) for (const name of node.outputs) made.add(name);
	return made;
}

/** The node with other inputs, in its subgraphs too: names are unique over all levels, so none is taken for another. */
function rewired(node: Node, replaced: ReadonlyMap<string, string>): Node {
	if (![...readTensors(node)].some((name) => replaced.has(name))) return node;
	const inputs = node.inputs.map((name) => replaced.get(name) ?? name);
	const attributes: Attributes = new Map(
		[...node.attributes].map(([name, attribute]) => [
			name,
			attribute.kind === "graph" ? { kind: "graph", value: rewiredGraph(attribute.value, replaced) } : attribute,
		]),
	);
	return { ...node, inputs, attributes };
}

function rewiredGraph(graph: Graph, replaced: ReadonlyMap<string, string>): Graph {
	return {
		...graph,
		nodes: graph.nodes.map((node) => rewired(node, replaced)),
		outputs: graph.outputs.map((value) => ({ ...value, name: replaced.get(value.name) ?? value.name })),
	};
}
