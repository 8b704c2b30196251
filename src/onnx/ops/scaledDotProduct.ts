/**
 * Attention itself, y = w v with weights w = softmax(scale q k^T + bias) (Vaswani et al. 2017, arXiv:1706.03762, equation
 * 1), as the fused operators have it in common: in float64, and the simple nodes of its gradients. From g, the gradient of
 * y: dv = w^T g, dw = g v^T, ds = w (dw - sum(dw w)), dq = scale ds k, dk = scale ds^T q.
 */
import { positions, stridesOf } from "../../tensor/strides.ts";
import type { Emitter } from "../emitter.ts";
import type { Shape } from "./operator.ts";

/** Queries, keys or values: [batch, heads, tokens, width], where width is that of one head. */
export interface Heads {
	readonly values: Float64Array;
	readonly shape: Shape;
}

/** Values of [batch, heads, tokens, width], or of [batch, tokens, heads * width]. */
export function headsOf(values: Float64Array, shape: Shape, heads: number): Heads {
	if (shape.length === 4) return { values, shape };
	const [batch = 0, tokens = 0, width = 0] = shape;
	return swapped({ values, shape: [batch, tokens, heads, width / heads] });
}

/** [batch, tokens, heads * width], flat. */
export function joined(heads: Heads): Float64Array {
	return swapped(heads).values;
}

/** The axes in the middle in each other's place. */
function swapped({ values, shape }: Heads): Heads {
	const order = [0, 2, 1, 3];
	const strides = stridesOf(shape);
	const turned = order.map((axis) => shape[axis] as number);
	const from = positions(
		turned,
		order.map((axis) => strides[axis] as number),
	);
	return { values: Float64Array.from(from, (at) => values[at] as number), shape: turned };
}

/**
 * @param bias of the scores, [batch, heads, queries, keys] flat
 * @returns [batch, heads, queries, width of the values]
 */
export function attend(query: Heads, key: Heads, value: Heads, scale: number, bias: Float64Array | null): Heads {
	const [batch = 0, heads = 0, queries = 0, inner = 0] = query.shape;
	const [keys = 0, width = 0] = value.shape.slice(2);
	/** Element `at` of token `token` of a head counted over the batch. */
	const element = ({ values, shape }: Heads, head: number, token: number, at: number): number =>
		values[(head * (shape[2] as number) + token) * (shape[3] as number) + at] as number;
	const sum = (count: number, of: (i: number) => number): number =>
		Array.from({ length: count }, (_, i) => of(i)).reduce((a, b) => a + b, 0);
	const rows = Array.from({ length: batch * heads * queries }, (_, row) => {
		const [head, token] = [Math.floor(row / queries), row % queries];
		const scores = Array.from({ length: keys }, (_, k) => {
			const product = sum(inner, (i) => element(query, head, token, i) * element(key, head, k, i));
			return scale * product + (bias?.[row * keys + k] ?? 0);
		});
		const largest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
		const shares = scores.map((score) => Math.exp(score - largest));
		const whole = sum(keys, (k) => shares[k] as number);
		return Array.from(
			{ length: width },
			(_, i) => sum(keys, (k) => (shares[k] as number) * element(value, head, k, i)) / whole,
		);
	});
	return { values: Float64Array.from(rows.flat()), shape: [batch, heads, queries, width] };
}

/** Names of tensors [batch, heads, tokens, width]; of gradients with seeds before. */
export interface HeadNames {
	readonly query: string;
	readonly key: string;
	readonly value: string;
}

/** Adds nodes that split a tensor of this shape as `headsOf` does. */
export function emitHeads(emit: Emitter, tensor: string, shape: Shape, heads: number): string {
	if (shape.length === 4) return tensor;
	const [batch = 0, tokens = 0, width = 0] = shape;
	return emit.add("Transpose", [emit.reshape(tensor, [batch, tokens, heads, width / heads])], { perm: [0, 2, 1, 3] });
}

/** Of the gradient of a tensor of this shape, [seeds, ...shape], that of its heads. */
export function emitSplitGradient(emit: Emitter, gradient: string, seeds: number, shape: Shape, heads: number): string {
	if (shape.length === 4) return gradient;
	const [batch = 0, tokens = 0, width = 0] = shape;
	const split = emit.reshape(gradient, [seeds, batch, tokens, heads, width / heads]);
	return emit.add("Transpose", [split], { perm: [0, 1, 3, 2, 4] });
}

/** Of the gradient of its heads that of the tensor, [seeds, ...shape]. */
export function emitJoined(emit: Emitter, gradient: string, seeds: number, shape: Shape): string {
	if (shape.length === 4) return gradient;
	return emit.reshape(emit.add("Transpose", [gradient], { perm: [0, 1, 3, 2, 4] }), [seeds, ...shape]);
}

/**
 * @param bias of the scores, which stretches to [batch, heads, queries, keys]; it gets no gradient
 * @param gradient of y, [seeds, batch, heads, queries, width of the values]
 */
export function emitAttentionGradients(
	emit: Emitter,
	{ query, key, value }: HeadNames,
	scale: number,
	bias: string | null,
	gradient: string,
): HeadNames {
	const turned = (tensor: string): string => emit.add("Transpose", [tensor], { perm: [0, 1, 3, 2] });
	const turnedGradient = (tensor: string): string => emit.add("Transpose", [tensor], { perm: [0, 1, 2, 4, 3] });
	const scaledQuery = emit.add("Mul", [query, emit.float(scale)]);
	const products = emit.add("MatMul", [scaledQuery, turned(key)]);
	const weights = emit.add("Softmax", [bias === null ? products : emit.add("Add", [products, bias])], { axis: 3 });
	const ofWeights = emit.add("MatMul", [gradient, turned(value)]);
	const total = emit.reduce("ReduceSum", emit.add("Mul", [ofWeights, weights]), [4], true);
	const ofScores = emit.add("Mul", [emit.add("Sub", [ofWeights, total]), weights]);
	return {
		query: emit.add("MatMul", [ofScores, emit.add("Mul", [key, emit.float(scale)])]),
		key: emit.add("MatMul", [turnedGradient(ofScores), scaledQuery]),
		value: emit.add("MatMul", [turned(weights), gradient]),
	};
}

/** The scale that a node names, or else one over the root of the width of its heads. */
export function scaleOf(named: number, width: number): number {
	return named === 0 ? 1 / Math.sqrt(width) : named;
}
