/**
 * MLP-Mixer (Tolstikhin et al. 2021, arXiv:2105.01601) as a graph, from weights under the names that timm gives them: a
 * ViT whose attention is an MLP over the tokens, the same for every channel. There is no class token and there are no
 * positions; the head reads the mean of the normed tokens.
 */
import { SightlineError } from "../errors.ts";
import type { Model } from "../onnx/model.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Activation } from "./activation.ts";
import { GraphWriter } from "./graphWriter.ts";
import { gridOf, patchCount, sidesOf } from "./patches.ts";
import { checkTensors, type TensorShapes } from "./tensorShapes.ts";
import { layerNorm, linearShapes, mlp, patchTokens, tokenMean } from "./tokenNodes.ts";

export interface MixerConfig {
	/** Pixels a side of the image; [height, width] where it is no square. */
	readonly imageSide: number | readonly [height: number, width: number];
	/** Pixels a side of a patch. */
	readonly patch: number;
	/** Of a token. */
	readonly width: number;
	/** Blocks. */
	readonly depth: number;
	/** Hidden width of the MLP over tokens, over the width of a token. */
	readonly tokenRatio: number;
	/** Hidden width of the MLP over channels, over the width of a token. */
	readonly mlpRatio: number;
	/** 0: there is no head, and what the head would read is the output. */
	readonly classes: number;
	readonly normEpsilon: number;
	/** Of both MLPs; left out: "gelu". */
	readonly activation?: Activation;
}

/** The tensors that a checkpoint must have; matrices are [outputs, inputs]. */
export function mixerTensorShapes(config: MixerConfig): TensorShapes {
	const { patch, width, depth, classes } = config;
	const tokens = patchCount(config);
	const [tokenHidden, hidden] = [Math.round(config.tokenRatio * width), Math.round(config.mlpRatio * width)];
	return new Map([
		...linearShapes("stem.proj", [width, 3, patch, patch], width),
		...Array.from({ length: depth }, (_, index) => `blocks.${index}`).flatMap((block) => [
			...linearShapes(`${block}.norm1`, [width], width),
			...linearShapes(`${block}.mlp_tokens.fc1`, [tokenHidden, tokens], tokenHidden),
			...linearShapes(`${block}.mlp_tokens.fc2`, [tokens, tokenHidden], tokens),
			...linearShapes(`${block}.norm2`, [width], width),
			...linearShapes(`${block}.mlp_channels.fc1`, [hidden, width], hidden),
			...linearShapes(`${block}.mlp_channels.fc2`, [width, hidden], width),
		]),
		...linearShapes("norm", [width], width),
		...(classes > 0 ? linearShapes("head", [classes, width], classes) : []),
	]);
}

/** @throws SightlineError BAD_INPUT: an impossible config, or a tensor that is missing, too many or of another shape */
export function buildMixer(config: MixerConfig, tensors: ReadonlyMap<string, Tensor>): Model {
	checkConfig(config);
	checkTensors(tensors, mixerTensorShapes(config), `mixer of width ${config.width} and depth ${config.depth}`);
	const writer = new GraphWriter(tensors);
	let stream = patchTokens(writer, config, "stem.proj");
	for (let block = 0; block < config.depth; block++) stream = mixerBlock(writer, config, `blocks.${block}`, stream);
	const pooled = tokenMean(writer, layerNorm(writer, config, stream, "norm", "norm"), "pooled");
	if (config.classes === 0) return writer.finish("mixer", sidesOf(config), { name: pooled, width: config.width });
	writer.node("Gemm", [pooled, writer.weight("head.weight"), writer.weight("head.bias")], "logits", { transB: 1 });
	return writer.finish("mixer", sidesOf(config), { name: "logits", width: config.classes });
}

/** The tokens of a channel are mixed as rows [batch, width, tokens], then the channels of a token as they stand. */
function mixerBlock(writer: GraphWriter, config: MixerConfig, block: string, stream: string): string {
	const normed = layerNorm(writer, config, stream, `${block}.norm1`, `${block}.norm1`);
	const turned = writer.node("Transpose", [normed], `${block}.channelRows`, { perm: [0, 2, 1] });
	const mixed = mlp(writer, turned, `${block}.mlp_tokens`, `${block}.mixedRows`, config.activation);
	const branch = writer.node("Transpose", [mixed], `${block}.tokenMixing`, { perm: [0, 2, 1] });
	const between = writer.node("Add", [stream, branch], `${block}.+tokenMixing`);
	const again = layerNorm(writer, config, between, `${block}.norm2`, `${block}.norm2`);
	const mlpBranch = mlp(writer, again, `${block}.mlp_channels`, `${block}.mlp`, config.activation);
	return writer.node("Add", [between, mlpBranch], `${block}.output`);
}

function checkConfig(config: MixerConfig): void {
	gridOf(config, "mixer");
	for (const what of ["tokenRatio", "mlpRatio"] as const)
		if (!(Math.round(config[what] * config.width) > 0))
			throw new SightlineError("BAD_INPUT", `mixer: ${what} is ${config[what]}, expected a number above 0`);
}
