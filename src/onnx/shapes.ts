/**
 * The shapes of a graph's tensors for concrete shapes of its inputs, and the values of those that are constant then: what
 * exporters compute from shapes at run time (Shape, Gather, Concat, ... into Reshape) is all folded here, in float64 and
 * bigint, by our own operators. A runtime's optimiser would fold more (a norm into its convolution) and name it anew.
 */
import { SightlineError } from "../errors.ts";
import { elementCount, type Tensor } from "../tensor/tensor.ts";
import { type Allowance, folded, fullAllowance } from "./fold.ts";
import { mostAxes } from "./limits.ts";
import type { Graph, Model, Node } from "./model.ts";
import { operatorOf } from "./ops/index.ts";
import { Call, type Shape } from "./ops/operator.ts";

export interface Inference {
	/** By tensor; one is missing where an operator is not known or its shape depends on the input's values. */
	readonly shapes: ReadonlyMap<string, Shape>;
	/** Initializers, and what follows from them and from the shapes, as far as it is folded (fold.ts). */
	readonly constants: ReadonlyMap<string, Tensor>;
}

/**
 * @param inputShapes by input; one that is left out has the shape that the model declares, if it declares numbers only
 * @throws SightlineError BAD_INPUT naming the node whose inputs do not fit it, or an input that does not exist
 */
export function inferShapes(model: Model, inputShapes: ReadonlyMap<string, Shape>): Inference {
	const inference = startInference(model.graph, inputShapes);
	for (const node of model.graph.nodes) inferNode(node, opsetOf(model, node), inference);
	return inference;
}

/** What is known so far: of what comes before a certain node. */
export interface Known {
	readonly shapes: Map<string, Shape>;
	readonly constants: Map<string, Tensor>;
	readonly allowance: Allowance;
}

/** What is known before the first node. */
export function startInference(graph: Graph, inputShapes: ReadonlyMap<string, Shape>): Known {
	const shapes = new Map<string, Shape>();
	const constants = new Map(graph.initializers);
	for (const name of inputShapes.keys()) {
		if (!graph.inputs.some((input) => input.name === name)) {
			const names = graph.inputs.map((input) => input.name).join(", ");
			throw new SightlineError("BAD_INPUT", `the graph has no input "${name}"; its inputs are ${names}`);
		}
	}
	for (const { name, shape } of graph.inputs) {
		const known = inputShapes.get(name) ?? shape;
		if (known?.every((side) => typeof side === "number")) shapes.set(name, known);
	}
	for (const [name, { shape }] of constants) shapes.set(name, shape);
	return { shapes, constants, allowance: fullAllowance() };
}

/** Adds what follows for the outputs of a node from what is known of its inputs. */
export function inferNode(node: Node, opset: number, { shapes, constants, allowance }: Known): void {
	const operator = operatorOf(node);
	const isKnown = node.inputs.every((name) => name === "" || shapes.has(name));
	if (operator === null || !isKnown) return;
	const call = new Call(
		node,
		opset,
		node.inputs.map((name) => shapes.get(name) ?? null),
		node.inputs.map((name) => constants.get(name) ?? null),
	);
	const found = operator.shapes(call);
	if (found === null) return;
	for (const shape of found) requireShape(call, shape);
	node.outputs.forEach((name, i) => {
		const shape = found[i];
		if (name !== "" && shape !== undefined) shapes.set(name, shape);
	});
	for (const [i, tensor] of folded(operator, call, found, allowance).entries()) {
		const name = node.outputs[i];
		if (name !== undefined && name !== "") constants.set(name, tensor);
	}
}

/** Attributes and constants of a damaged file make any number a side. */
function requireShape(call: Call, shape: Shape): void {
	if (shape.length > mostAxes) call.fail(`it gives ${shape.length} axes, at most ${mostAxes} are possible`);
	const isPossible =
		shape.every((side) => Number.isInteger(side) && side >= 0) && Number.isSafeInteger(elementCount(shape));
	if (!isPossible) call.fail(`it gives [${shape.join(", ")}], which no tensor can be`);
}

/** The version of a node's operator set. */
export function opsetOf(model: Model, node: Node): number {
	return model.opsets.get(node.domain) ?? 1;
}
