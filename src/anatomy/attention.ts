/**
 * Attention (Vaswani et al. 2017, arXiv:1706.03762): softmax(q k^T * scale + mask) v. Found from its softmax: over the
 * last axis of scores that a product of two varying tensors makes (scale and mask may stand anywhere between, or the
 * scale before the product), read by a product with values that vary too. A classifier's softmax is read by no product.
 */

import type { Node } from "../onnx/model.ts";
import type { Attention } from "./anatomy.ts";
import type { Flow } from "./flow.ts";
import { isFusedAttention, isLinear } from "./operators.ts";

/** An attention, before it belongs to a block. */
export interface AttentionCore {
	/** The softmax, or the one node that is all of the attention. */
	readonly node: Node;
	/** [batch, heads, tokens, tokens]; null where the graph has no such tensor. */
	readonly weights: Omit<Attention, "block"> | null;
	/** Why there are none. */
	readonly reason: string | null;
	/** The product of weights and values, before heads are merged. */
	readonly mixed: string;
	/** Fewer queries ask than there are keys: tokens are read, not mixed. */
	readonly pools: boolean;
}

/** Every attention, in the order of the forward pass. `batch` is the batch size of the flow's shapes. */
export function findAttentions(flow: Flow, batch: number): AttentionCore[] {
	return flow.nodes.flatMap((node) => fused(node) ?? decomposed(flow, node, batch) ?? []);
}

function fused(node: Node): AttentionCore | null {
	if (!isFusedAttention(node)) return null;
	const reason = `the ${node.operator} node that makes ${node.outputs[0]} keeps its weights to itself`;
	return { node, weights: null, reason, mixed: node.outputs[0] ?? "", pools: false };
}

function decomposed(flow: Flow, node: Node, batch: number): AttentionCore | null {
	const scores = scoresOf(flow, node);
	const [weights = ""] = node.outputs;
	if (scores === null) return null;
	if (!isProduct(flow, backFromScores(flow, scores))) return null;
	const product = productWithValues(flow, weights);
	if (product === null) return null;
	const [mixed = ""] = product.outputs;
	const [queries = 0, keys = 0] = flow.shape(weights).slice(-2);
	return {
		node,
		mixed,
		pools: queries < keys,
		...layoutOf(flow.shape(weights), weights, batch, { tensor: mixed, shape: flow.shape(mixed) }),
	};
}

/** What a softmax over the last axis reads; null for any other node. */
function scoresOf(flow: Flow, node: Node): string | null {
	const [first = "", second = ""] = node.inputs;
	if (node.operator === "Softmax") {
		const rank = flow.shape(first).length;
		const axis = node.attributes.get("axis");
		const last = axis === undefined ? -1n : axis.kind === "int" ? axis.value : null;
		// Before opset 13 the default axis was 1, with all further axes flattened: no attention is written so.
		return last === -1n || last === BigInt(rank - 1) ? first : null;
	}
	// exp(s - max) / sum, as compilers that know no softmax write it.
	const [exponential, sum] = [flow.producer(first), flow.producer(second)];
	const isQuotient = node.operator === "Div" && sum?.operator === "ReduceSum" && sum.inputs[0] === first;
	if (!isQuotient || exponential?.operator !== "Exp" || flow.shape(second).at(-1) !== 1) return null;
	const [shifted = ""] = exponential.inputs;
	const shift = flow.producer(shifted);
	return shift?.operator === "Sub" ? (shift.inputs[0] ?? null) : shifted;
}

/** Operators between the product of q and k and the softmax: scale, mask, type, shape. */
const betweenScores: ReadonlySet<string> = new Set([
	"Mul",
	"Div",
	"Add",
	"Sub",
	"Where",
	"Cast",
	"Reshape",
	"Identity",
	"Transpose",
]);

function backFromScores(flow: Flow, tensor: string): Node | undefined {
	for (let at = tensor; ; ) {
		const node = flow.producer(at);
		if (node === undefined || !(betweenScores.has(node.operator) || mixesHeads(flow, node))) return node;
		// A mask that depends on the image would be a second operand: the scores come first in all spellings met.
		const [operand] = flow.operands(node);
		if (operand === undefined) return node;
		at = operand;
	}
}

/** A product over the heads of scores or weights (Shazeer et al. 2020, arXiv:2003.02436: talking heads). */
function mixesHeads(flow: Flow, node: Node): boolean {
	const [operand = ""] = flow.operands(node);
	const [before, after] = [flow.shape(operand), flow.shape(node.outputs[0] ?? "")];
	return isLinear(flow, node) && before.length === 4 && before[1] === before[2] && before.join() === after.join();
}

/** A matrix product of two varying tensors. */
function isProduct(flow: Flow, node: Node | undefined): boolean {
	if (node === undefined) return false;
	const isMatrixProduct = ["MatMul", "FusedMatMul", "Einsum", "Gemm"].includes(node.operator);
	return isMatrixProduct && flow.operands(node).length === 2;
}

/** Operators between softmax and the product with v: dropout left over, type, a guard against rows masked whole. */
const betweenWeights: ReadonlySet<string> = new Set([
	"Dropout",
	"Cast",
	"Identity",
	"Where",
	"IsNaN",
	"Reshape",
	"Transpose",
]);

function productWithValues(flow: Flow, weights: string): Node | null {
	const seen = new Set<Node>();
	const open = [...flow.consumers(weights)];
	for (let node = open.shift(); node !== undefined; node = open.shift()) {
		if (isProduct(flow, node)) return node;
		const isBias = node.operator === "Add" && flow.operands(node).length === 1;
		const isBetween = betweenWeights.has(node.operator) || isBias || mixesHeads(flow, node);
		if (!isBetween || seen.has(node)) continue;
		seen.add(node);
		open.push(...node.outputs.flatMap((output) => flow.consumers(output)));
	}
	return null;
}

function layoutOf(
	shape: readonly number[],
	weights: string,
	batch: number,
	product: { readonly tensor: string; readonly shape: readonly number[] },
): Pick<AttentionCore, "weights" | "reason"> {
	// Weights times values has the axes of the weights, but for the last: the width of a head.
	const isLaidOutAlike =
		product.shape.length === shape.length && product.shape.slice(0, -1).join() === shape.slice(0, -1).join();
	const mixed = isLaidOutAlike ? { tensor: product.tensor, headWidth: product.shape.at(-1) ?? 0 } : null;
	const [first = 0, second = 0, third, fourth] = shape;
	if (shape.length === 4 && first === batch && third === fourth) {
		return { weights: { heads: second, weights, layout: "batch,heads,query,key", mixed }, reason: null };
	}
	if (shape.length === 3 && first % batch === 0 && second === third) {
		return { weights: { heads: first / batch, weights, layout: "batch*heads,query,key", mixed }, reason: null };
	}
	if (shape.length === 4 && first % batch === 0 && third === fourth) {
		const windows = first / batch;
		return {
			weights: { heads: second, weights, layout: "batch*windows,heads,query,key", windows, mixed: null },
			reason: null,
		};
	}
	const reason =
		`the attention weights ${weights} have the shape [${shape.join(", ")}] for ${batch} images: ` +
		"neither [batch, heads, tokens, tokens] nor one of these with axes merged, nor within windows";
	return { weights: null, reason };
}
