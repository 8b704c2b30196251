/** Looks around in a graph: who makes a tensor, who reads it, and what it holds if it is constant. */
import type { Tensor } from "../tensor/tensor.ts";
import { fromFloat32s, fromInt64s } from "../tensor/values.ts";
import type { Attribute, Graph, Node } from "./model.ts";

export class GraphView {
	readonly graph: Graph;
	readonly #producers = new Map<string, Node>();
	readonly #consumers = new Map<string, Node[]>();
	/** Of tensors that an Identity makes, once asked for. */
	readonly #constants = new Map<string, Tensor | null>();

	constructor(graph: Graph) {
		this.graph = graph;
		for (const node of graph.nodes) {
			for (const output of node.outputs) this.#producers.set(output, node);
			for (const input of readTensors(node)) {
				const consumers = this.#consumers.get(input);
				if (consumers === undefined) this.#consumers.set(input, [node]);
				else consumers.push(node);
			}
		}
	}

	/** The node that makes a tensor; null for inputs and initializers. */
	producer(tensor: string): Node | null {
		return this.#producers.get(tensor) ?? null;
	}

	/** The nodes that read a tensor, each once, in the graph's order; those whose subgraphs read it included. */
	consumers(tensor: string): readonly Node[] {
		return this.#consumers.get(tensor) ?? [];
	}

	/** What a tensor holds: an initializer or a Constant node, also through Identity, by which exporters share weights. */
	constant(tensor: string): Tensor | null {
		const passed: string[] = [];
		for (let at: string | undefined = tensor; ; ) {
			const found = at === undefined ? null : this.#constantAt(at);
			if (found === undefined) {
				passed.push(at as string); // null otherwise
				at = this.#producers.get(at as string)?.inputs[0];
				continue;
			}
			// A chain is walked once, whoever asks for which part of it.
			for (const name of passed) this.#constants.set(name, found);
			return found;
		}
	}

	/** undefined where an Identity says that it is what another tensor is. */
	#constantAt(tensor: string): Tensor | null | undefined {
		const known = this.#constants.get(tensor) ?? this.graph.initializers.get(tensor);
		if (known !== undefined || this.#constants.has(tensor)) return known ?? null;
		const node = this.#producers.get(tensor);
		if (node?.domain !== "") return null;
		if (node.operator === "Constant") return constantOf(node);
		return node.operator === "Identity" ? undefined : null;
	}

	isOutput(tensor: string): boolean {
		return this.graph.outputs.some(({ name }) => name === tensor);
	}
}

/** The value of a Constant node; null if it is sparse or holds strings. */
export function constantOf(node: Node): Tensor | null {
	for (const [name, attribute] of node.attributes) {
		const tensor = tensorOf(name, attribute);
		if (tensor !== null) return tensor;
	}
	return null;
}

/** The names that a node reads, each once: its inputs and what its subgraphs take from the graph around them. */
export function readTensors(node: Node): ReadonlySet<string> {
	const names = new Set(node.inputs.filter((name) => name !== ""));
	for (const attribute of node.attributes.values()) {
		if (attribute.kind === "graph") for (const name of capturedTensors(attribute.value)) names.add(name);
	}
	return names;
}

function capturedTensors(graph: Graph): ReadonlySet<string> {
	const captured = new Set(graph.outputs.map(({ name }) => name));
	for (const node of graph.nodes) for (const name of readTensors(node)) captured.add(name);
	for (const { name } of graph.inputs) captured.delete(name);
	for (const name of graph.initializers.keys()) captured.delete(name);
	for (const node of graph.nodes) for (const name of node.outputs) captured.delete(name);
	return captured;
}

function tensorOf(name: string, attribute: Attribute): Tensor | null {
	if (name === "value" && attribute.kind === "tensor") return attribute.value;
	if (name === "value_float" && attribute.kind === "float") return fromFloat32s([], [attribute.value]);
	if (name === "value_floats" && attribute.kind === "floats") {
		return fromFloat32s([attribute.value.length], attribute.value);
	}
	if (name === "value_int" && attribute.kind === "int") return fromInt64s([], [attribute.value]);
	if (name === "value_ints" && attribute.kind === "ints") return fromInt64s([attribute.value.length], attribute.value);
	return null;
}
