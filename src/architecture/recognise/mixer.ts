/** MLP-Mixers (Tolstikhin et al. 2021, arXiv:2105.01601) under the names of timm, and as Google published them. */
import { SightlineError } from "../../errors.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Activation } from "../activation.ts";
import { convolutionKernel, denseKernel, parametersOf } from "./flax.ts";
import { type Conversion, converted, renamed } from "./rename.ts";
import { countOf, type Given, need, notBuilt, type Recognised, type Source } from "./source.ts";

export const timmMixer: Source = {
	title: "timm (mixer)",
	matches: (names) => names.has("stem.proj.weight") && names.has("blocks.0.mlp_tokens.fc1.weight"),
	read: (given) => described(renamed(given.tensors, []), given, "gelu"),
};

/** Its GELU is JAX's default, the approximation by tanh; timm runs the same weights with the exact one. */
export const googleMixer: Source = {
	title: "Google's .npz (Mixer)",
	matches: (names) => [...names].some((name) => /(?:^|\/)MixerBlock_0\//.test(name)),
	read: (given) => described(converted(parametersOf(given.tensors), conversions), given, "geluTanh"),
};

const block = String.raw`^MixerBlock_(\d+)\/`;
const conversions: readonly Conversion[] = [
	[/^stem\/kernel$/, "stem.proj.weight", convolutionKernel],
	[/^stem\/bias$/, "stem.proj.bias", null],
	[new RegExp(`${block}LayerNorm_0\\/scale$`), "blocks.$1.norm1.weight", null],
	[new RegExp(`${block}LayerNorm_0\\/bias$`), "blocks.$1.norm1.bias", null],
	[new RegExp(`${block}LayerNorm_1\\/scale$`), "blocks.$1.norm2.weight", null],
	[new RegExp(`${block}LayerNorm_1\\/bias$`), "blocks.$1.norm2.bias", null],
	...(["token", "channel"] as const).flatMap((axis) =>
		[0, 1].flatMap((layer): Conversion[] => {
			const dense = `${block}${axis}_mixing\\/Dense_${layer}\\/`;
			const target = `blocks.$1.mlp_${axis}s.fc${layer + 1}`;
			return [
				[new RegExp(`${dense}kernel$`), `${target}.weight`, denseKernel],
				[new RegExp(`${dense}bias$`), `${target}.bias`, null],
			];
		}),
	),
	[/^pre_head_layer_norm\/scale$/, "norm.weight", null],
	[/^pre_head_layer_norm\/bias$/, "norm.bias", null],
	[/^head\/kernel$/, "head.weight", denseKernel],
	[/^head\/bias$/, "head.bias", null],
];

/** @param tensors under timm's names */
function described(
	tensors: ReadonlyMap<string, Tensor>,
	{ config, imageSize }: Given,
	activation: Activation,
): Recognised {
	const [width = 0, channels = 0, patch = 0] = need(tensors, "stem.proj.weight", 4).shape;
	if (channels !== 3) throw notBuilt(`it takes images of ${channels} channels`, "Models of RGB images are.");
	const [tokenHidden = 0, tokens = 0] = need(tensors, "blocks.0.mlp_tokens.fc1.weight", 2).shape;
	const [hidden = 0] = need(tensors, "blocks.0.mlp_channels.fc1.weight", 2).shape;
	const square = Math.sqrt(tokens) * patch;
	const [height, side] = imageSize ?? config.object("pretrained_cfg").sides("input_size") ?? [square, square];
	if ((height / patch) * (side / patch) !== tokens) {
		throw new SightlineError(
			"BAD_INPUT",
			`its layers mix ${tokens} patches of ${patch} px, which are not those of ${height} x ${side} px`,
			{ hint: "A Mixer takes images of one size." },
		);
	}
	const imageSide = height === side ? side : ([height, side] as const);
	return {
		architecture: {
			family: "mixer",
			imageSide,
			patch,
			width,
			depth: countOf(tensors.keys(), /^blocks\.(\d+)\./),
			tokenRatio: tokenHidden / width,
			mlpRatio: hidden / width,
			classes: tensors.get("head.weight")?.shape[0] ?? 0,
			normEpsilon: 1e-6,
			...(activation === "gelu" ? {} : { activation }),
		},
		tensors,
		remarks: [],
	};
}
