/**
 * The pre-norm Vision Transformer (Dosovitskiy et al. 2021, arXiv:2010.11929) as a graph, from weights under the names
 * that timm gives them. Tensors are named as the anatomy names layers: "blocks.0.norm1", "blocks.0.attention", ...
 */
import { SightlineError } from "../errors.ts";
import type { Model } from "../onnx/model.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { fromFloat32s, int64Vector } from "../tensor/values.ts";
import { GraphWriter } from "./graphWriter.ts";
import { checkTensors, type TensorShapes } from "./tensorShapes.ts";
import { layerNorm, linear, linearShapes, mlp, patchCount, patchTokens, tokenMean } from "./tokenNodes.ts";

export interface VitConfig {
	/** Pixels a side of the image. */
	readonly imageSide: number;
	/** Pixels a side of a patch. */
	readonly patch: number;
	/** Of a token. */
	readonly width: number;
	/** Blocks. */
	readonly depth: number;
	readonly heads: number;
	/** Width of an MLP's hidden layer over that of a token. */
	readonly mlpRatio: number;
	/** What the head reads: a class token, or the mean of all normed tokens (and there is no class token). */
	readonly pooling: "cls" | "gap";
	readonly classes: number;
	readonly normEpsilon: number;
	/** Blocks that were trained without their two skips (Raghu et al. 2021, Fig. 8): the branch alone goes on. */
	readonly withoutSkips?: readonly number[];
}

/** The tensors that a checkpoint must have; matrices are [outputs, inputs]. */
export function vitTensorShapes(config: VitConfig): TensorShapes {
	const { patch, width, depth, pooling, classes } = config;
	const hidden = config.mlpRatio * width;
	const norm = (name: string) => linearShapes(name, [width], width);
	return new Map([
		...(pooling === "cls" ? [["cls_token", [1, 1, width]] as const] : []),
		["pos_embed", [1, tokenCount(config), width]],
		...linearShapes("patch_embed.proj", [width, 3, patch, patch], width),
		...Array.from({ length: depth }, (_, index) => `blocks.${index}`).flatMap((block) => [
			...norm(`${block}.norm1`),
			...linearShapes(`${block}.attn.qkv`, [3 * width, width], 3 * width),
			...linearShapes(`${block}.attn.proj`, [width, width], width),
			...norm(`${block}.norm2`),
			...linearShapes(`${block}.mlp.fc1`, [hidden, width], hidden),
			...linearShapes(`${block}.mlp.fc2`, [width, hidden], width),
		]),
		...norm("norm"),
		...linearShapes("head", [classes, width], classes),
	]);
}

/** @throws SightlineError BAD_INPUT: an impossible config, or a tensor that is missing, too many or of another shape */
export function buildVit(config: VitConfig, tensors: ReadonlyMap<string, Tensor>): Model {
	checkConfig(config);
	checkTensors(tensors, vitTensorShapes(config), `vit of width ${config.width} and depth ${config.depth}`);
	const writer = new GraphWriter(tensors);
	let stream = embedding(writer, config);
	for (let block = 0; block < config.depth; block++) stream = encoderBlock(writer, config, block, stream);
	const normed = layerNorm(writer, config, stream, "norm", "norm");
	const pooled = config.pooling === "cls" ? classToken(writer, normed) : tokenMean(writer, normed);
	writer.node("Gemm", [pooled, writer.weight("head.weight"), writer.weight("head.bias")], "logits", { transB: 1 });
	return writer.finish("vit", config.imageSide, config.classes);
}

/** Patches as tokens [batch, tokens, width], row by row, behind the class token, with positions added. */
function embedding(writer: GraphWriter, config: VitConfig): string {
	const patches = patchTokens(writer, config, "patch_embed.proj");
	const tokens = config.pooling === "cls" ? withClassToken(writer, config, patches) : patches;
	return writer.node("Add", [tokens, writer.weight("pos_embed")], "positionEmbedding");
}

function withClassToken(writer: GraphWriter, config: VitConfig, patches: string): string {
	const batch = writer.node("Shape", ["pixels"], "batch", { start: 0, end: 1 });
	const rest = writer.constant("classToken.rest", int64Vector([1, config.width]));
	const shape = writer.node("Concat", [batch, rest], "classToken.shape", { axis: 0 });
	const token = writer.node("Expand", [writer.weight("cls_token"), shape], "classToken");
	return writer.node("Concat", [token, patches], "tokens", { axis: 1 });
}

function encoderBlock(writer: GraphWriter, config: VitConfig, index: number, stream: string): string {
	const block = `blocks.${index}`;
	const normed = layerNorm(writer, config, stream, `${block}.norm1`, `${block}.norm1`);
	const attended = attention(writer, config, block, normed);
	const isPlain = config.withoutSkips?.includes(index) ?? false;
	const between = isPlain ? attended : writer.node("Add", [stream, attended], `${block}.+attention`);
	const again = layerNorm(writer, config, between, `${block}.norm2`, `${block}.norm2`);
	const mixed = mlp(writer, again, `${block}.mlp`, `${block}.mlp`);
	return isPlain ? mixed : writer.node("Add", [between, mixed], `${block}.output`);
}

/** Multi-head self-attention: softmax(q k^T / sqrt(d)) v of each head, side by side, through one more matrix. */
function attention(writer: GraphWriter, config: VitConfig, block: string, input: string): string {
	const { width, heads } = config;
	const name = `${block}.attention`;
	const part = (key: string) => `${name}.${key}`;
	const byHead = writer.constant("attention.byHead", int64Vector([0, 0, heads, width / heads]));
	const merged = writer.constant("attention.merged", int64Vector([0, 0, width]));
	const scale = writer.constant("attention.scale", fromFloat32s([], [(width / heads) ** -0.5]));
	const all = linear(writer, input, `${block}.attn.qkv`, part("queryKeyValue"));
	writer.node("Split", [all], [part("queryRows"), part("keyRows"), part("valueRows")], { axis: 2 });
	/** [batch, tokens, width] as [batch, heads, tokens, d], or with the last two axes turned. */
	const headsOf = (key: string, perm: readonly number[]) =>
		writer.node("Transpose", [writer.node("Reshape", [part(`${key}Rows`), byHead], part(`${key}ByToken`))], part(key), {
			perm,
		});
	const query = writer.node("Mul", [headsOf("query", [0, 2, 1, 3]), scale], part("scaledQuery"));
	const scores = writer.node("MatMul", [query, headsOf("key", [0, 2, 3, 1])], part("scores"));
	const weights = writer.node("Softmax", [scores], part("weights"), { axis: -1 });
	const values = writer.node("MatMul", [weights, headsOf("value", [0, 2, 1, 3])], part("heads"));
	const turned = writer.node("Transpose", [values], part("headsByToken"), { perm: [0, 2, 1, 3] });
	const joined = writer.node("Reshape", [turned, merged], part("joined"));
	return linear(writer, joined, `${block}.attn.proj`, name);
}

function classToken(writer: GraphWriter, tokens: string): string {
	const first = writer.constant("pooled.index", { ...int64Vector([0]), shape: [] });
	return writer.node("Gather", [tokens, first], "pooled", { axis: 1 });
}

function tokenCount(config: VitConfig): number {
	return patchCount(config) + (config.pooling === "cls" ? 1 : 0);
}

function checkConfig(config: VitConfig): void {
	const { imageSide, patch, width, heads } = config;
	const divides = (what: string, whole: number, part: number) => {
		if (Number.isInteger(whole / part)) return;
		throw new SightlineError("BAD_INPUT", `vit: ${what}, but ${whole} is no multiple of ${part}`);
	};
	divides("patches tile the image", imageSide, patch);
	divides("heads share the width", width, heads);
	for (const block of config.withoutSkips ?? [])
		if (!(block >= 0 && block < config.depth))
			throw new SightlineError(
				"BAD_INPUT",
				`vit: there is no block ${block} to leave without skips, only ${config.depth}`,
			);
}
