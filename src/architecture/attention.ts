/** Multi-head self-attention (Vaswani et al. 2017, arXiv:1706.03762) as nodes: softmax(q k^T / sqrt(d)) v of each head. */
import { fromFloat32s, fromInt64s, int64Vector } from "../tensor/values.ts";
import type { GraphWriter } from "./graphWriter.ts";
import { gridOf } from "./patches.ts";
import { layerNorm, linear, withoutScale } from "./tokenNodes.ts";
import { tokenCount, type VitConfig } from "./vitConfig.ts";

/**
 * The heads side by side go through one more matrix.
 *
 * @param weights what the names of the weights begin with: "blocks.0.attn"
 * @param input the normed tokens, [batch, tokens, width]
 * @returns `output`, shaped as the input
 */
export function attention(
	writer: GraphWriter,
	config: VitConfig,
	weights: string,
	input: string,
	output: string,
): string {
	const { width, heads, queryKeyNorm = false, relativePositions = false } = config;
	const part = (key: string) => `${withoutScale(output)}.${key}`;
	const byHead = writer.constant("attention.byHead", int64Vector([0, 0, heads, width / heads]));
	const merged = writer.constant("attention.merged", int64Vector([0, 0, width]));
	const scale = writer.constant("attention.scale", fromFloat32s([], [(width / heads) ** -0.5]));
	const all = linear(writer, input, `${weights}.qkv`, part("queryKeyValue"), config.attentionBias ?? true);
	writer.node("Split", [all], [part("queryRows"), part("keyRows"), part("valueRows")], { axis: 2 });
	/** [batch, tokens, width] as [batch, heads, tokens, d], or with the last two axes turned. */
	const headsOf = (key: "query" | "key" | "value", perm: readonly number[]) => {
		const byToken = writer.node("Reshape", [part(`${key}Rows`), byHead], part(`${key}ByToken`));
		// Over the width of a head, which is the last axis here already.
		const normed =
			queryKeyNorm && key !== "value"
				? layerNorm(writer, config, byToken, `${weights}.${key[0]}_norm`, part(`${key}Normed`))
				: byToken;
		return writer.node("Transpose", [normed], part(key), { perm });
	};
	const query = writer.node("Mul", [headsOf("query", [0, 2, 1, 3]), scale], part("scaledQuery"));
	const product = writer.node(
		"MatMul",
		[query, headsOf("key", [0, 2, 3, 1])],
		part(relativePositions ? "products" : "scores"),
	);
	const scores = relativePositions
		? writer.node("Add", [product, offsetBias(writer, config, weights, part("bias"))], part("scores"))
		: product;
	const softened = writer.node("Softmax", [scores], part("weights"), { axis: -1 });
	const values = writer.node("MatMul", [softened, headsOf("value", [0, 2, 1, 3])], part("heads"));
	const turned = writer.node("Transpose", [values], part("headsByToken"), { perm: [0, 2, 1, 3] });
	const joined = writer.node("Reshape", [turned, merged], part("joined"));
	return linear(writer, joined, `${weights}.proj`, output);
}

/** BEiT's learned numbers (Bao et al. 2022, arXiv:2106.08254) for each pair of tokens: [heads, tokens, tokens]. */
function offsetBias(writer: GraphWriter, config: VitConfig, weights: string, output: string): string {
	const rows = writer.constant("attention.offsets", offsets(config));
	const table = writer.weight(`${weights}.relative_position_bias_table`);
	const byPair = writer.node("Gather", [table, rows], `${output}.byPair`, { axis: 0 });
	return writer.node("Transpose", [byPair], output, { perm: [2, 0, 1] });
}

/**
 * Which row of a table each pair of tokens reads, [tokens, tokens]: that of their offset (query less key) in the grid, and
 * behind those three of the class token: as the query, as the key, as both.
 */
function offsets(config: VitConfig): ReturnType<typeof fromInt64s> {
	const [rows, columns] = gridOf(config, "vit");
	const tokens = tokenCount(config);
	const inGrid = (2 * rows - 1) * (2 * columns - 1);
	const row = (query: number, key: number): number => {
		if (query < 0 || key < 0) return inGrid + (query >= 0 ? 1 : key >= 0 ? 0 : 2);
		const down = Math.floor(query / columns) - Math.floor(key / columns) + rows - 1;
		const right = (query % columns) - (key % columns) + columns - 1;
		return down * (2 * columns - 1) + right;
	};
	const pairs = Array.from({ length: tokens * tokens }, (_, at) =>
		BigInt(row(Math.floor(at / tokens) - 1, (at % tokens) - 1)),
	);
	return fromInt64s([tokens, tokens], pairs);
}
