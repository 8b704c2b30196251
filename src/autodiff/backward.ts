/**
 * Reverse-mode differentiation of a graph (Griewank and Walther 2008, chapter 3): the nodes that carry a gradient from
 * one tensor back to another, each operator by its own rule. What is added is a graph again and runs where the model runs.
 *
 * Several gradients, the seeds, are carried at once, as a first axis before those of the tensor that each belongs to:
 * [seeds, ...shape]. Activations have no such axis, so the forward pass runs once for all of them.
 */
import { SightlineError } from "../errors.ts";
import type { Emitter } from "../onnx/emitter.ts";
import type { Model, Node } from "../onnx/model.ts";
import { operatorOf } from "../onnx/ops/index.ts";
import { Call, type Gradient, type GradientSite, type Shape, type Unscaled } from "../onnx/ops/operator.ts";
import { describe } from "../onnx/order.ts";
import { opsetOf } from "../onnx/shapes.ts";
import { readTensors } from "../onnx/view.ts";
import type { Tensor } from "../tensor/tensor.ts";

export interface BackwardWalk {
	readonly model: Model;
	/** Takes the new nodes. Walks that share it share what they have in common: masks, statistics, turned weights. */
	readonly emit: Emitter;
	/** The static shape of every tensor of the model. */
	shape(tensor: string): Shape;
	/** Initializers, and what follows from them and from the shapes: no gradient flows into these. */
	readonly constants: ReadonlyMap<string, Tensor>;
	/** How many gradients are carried at once. */
	readonly seeds: number;
	/** Where the walk begins: a tensor of the model, and the name of the gradients with respect to it, [seeds, ...its shape]. */
	readonly from: { readonly tensor: string; readonly gradient: string };
	/** The tensor that gradients are wanted for, such as the model's input. */
	readonly to: string;
}

/**
 * Adds the nodes of a walk back.
 *
 * @returns the name of the gradients with respect to `to`, [seeds, ...its shape]; null where `from` does not depend on it
 * @throws SightlineError BAD_INPUT naming a node between the two whose operator has no rule
 */
export function backward(walk: BackwardWalk): string | null {
	const { model, emit, from, to } = walk;
	const depends = dependents(walk);
	/** Of tensors that gradients have reached: one for each reader so far. */
	const arrived = new Map<string, (string | Unscaled)[]>([[from.tensor, [from.gradient]]]);
	const scaled = (gradient: string | Unscaled, tensor: string): string => {
		if (typeof gradient === "string") return gradient;
		const sides = walk
			.shape(tensor)
			.slice(2)
			.map(() => 1);
		return emit.add("Mul", [gradient.tensor, emit.reshape(gradient.factors, [-1, ...sides])]);
	};
	/** Sums what has arrived at a tensor, once. Its readers come after it in the graph, so all of them have been here. */
	const gradientOf = (tensor: string): string | null => {
		const gradients = arrived.get(tensor)?.map((each) => scaled(each, tensor));
		const sum = gradients?.reduce((a, b) => emit.add("Add", [a, b])) ?? null;
		if (sum !== null) arrived.set(tensor, [sum]);
		return sum;
	};
	const unscaledGradientOf = (tensor: string): ReturnType<GradientSite["unscaledUpstream"]> => {
		const [first, second] = arrived.get(tensor) ?? [];
		if (first !== undefined && second === undefined && typeof first !== "string") return first;
		const sum = gradientOf(tensor);
		return sum === null ? null : { tensor: sum, factors: null };
	};
	for (const node of model.graph.nodes.toReversed()) {
		const isOnTheWay = node.outputs.some((output) => depends.has(output) && arrived.has(output));
		if (!isOnTheWay || node.outputs.includes(to)) continue;
		const gradients = ruleOf(node)({
			call: callOf(node, walk),
			emit,
			seeds: walk.seeds,
			upstream: (i) => gradientOf(node.outputs[i] ?? ""),
			unscaledUpstream: (i) => unscaledGradientOf(node.outputs[i] ?? ""),
			outputShape: (i) => walk.shape(node.outputs[i] ?? ""),
			needs: (i) => depends.has(node.inputs[i] ?? ""),
		});
		node.inputs.forEach((input, i) => {
			const gradient = depends.has(input) ? (gradients[i] ?? null) : null;
			if (gradient === null) return;
			const before = arrived.get(input);
			if (before === undefined) arrived.set(input, [gradient]);
			else before.push(gradient);
		});
	}
	return gradientOf(to);
}

/** The tensors that change with small changes of `to`, itself included. */
function dependents({ model, constants, to }: BackwardWalk): ReadonlySet<string> {
	const found = new Set([to]);
	for (const node of model.graph.nodes) {
		const reads = [...readTensors(node)].some((tensor) => found.has(tensor));
		if (!reads || operatorOf(node)?.gradient === "none") continue;
		for (const output of node.outputs) if (output !== "" && !constants.has(output)) found.add(output);
	}
	return found;
}

function ruleOf(node: Node): Gradient {
	const gradient = operatorOf(node)?.gradient;
	if (typeof gradient === "function") return gradient;
	const operator = node.domain === "" ? node.operator : `${node.domain}.${node.operator}`;
	throw new SightlineError("BAD_INPUT", `no gradient is known through ${describe(node)}: ${operator} has no rule`, {
		hint: "Ask for a layer before that node, or export the model with other operators in its place.",
	});
}

function callOf(node: Node, { model, shape, constants }: BackwardWalk): Call {
	const shapes = node.inputs.map((name) => (name === "" ? null : shape(name)));
	const values = node.inputs.map((name) => constants.get(name) ?? null);
	return new Call(node, opsetOf(model, node), shapes, values);
}
