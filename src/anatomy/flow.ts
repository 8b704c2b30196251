/**
 * The part of a graph that the image's values run through. A tensor varies if it depends on the values of the image (not
 * merely on its shape); everything else is constant here, so that weights, scale factors, a class token expanded to the
 * batch and the arithmetic of shapes all count as constants, however an exporter spelled them.
 *
 * This part has one source, so it has dominators: a tensor dominates another if every way from the image to the other
 * leads through it. The nearest tensor that dominates both operands of an addition is the place where a residual branch
 * left its stream, and the dominators of a branch's end are the tensors that the whole branch runs through.
 */
import type { Graph, Node } from "../onnx/model.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What shape inference found for one concrete shape of the image. */
export interface Reading {
	readonly shapes: ReadonlyMap<string, readonly number[]>;
	readonly constants: ReadonlyMap<string, Tensor>;
}

/** Operators that read a tensor's shape alone. */
const readsShapeOnly: ReadonlySet<string> = new Set(["Shape", "Size"]);

export class Flow {
	/** The image's tensor. */
	readonly source: string;
	/** Nodes with a varying output, in the order of the forward pass. */
	readonly nodes: readonly Node[];
	readonly #reading: Reading;
	readonly #producers = new Map<string, Node>();
	readonly #consumers = new Map<string, Node[]>();
	/** The immediate dominator of each varying tensor but the source, and how many dominators it has. */
	readonly #dominators = new Map<string, string>();
	readonly #depths: Map<string, number>;
	readonly #positions = new Map<Node, number>();

	constructor(graph: Graph, source: string, reading: Reading) {
		this.source = source;
		this.#reading = reading;
		this.#depths = new Map([[source, 0]]);
		const nodes: Node[] = [];
		for (const node of graph.nodes) {
			const operands = this.operands(node);
			if (operands.length === 0 || readsShapeOnly.has(node.operator)) continue;
			this.#positions.set(node, nodes.length);
			nodes.push(node);
			for (const operand of new Set(operands)) {
				const consumers = this.#consumers.get(operand);
				if (consumers === undefined) this.#consumers.set(operand, [node]);
				else consumers.push(node);
			}
			const dominator = operands.reduce((a, b) => this.join(a, b));
			for (const output of node.outputs) {
				if (output === "") continue;
				this.#producers.set(output, node);
				this.#dominators.set(output, dominator);
				this.#depths.set(output, this.#depth(dominator) + 1);
			}
		}
		this.nodes = nodes;
	}

	varies(tensor: string): boolean {
		return this.#depths.has(tensor);
	}

	/** The varying inputs of a node, in its order. */
	operands(node: Node): string[] {
		return node.inputs.filter((input) => this.varies(input));
	}

	/** The node that makes a varying tensor; undefined for the image. */
	producer(tensor: string): Node | undefined {
		return this.#producers.get(tensor);
	}

	/** The nodes of the flow that read a tensor's values, in the order of the forward pass. */
	consumers(tensor: string): readonly Node[] {
		return this.#consumers.get(tensor) ?? [];
	}

	/** The one node that reads a tensor's values; undefined where there are none or several. */
	onlyConsumer(tensor: string): Node | undefined {
		const consumers = this.consumers(tensor);
		return consumers.length === 1 ? consumers[0] : undefined;
	}

	/** The shape at the batch size of this reading; empty where inference knew none. */
	shape(tensor: string): readonly number[] {
		return this.#reading.shapes.get(tensor) ?? [];
	}

	/** The value of a tensor that does not vary, where it was computed. */
	constant(tensor: string): Tensor | undefined {
		return this.varies(tensor) ? undefined : this.#reading.constants.get(tensor);
	}

	/** Position of a node in the order of the forward pass, from 0. */
	position(node: Node): number {
		return this.#positions.get(node) ?? -1;
	}

	/** The nearest tensor that all ways from the image to `a` and all ways to `b` lead through; the image if one does not vary. */
	join(a: string, b: string): string {
		if (!this.varies(a) || !this.varies(b)) return this.source;
		let [x, y] = [a, b];
		while (x !== y) {
			if (this.#depth(x) >= this.#depth(y)) x = this.#dominators.get(x) ?? this.source;
			else y = this.#dominators.get(y) ?? this.source;
		}
		return x;
	}

	/** Whether all ways from the image to `tensor` lead through `dominator`. A tensor dominates itself. */
	dominates(dominator: string, tensor: string): boolean {
		return this.join(dominator, tensor) === dominator;
	}

	/** The tensors that all ways from `from` to `to` lead through, in order: without `from`, with `to`. */
	spine(from: string, to: string): string[] {
		const tensors: string[] = [];
		for (let tensor = to; tensor !== from && tensor !== this.source; ) {
			tensors.unshift(tensor);
			tensor = this.#dominators.get(tensor) ?? this.source;
		}
		return tensors;
	}

	/** Every node on a way from `from` to `to`, in the order of the forward pass; `from` dominates `to`. */
	between(from: string, to: string): Node[] {
		const found = new Set<Node>();
		const open = [to];
		for (let tensor = open.pop(); tensor !== undefined; tensor = open.pop()) {
			const node = tensor === from ? undefined : this.producer(tensor);
			if (node === undefined || found.has(node)) continue;
			found.add(node);
			open.push(...this.operands(node));
		}
		return [...found].sort((a, b) => this.position(a) - this.position(b));
	}

	#depth(tensor: string): number {
		return this.#depths.get(tensor) ?? 0;
	}
}
