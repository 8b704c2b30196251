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
const products: ReadonlySet<string> = new Set(["MatMul", "Gemm", "FusedMatMul", "Einsum", "FusedGemm"]);

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
	for (let at = tensor; ; ) {
		const node = flow.producer(at);
		const [operand] = node && movesValues(node) ? flow.operands(node) : [];
		if (operand === undefined) return at;
		at = operand;
	}
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

/** The nodes that compute with a tensor, over those that only move its values. */
export function readersOf(flow: Flow, tensor: string): readonly Node[] {
	const readers = new Set<Node>();
	const passed = new Set<Node>();
	const open = [...flow.consumers(tensor)].reverse();
	for (let node = open.pop(); node !== undefined; node = open.pop()) {
		if (!movesValues(node)) readers.add(node);
		// Once each: ways that part and meet again double with every time they do.
		else if (!passed.has(node)) {
			passed.add(node);
			open.push(...node.outputs.flatMap((output) => flow.consumers(output)).reverse());
		}
	}
	return [...readers];
}

/** The only one of them; undefined where there are none or several. */
export function onlyReader(flow: Flow, tensor: string): Node | undefined {
	const readers = readersOf(flow, tensor);
	return readers.length === 1 ? readers[0] : undefined;
}

/** The product with, or sum of, one number a channel that alone reads a map [batch, ...]; its output, or null. */
export function channelwise(flow: Flow, map: string, operator: "Mul" | "Add"): string | null {
	const node = onlyReader(flow, map);
	if (node?.operator !== operator || flow.operands(node).length !== 1) return null;
	const [constant = ""] = node.inputs.filter((input) => !flow.varies(input));
	const sides = flow.shape(constant).filter((side) => side > 1);
	const [output = ""] = node.outputs;
	const isMap = flow.shape(output).length === 4;
	return isMap && sides.length === 1 && flow.shape(output).includes(sides[0] ?? 0) ? output : null;
}
