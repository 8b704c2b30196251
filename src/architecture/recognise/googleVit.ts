/**
 * Google's own ViTs: vit_jax (Dosovitskiy et al. 2021, Steiner et al. 2021) and big_vision, whose blocks may lie stacked in
 * one array each. Their GELU is JAX's default, the approximation by tanh; timm and transformers run the same weights with
 * the exact one.
 */
import { SightlineError } from "../../errors.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { member, reshaped } from "./derived.ts";
import { describeVit } from "./describeVit.ts";
import { convolutionKernel, denseKernel, headsKernel, joiningKernel, parametersOf } from "./flax.ts";
import { fuseProjections } from "./fuse.ts";
import { type Conversion, converted } from "./rename.ts";
import { notBuilt, type Source, withAxes } from "./source.ts";

export const googleVit: Source = {
	title: "Google's .npz (vit_jax, big_vision)",
	matches: (names) => [...names].some((name) => /(?:^|\/)Transformer\/encoderblock(?:_0)?\//.test(name)),
	read({ tensors: given, imageSize }) {
		const parameters = unstacked(parametersOf(given));
		const attentionPool = [...parameters.keys()].find((name) => name.startsWith("MAPHead_0/"));
		if (attentionPool !== undefined) throw notBuilt("its head pools by attention (MAP)", "Class tokens and means are.");
		const heads = headsOf(parameters);
		const tensors = converted(parameters, conversions);
		fuseProjections(tensors, ["query", "key", "value"]);
		const described = describeVit(tensors, {
			heads,
			normEpsilon: 1e-6,
			activation: "geluTanh",
			pooling: null,
			blockNorms: "pre",
			declaredSize: null,
			imageSize,
			resampling: "bilinearAligned",
		});
		return { ...described, remarks: [] };
	},
};

/** Arrays [blocks, ...] of a scan over the blocks, as an array for each block. */
function unstacked(parameters: ReadonlyMap<string, Tensor>): ReadonlyMap<string, Tensor> {
	const stack = /^Transformer\/encoderblock\//;
	const entries = [...parameters].flatMap(([name, tensor]): [string, Tensor][] => {
		if (!stack.test(name)) return [[name, tensor]];
		const [depth = 0] = tensor.shape;
		if (!(depth > 0 && depth <= mostBlocks)) {
			throw new SightlineError(
				"BAD_INPUT",
				`${name} is [${tensor.shape.join(", ")}], expected blocks on its first axis`,
			);
		}
		return Array.from({ length: depth }, (_, index) => [
			name.replace(stack, `Transformer/encoderblock_${index}/`),
			member(tensor, index),
		]);
	});
	return new Map(entries);
}

/** Bounds what a shape makes of one array. */
const mostBlocks = 1000;

function headsOf(parameters: ReadonlyMap<string, Tensor>): number {
	const query = [...parameters].find(([name]) => /encoderblock_0\/.*\/query\/kernel$/.test(name));
	if (query === undefined) throw new SightlineError("BAD_INPUT", "the first block has no query/kernel");
	const [, heads = 0] = withAxes(...query, 3).shape;
	return heads;
}

/** A bias of heads [heads, d] as [heads * d]. */
const flat = (_name: string, tensor: Tensor): Tensor =>
	reshaped(tensor, [tensor.shape.reduce((product, side) => product * side, 1)]);

const block = String.raw`^Transformer\/encoderblock_(\d+)\/`;
const attention = String.raw`${block}MultiHeadDotProductAttention_\d\/`;
const dense = String.raw`${block}MlpBlock_\d\/Dense_`;
/** LayerNorm_0 stands before the attention; the second is _2 in vit_jax, which counts modules, and _1 in big_vision. */
const conversions: readonly Conversion[] = [
	[/^cls$/, "cls_token", null],
	[/^(?:Transformer\/posembed_input\/)?pos_embedding$/, "pos_embed", null],
	[/^embedding\/kernel$/, "patch_embed.proj.weight", convolutionKernel],
	[/^embedding\/bias$/, "patch_embed.proj.bias", null],
	[new RegExp(`${block}LayerNorm_0\\/scale$`), "blocks.$1.norm1.weight", null],
	[new RegExp(`${block}LayerNorm_0\\/bias$`), "blocks.$1.norm1.bias", null],
	[new RegExp(`${block}LayerNorm_[12]\\/scale$`), "blocks.$1.norm2.weight", null],
	[new RegExp(`${block}LayerNorm_[12]\\/bias$`), "blocks.$1.norm2.bias", null],
	[new RegExp(`${attention}(query|key|value)\\/kernel$`), "blocks.$1.attn.$2.weight", headsKernel],
	[new RegExp(`${attention}(query|key|value)\\/bias$`), "blocks.$1.attn.$2.bias", flat],
	[new RegExp(`${attention}out\\/kernel$`), "blocks.$1.attn.proj.weight", joiningKernel],
	[new RegExp(`${attention}out\\/bias$`), "blocks.$1.attn.proj.bias", null],
	[new RegExp(`${dense}0\\/kernel$`), "blocks.$1.mlp.fc1.weight", denseKernel],
	[new RegExp(`${dense}0\\/bias$`), "blocks.$1.mlp.fc1.bias", null],
	[new RegExp(`${dense}1\\/kernel$`), "blocks.$1.mlp.fc2.weight", denseKernel],
	[new RegExp(`${dense}1\\/bias$`), "blocks.$1.mlp.fc2.bias", null],
	[/^Transformer\/encoder_norm\/scale$/, "norm.weight", null],
	[/^Transformer\/encoder_norm\/bias$/, "norm.bias", null],
	[/^pre_logits\/kernel$/, "pre_logits.fc.weight", denseKernel],
	[/^pre_logits\/bias$/, "pre_logits.fc.bias", null],
	[/^head\/kernel$/, "head.weight", denseKernel],
	[/^head\/bias$/, "head.bias", null],
];
