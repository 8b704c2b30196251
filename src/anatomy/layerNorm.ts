/**
 * LayerNorm spelled with arithmetic, as exporters do before opset 17:
 *
 *     centred = x - mean(x)        variance = mean(centred ^ 2)        y = centred / sqrt(variance + epsilon) * scale + shift
 *
 * Sums and products may have their operands in either order, the square may be a Pow or a product, the division one by
 * the root or a product with its reciprocal, types may be cast between, and scale and shift may be missing.
 */
import type { Node } from "../onnx/model.ts";
import type { Flow } from "./flow.ts";
import type { Normalisation } from "./normalisation.ts";

/** The LayerNorm whose division is `node`; null where `node` is none. */
export function decomposedLayerNorm(flow: Flow, node: Node): Normalisation | null {
	const [a = "", b = ""] = flow.operands(node);
	if (node.operator === "Div") return layerNorm(flow, node, a, b);
	if (node.operator !== "Mul") return null;
	return layerNorm(flow, node, a, back(flow, b, "Reciprocal")) ?? layerNorm(flow, node, b, back(flow, a, "Reciprocal"));
}

function layerNorm(flow: Flow, division: Node, centred: string, root: string | null): Normalisation | null {
	const input = centredFrom(flow, centred);
	const square = back(flow, back(flow, back(flow, root, "Sqrt"), "Add"), "ReduceMean");
	const squared = back(flow, square, "Pow") ?? back(flow, square, "Mul");
	if (input === null || squared === null || centredFrom(flow, squared) !== input) return null;
	const scaled = affine(flow, division.outputs[0] ?? "", "Mul");
	return { input, output: affine(flow, scaled, "Add") };
}

/** The tensor that `tensor` is less its mean; null where it is none such. */
function centredFrom(flow: Flow, tensor: string): string | null {
	const difference = producer(flow, tensor);
	const [minuend = "", subtrahend = ""] = difference === undefined ? [] : flow.operands(difference);
	if (difference?.operator !== "Sub") return null;
	const input = uncast(flow, minuend);
	return back(flow, subtrahend, "ReduceMean") === input ? input : null;
}

/** What the node that makes `tensor` read, if it is of this operator. */
function back(flow: Flow, tensor: string | null, operator: string): string | null {
	const node = tensor === null ? undefined : producer(flow, tensor);
	const [operand] = node?.operator === operator ? flow.operands(node) : [];
	return operand === undefined ? null : uncast(flow, operand);
}

/** The tensor after a product with, or a sum of, a constant, where that alone reads `tensor`; else itself. */
function affine(flow: Flow, tensor: string, operator: "Mul" | "Add"): string {
	const node = flow.onlyConsumer(tensor);
	if (node?.operator === "Cast") return affine(flow, node.outputs[0] ?? "", operator);
	const isAffine = node?.operator === operator && flow.operands(node).length === 1;
	return isAffine ? (node.outputs[0] ?? tensor) : tensor;
}

function producer(flow: Flow, tensor: string): Node | undefined {
	return flow.producer(uncast(flow, tensor));
}

function uncast(flow: Flow, tensor: string): string {
	const node = flow.producer(tensor);
	const [operand] = node?.operator === "Cast" ? flow.operands(node) : [];
	return operand === undefined ? tensor : uncast(flow, operand);
}
