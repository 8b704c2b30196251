/** What networks over tokens [batch, tokens, width] are made of, ViT and Mixer alike, under the names that timm gives the weights. */
import { int64Vector } from "../tensor/values.ts";
import { type Activation, activate } from "./activation.ts";
import type { GraphWriter } from "./graphWriter.ts";
import { type Patches, patchCount } from "./patches.ts";

/** Each patch as a token, row by row: a convolution as wide as its stride. */
export function patchTokens(
	writer: GraphWriter,
	patches: Patches & { readonly width: number },
	weights: string,
	hasBias = true,
): string {
	const { patch, width } = patches;
	const parts = [writer.weight(`${weights}.weight`), ...(hasBias ? [writer.weight(`${weights}.bias`)] : [])];
	const sides = { kernel_shape: [patch, patch], strides: [patch, patch] };
	const map = writer.node("Conv", ["pixels", ...parts], "patchEmbedding.map", sides);
	// 0 copies the batch.
	const flat = writer.constant("patchEmbedding.shape", int64Vector([0, width, patchCount(patches)]));
	const rows = writer.node("Reshape", [map, flat], "patchEmbedding.rows");
	return writer.node("Transpose", [rows], "patchEmbedding", { perm: [0, 2, 1] });
}

export function layerNorm(
	writer: GraphWriter,
	{ normEpsilon }: { readonly normEpsilon: number },
	input: string,
	weights: string,
	output: string,
): string {
	const scaleAndBias = [writer.weight(`${weights}.weight`), writer.weight(`${weights}.bias`)];
	return writer.node("LayerNormalization", [input, ...scaleAndBias], output, {
		axis: -1,
		epsilon: { float: normEpsilon },
	});
}

export function linear(writer: GraphWriter, input: string, weights: string, output: string, hasBias = true): string {
	const inputs = [input, writer.transposed(`${weights}.weight`)];
	if (!hasBias) return writer.node("MatMul", inputs, output);
	const product = writer.node("MatMul", inputs, `${output}.product`);
	return writer.node("Add", [product, writer.weight(`${weights}.bias`)], output);
}

/** Two linear layers with an activation between them; the hidden activations are called `<block>.mlpHidden`. */
export function mlp(
	writer: GraphWriter,
	input: string,
	weights: string,
	output: string,
	activation: Activation = "gelu",
): string {
	const name = withoutScale(output);
	const before = linear(writer, input, `${weights}.fc1`, `${name}Input`);
	const hidden = activate(writer, before, `${name}Hidden`, activation);
	return linear(writer, hidden, `${weights}.fc2`, output);
}

/** The same where the first layer yields two halves: the first, through the activation, is the second's gate. */
export function gatedMlp(
	writer: GraphWriter,
	input: string,
	weights: string,
	output: string,
	activation: Activation = "gelu",
): string {
	const name = withoutScale(output);
	const before = linear(writer, input, `${weights}.fc1`, `${name}Input`);
	writer.node("Split", [before], [`${name}Gate.input`, `${name}Value`], { axis: 2 });
	const gate = activate(writer, `${name}Gate.input`, `${name}Gate`, activation);
	const hidden = writer.node("Mul", [gate, `${name}Value`], `${name}Hidden`);
	return linear(writer, hidden, `${weights}.fc2`, output);
}

/** The name of a branch as its parts carry it, whether it is scaled afterwards or not. */
export function withoutScale(output: string): string {
	return output.replace(/\.unscaled$/, "");
}

/** The mean over the tokens: [batch, width]. */
export function tokenMean(writer: GraphWriter, tokens: string, output: string): string {
	return writer.node("ReduceMean", [tokens], output, { axes: [1], keepdims: 0 });
}

/** The tensors of a linear layer or a norm. */
export function linearShapes(name: string, weight: readonly number[], bias: number): [string, readonly number[]][] {
	return [
		[`${name}.weight`, weight],
		[`${name}.bias`, [bias]],
	];
}
