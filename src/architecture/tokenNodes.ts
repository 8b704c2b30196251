/** What networks over tokens [batch, tokens, width] are made of, ViT and Mixer alike, under the names that timm gives the weights. */
import { fromFloat32s, int64Vector } from "../tensor/values.ts";
import type { GraphWriter } from "./graphWriter.ts";

/** An image cut into square patches. */
interface Patches {
	/** Pixels a side of the image. */
	readonly imageSide: number;
	/** Pixels a side of a patch. */
	readonly patch: number;
	/** Of a token. */
	readonly width: number;
}

export function patchCount({ imageSide, patch }: Omit<Patches, "width">): number {
	return (imageSide / patch) ** 2;
}

/** Each patch as a token, row by row: a convolution as wide as its stride. */
export function patchTokens(writer: GraphWriter, patches: Patches, weights: string): string {
	const { patch, width } = patches;
	const parts = [writer.weight(`${weights}.weight`), writer.weight(`${weights}.bias`)];
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

export function linear(writer: GraphWriter, input: string, weights: string, output: string): string {
	const product = writer.node("MatMul", [input, writer.transposed(`${weights}.weight`)], `${output}.product`);
	return writer.node("Add", [product, writer.weight(`${weights}.bias`)], output);
}

/** Two linear layers with GELU between them; the hidden activations are called `<output>Hidden`. */
export function mlp(writer: GraphWriter, input: string, weights: string, output: string): string {
	const before = linear(writer, input, `${weights}.fc1`, `${output}Input`);
	const hidden = gelu(writer, before, `${output}Hidden`);
	return linear(writer, hidden, `${weights}.fc2`, output);
}

/** The mean over the tokens: [batch, width]. */
export function tokenMean(writer: GraphWriter, tokens: string): string {
	return writer.node("ReduceMean", [tokens], "pooled", { axes: [1], keepdims: 0 });
}

/** The tensors of a linear layer or a norm. */
export function linearShapes(name: string, weight: readonly number[], bias: number): [string, readonly number[]][] {
	return [
		[`${name}.weight`, weight],
		[`${name}.bias`, [bias]],
	];
}

/** x (1 + erf(x / sqrt 2)) / 2, which has no operator before opset 20. */
function gelu(writer: GraphWriter, input: string, output: string): string {
	const root = writer.constant("gelu.root", fromFloat32s([], [Math.SQRT2]));
	const one = writer.constant("gelu.one", fromFloat32s([], [1]));
	const half = writer.constant("gelu.half", fromFloat32s([], [0.5]));
	const scaled = writer.node("Div", [input, root], `${output}.scaled`);
	const erf = writer.node("Erf", [scaled], `${output}.erf`);
	const sum = writer.node("Add", [erf, one], `${output}.sum`);
	const product = writer.node("Mul", [input, sum], `${output}.product`);
	return writer.node("Mul", [product, half], output);
}
