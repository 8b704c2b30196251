/**
 * The Vision Transformer (Dosovitskiy et al. 2021, arXiv:2010.11929) as a graph, from weights under the names that timm
 * gives them. Tensors are named as the anatomy names layers: "blocks.0.norm1", "blocks.0.attention", ...
 */
import type { Model } from "../onnx/model.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { fromFloat32s, int64Vector } from "../tensor/values.ts";
import { attention } from "./attention.ts";
import { GraphWriter } from "./graphWriter.ts";
import { sidesOf } from "./patches.ts";
import { checkTensors } from "./tensorShapes.ts";
import { gatedMlp, layerNorm, mlp, patchTokens, tokenMean } from "./tokenNodes.ts";
import { checkVitConfig, hasClassToken, prefixCount, type VitConfig } from "./vitConfig.ts";
import { pooledWidth, vitTensorShapes } from "./vitTensors.ts";

/** @throws SightlineError BAD_INPUT: an impossible config, or a tensor that is missing, too many or of another shape */
export function buildVit(config: VitConfig, tensors: ReadonlyMap<string, Tensor>): Model {
	checkVitConfig(config);
	checkTensors(tensors, vitTensorShapes(config), `vit of width ${config.width} and depth ${config.depth}`);
	const writer = new GraphWriter(tensors);
	let stream = embedding(writer, config);
	for (let block = 0; block < config.depth; block++) stream = encoderBlock(writer, config, block, stream);
	const { finalNorm = "tokens", classes } = config;
	const tokens = finalNorm === "tokens" ? layerNorm(writer, config, stream, "norm", "norm") : stream;
	const pooled = pool(writer, config, tokens);
	const read = finalNorm === "pooled" ? layerNorm(writer, config, pooled, "fc_norm", "norm") : pooled;
	if (classes > 0) head(writer, config, tokens, read);
	const output = classes > 0 ? { name: "logits", width: classes } : { name: read, width: pooledWidth(config) };
	return writer.finish("vit", sidesOf(config), output);
}

/** Patches as tokens [batch, tokens, width], row by row, behind the class token and its like, with positions added. */
function embedding(writer: GraphWriter, config: VitConfig): string {
	const { positions = "all" } = config;
	const patches = patchTokens(writer, config, "patch_embed.proj", config.patchBias ?? true);
	const placed = (tokens: string) => writer.node("Add", [tokens, writer.weight("pos_embed")], "positionEmbedding");
	const joined = withFirstTokens(writer, config, positions === "patches" ? placed(patches) : patches);
	const stream = positions === "all" ? placed(joined) : joined;
	return config.stemNorm ? layerNorm(writer, config, stream, "norm_pre", "stemNorm") : stream;
}

function withFirstTokens(writer: GraphWriter, config: VitConfig, patches: string): string {
	if (prefixCount(config) === 0) return patches;
	const batch = writer.node("Shape", ["pixels"], "batch", { start: 0, end: 1 });
	const repeated = (weights: string, count: number, name: string) => {
		const rest = writer.constant(`${name}.rest`, int64Vector([count, config.width]));
		const shape = writer.node("Concat", [batch, rest], `${name}.shape`, { axis: 0 });
		return writer.node("Expand", [writer.weight(weights), shape], name);
	};
	const { registers = 0 } = config;
	const first = [
		...(hasClassToken(config) ? [repeated("cls_token", 1, "classToken")] : []),
		...(config.distillation === undefined ? [] : [repeated("dist_token", 1, "distillationToken")]),
		...(registers > 0 ? [repeated("reg_token", registers, "registers")] : []),
	];
	return writer.node("Concat", [...first, patches], "tokens", { axis: 1 });
}

function encoderBlock(writer: GraphWriter, config: VitConfig, index: number, stream: string): string {
	const block = `blocks.${index}`;
	const isPlain = config.withoutSkips?.includes(index) ?? false;
	const attended = sublayer(writer, config, stream, isPlain, {
		norm: `${block}.norm1`,
		scale: `${block}.ls1.gamma`,
		branch: `${block}.attention`,
		sum: `${block}.+attention`,
		compute: (input, output) => attention(writer, config, `${block}.attn`, input, output),
	});
	const mixing = config.gatedMlp ? gatedMlp : mlp;
	return sublayer(writer, config, attended, isPlain, {
		norm: `${block}.norm2`,
		scale: `${block}.ls2.gamma`,
		branch: `${block}.mlp`,
		sum: `${block}.output`,
		compute: (input, output) => mixing(writer, input, `${block}.mlp`, output, config.activation),
	});
}

/** An attention or an MLP: how its weights and its tensors are called. */
interface Sublayer {
	readonly norm: string;
	readonly scale: string;
	readonly branch: string;
	readonly sum: string;
	/** @returns `output`, which it computes of the input */
	readonly compute: (input: string, output: string) => string;
}

/** The branch beside the stream, with its norm where the blocks have it, and the two added. */
function sublayer(writer: GraphWriter, config: VitConfig, stream: string, isPlain: boolean, parts: Sublayer): string {
	const { blockNorms = "pre", layerScale = false } = config;
	const { norm, branch } = parts;
	const normed = (input: string) => layerNorm(writer, config, input, norm, norm);
	const input = blockNorms === "pre" ? normed(stream) : stream;
	const computed = parts.compute(input, layerScale ? `${branch}.unscaled` : branch);
	const scaled = layerScale ? writer.node("Mul", [computed, writer.weight(parts.scale)], branch) : computed;
	const added = blockNorms === "branch" ? normed(scaled) : scaled;
	if (isPlain) return blockNorms === "post" ? normed(added) : added;
	const sum = writer.node("Add", [stream, added], parts.sum);
	return blockNorms === "post" ? normed(sum) : sum;
}

/** What the head reads of the last tokens: [batch, pooledWidth]. */
function pool(writer: GraphWriter, config: VitConfig, tokens: string): string {
	const { pooling } = config;
	if (pooling === "cls") return oneToken(writer, tokens, 0, "pooled");
	const before = prefixCount(config);
	if (before === 0) return tokenMean(writer, tokens, "pooled");
	const [starts, ends, axes] = [[before], [Number.MAX_SAFE_INTEGER], [1]].map((values, index) =>
		writer.constant(`patches.${["starts", "ends", "axes"][index]}`, int64Vector(values)),
	) as [string, string, string]; // as many as there are values above
	const patches = writer.node("Slice", [tokens, starts, ends, axes], "patches");
	if (pooling === "gap") return tokenMean(writer, patches, "pooled");
	const [first, mean] = [oneToken(writer, tokens, 0, "pooled.first"), tokenMean(writer, patches, "pooled.mean")];
	return writer.node("Concat", [first, mean], "pooled", { axis: 1 });
}

function oneToken(writer: GraphWriter, tokens: string, index: number, output: string): string {
	const at = writer.constant(`${output}.index`, { ...int64Vector([index]), shape: [] });
	return writer.node("Gather", [tokens, at], output, { axis: 1 });
}

function head(writer: GraphWriter, config: VitConfig, tokens: string, read: string): void {
	const product = (input: string, weights: string, output: string) =>
		writer.node("Gemm", [input, writer.weight(`${weights}.weight`), writer.weight(`${weights}.bias`)], output, {
			transB: 1,
		});
	const last =
		config.representation === undefined
			? read
			: writer.node("Tanh", [product(read, "pre_logits.fc", "representation.input")], "representation");
	if (config.distillation !== "head") {
		product(last, "head", "logits");
		return;
	}
	const distilled = oneToken(writer, tokens, 1, "distilled");
	const both = [product(last, "head", "logits.class"), product(distilled, "head_dist", "logits.distillation")];
	const half = writer.constant("logits.half", fromFloat32s([], [0.5]));
	writer.node("Mul", [writer.node("Add", both, "logits.sum"), half], "logits");
}
