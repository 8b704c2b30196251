/** What kinds of operators there are, as far as finding parts goes. */
import type { Node } from "../onnx/model.ts";
import type { Flow } from "./flow.ts";

/** Move values and mix none: what comes out is what went in, in another place, type or shape. */
const moving: ReadonlySet<string> = new Set([
	"Identity",
	"Cast",
	"Dropout",
	"Reshape",
	"Flatten",
	"Squeeze",
	"Unsqueeze",
	"Transpose",
]);

/** Elementwise nonlinear functions. GELU and SiLU have no operator in most opsets and are spelled with several of these. */
const nonlinear: ReadonlySet<string> = new Set([
	"Relu",
	"Gelu",
	"FastGelu",
	"QuickGelu",
	"BiasGelu",
	"Erf",
	"Tanh",
	"Sigmoid",
	"HardSigmoid",
	"HardSwish",
	"Mish",
	"Elu",
	"Selu",
	"Celu",
	"LeakyRelu",
	"PRelu",
	"ThresholdedRelu",
	"Softplus",
	"Softsign",
	"Swish",
	"Clip",
]);

/** Attention in one node: its weights are no tensor of the graph. */
const fusedAttention: ReadonlySet<string> = new Set(["Attention", "MultiHeadAttention", "PackedAttention"]);

const convolutions: ReadonlySet<string> = new Set(["Conv", "FusedConv"]);
const products: ReadonlySet<string> = new Set(["MatMul", "Gemm", "FusedMatMul"]);

export const movesValues = (node: Node): boolean => moving.has(node.operator);
export const isNonlinear = (node: Node): boolean => nonlinear.has(node.operator);
export const isFusedAttention = (node: Node): boolean => fusedAttention.has(node.operator);
export const isConvolution = (node: Node): boolean => convolutions.has(node.operator);

/** A matrix product of a varying tensor with weights: one operand varies. */
export function isLinear(flow: Flow, node: Node): boolean {
	return products.has(node.operator) && node.inputs.slice(0, 2).filter((input) => flow.varies(input)).length === 1;
}

/** A convolution, a matrix product with weights, or attention in one node. */
export function hasWeights(flow: Flow, node: Node): boolean {
	return isConvolution(node) || isLinear(flow, node) || isFusedAttention(node);
}

/** From a tensor back over nodes that only move values, to the tensor they took them from. */
export function origin(flow: Flow, tensor: string): string {
	const node = flow.producer(tensor);
	const [operand] = node && movesValues(node) ? flow.operands(node) : [];
	return operand === undefined ? tensor : origin(flow, operand);
}

/** Follows a tensor over nodes that only move values to where it is shaped like another; itself where it never is. */
export function inLayoutOf(flow: Flow, tensor: string, like: string): string {
	const wanted = flow.shape(like).join();
	for (let at: string | undefined = tensor; at !== undefined; ) {
		if (flow.shape(at).join() === wanted) return at;
		const mover: ReturnType<Flow["onlyConsumer"]> = flow.onlyConsumer(at);
		at = mover && movesValues(mover) ? mover.outputs[0] : undefined;
	}
	return tensor;
}
