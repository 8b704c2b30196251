/**
 * Attention in one node, spelled out: softmax(scale q k^T + bias) v, so that its weights [batch, heads, tokens, tokens] and
 * what each head takes from the values are tensors.
 */
import type { Emitter } from "../emitter.ts";
import { elementTypeNumbers } from "../proto.ts";
import { type FusedNode, inputOf, integerOf, numberOf, type Unfused } from "./fusedNode.ts";

/** com.microsoft.Attention: tokens [batch, tokens, width] by weights [width, query + key + value], then attention. */
export function packedAttention(fused: FusedNode): Unfused | null {
	const { node, emit, constant } = fused;
	const heads = integerOf(node, "num_heads", 0);
	const flags = ["unidirectional", "do_rotary"].some((name) => integerOf(node, name, 0) !== 0);
	const isPlain = [3, 4, 6].every((index) => inputOf(node, index) === "");
	const all = constant(inputOf(node, 1))?.shape[1];
	if (flags || !isPlain || hasFurtherOutputs(fused) || !(heads > 0) || all === undefined) return null;
	const sizes = node.attributes.get("qkv_hidden_sizes");
	const widths =
		sizes?.kind === "ints" && sizes.value.length === 3 ? sizes.value.map(Number) : [all / 3, all / 3, all / 3];
	if (!widths.every((width) => Number.isInteger(width / heads))) return null;
	const product = emit.add("MatMul", [inputOf(node, 0), inputOf(node, 1)]);
	const bias = inputOf(node, 2);
	const projected = bias === "" ? product : emit.add("Add", [product, bias]);
	const parts = widths.map((width, index) => {
		const from = widths.slice(0, index).reduce((a, b) => a + b, 0);
		return split(emit, emit.slice(projected, 2, from, from + width), heads);
	});
	return attended(fused, parts, heads, inputOf(node, 5));
}

/** com.microsoft.MultiHeadAttention of queries, keys and values [batch, tokens, width], perhaps with a bias of all three. */
export function separateAttention(fused: FusedNode): Unfused | null {
	const { node, emit, constant } = fused;
	const heads = integerOf(node, "num_heads", 0);
	const inputs = [0, 1, 2].map((index) => inputOf(node, index));
	const isPlain = node.inputs.every((input, index) => index < 4 || index === 5 || input === "");
	if (!isPlain || integerOf(node, "unidirectional", 0) !== 0 || hasFurtherOutputs(fused) || !(heads > 0)) return null;
	const bias = inputOf(node, 3);
	const all = constant(bias)?.shape[0];
	// Without keys and values they are packed with the queries; of three biases alike each is a third.
	if (inputs.some((input) => input === "") || (bias !== "" && (all === undefined || all % (3 * heads) !== 0)))
		return null;
	const parts = inputs.map((input, index) => {
		const third = (all ?? 0) / 3;
		const own = bias === "" ? input : emit.add("Add", [input, emit.slice(bias, 0, index * third, (index + 1) * third)]);
		return split(emit, own, heads);
	});
	return attended(fused, parts, heads, inputOf(node, 5));
}

/** Attention of the standard opset (since 23): [batch, heads, tokens, width], or [batch, tokens, heads * width]. */
export function standardAttention(fused: FusedNode): Unfused | null {
	const { node, emit } = fused;
	const heads = integerOf(node, "q_num_heads", 0);
	const isPlain = node.inputs.slice(4).every((input) => input === "") && integerOf(node, "is_causal", 0) === 0;
	if (!isPlain || numberOf(node, "softcap", 0) !== 0 || hasFurtherOutputs(fused)) return null;
	if (heads !== integerOf(node, "kv_num_heads", 0)) return null;
	const mask = inputOf(node, 3);
	// A mask of truth values chooses, one of numbers is added; which a computed mask is, is not known here.
	if (mask !== "" && (fused.constant(mask)?.type ?? "bool") === "bool") return null;
	const inputs = [0, 1, 2].map((index) => inputOf(node, index));
	return attended(fused, heads === 0 ? inputs : inputs.map((input) => split(emit, input, heads)), heads, mask);
}

function hasFurtherOutputs({ node }: FusedNode): boolean {
	return node.outputs.slice(1).some((output) => output !== "");
}

/** [batch, tokens, heads * width] -> [batch, heads, tokens, width]; a 0 in a Reshape keeps the side it stands for. */
function split(emit: Emitter, tensor: string, heads: number): string {
	return emit.add("Transpose", [emit.reshape(tensor, [0, 0, heads, -1])], { perm: [0, 2, 1, 3] });
}

/** @param heads of which the result is joined again, [batch, tokens, heads * width]; 0 where they stay apart */
function attended({ node, emit }: FusedNode, parts: readonly string[], heads: number, bias: string): Unfused {
	const [query = "", key = "", value = ""] = parts;
	const scaled = emit.add("Mul", [query, scaleOf(emit, numberOf(node, "scale", 0), query)]);
	const scores = emit.add("MatMul", [scaled, emit.add("Transpose", [key], { perm: [0, 1, 3, 2] })]);
	const weights = emit.add("Softmax", [bias === "" ? scores : emit.add("Add", [scores, bias])], { axis: 3 });
	const mixed = emit.add("MatMul", [weights, value]);
	const joined = emit.add("Transpose", [mixed], { perm: [0, 2, 1, 3] });
	return new Map([[node.outputs[0] ?? "", heads === 0 ? mixed : emit.reshape(joined, [0, 0, -1])]]);
}

/** What is named, or one over the root of the width of a head, which stands in the shape alone. */
function scaleOf(emit: Emitter, named: number, query: string): string {
	if (named !== 0) return emit.float(named);
	const width = emit.add("Gather", [emit.add("Shape", [query]), emit.ints([3])], { axis: 0 });
	const root = emit.add("Sqrt", [emit.add("Cast", [width], { to: elementTypeNumbers.float32 })]);
	return emit.add("Reciprocal", [root]);
}
