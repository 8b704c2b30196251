/** ViTs under the names of timm (ViT, DeiT, DINO, DINOv2, CLIP, BEiT), and of Meta's own DINO and DINOv2, which are all but these. */
import type { Tensor } from "../../tensor/tensor.ts";
import type { Activation } from "../activation.ts";
import type { VitConfig } from "../vitConfig.ts";
import { activationNamed } from "./activationNames.ts";
import type { Config } from "./config.ts";
import { joined, zerosLike } from "./derived.ts";
import { describeVit } from "./describeVit.ts";
import { fuseProjections, placeClassToken } from "./fuse.ts";
import { headsByWidth } from "./headsByWidth.ts";
import { renamed } from "./rename.ts";
import { need, notBuilt, type Source } from "./source.ts";

export const timmVit: Source = {
	title: "timm (vit, deit, beit) and Meta's DINO and DINOv2",
	matches: (names) => names.has("patch_embed.proj.weight") && names.has("blocks.0.norm1.weight"),
	read({ tensors: given, config, imageSize }) {
		const tensors = fused(renamed(given, rules));
		// Meta's class token has a position and its registers have none; timm's registers have none either way.
		if (given.has("register_tokens")) placeClassToken(tensors);
		refuse([...tensors.keys()]);
		const [width = 0] = need(tensors, "patch_embed.proj.weight", 4).shape;
		const name = config.text("architecture");
		const settings = config.object("model_args");
		const declared = settings.count("num_heads") ?? config.count("num_heads");
		const [headWidth] = tensors.get("blocks.0.attn.q_norm.weight")?.shape ?? [];
		const heads = declared ?? (headWidth === undefined ? headsByWidth(width, name) : width / headWidth);
		const remark = `The checkpoint does not say how many heads it has; published ViTs of width ${width} have ${heads}.`;
		const described = describeVit(tensors, {
			heads,
			// LayerNorm is PyTorch's own in CLIP, whose stem has a norm, and timm's in the others.
			normEpsilon: tensors.has("norm_pre.weight") ? 1e-5 : 1e-6,
			activation: activationOf(name, settings),
			pooling: poolingOf(settings.text("global_pool") ?? config.text("global_pool"), tensors),
			blockNorms: name !== null && /_rpn_/.test(name) ? "branch" : "pre",
			declaredSize: settings.sides("img_size") ?? config.object("pretrained_cfg").sides("input_size"),
			imageSize,
			resampling: "antialiased",
		});
		return { ...described, remarks: declared === null && headWidth === undefined ? [remark] : [] };
	},
};

const rules = [
	[/^mask_token$|\.relative_position_index$/, null],
	[/^register_tokens$/, "reg_token"],
	[/\.gamma_([12])$/, ".ls$1.gamma"],
	[/\.mlp\.w12\./, ".mlp.fc1."],
	[/\.mlp\.w3\./, ".mlp.fc2."],
] as const;

function fused(tensors: Map<string, Tensor>): Map<string, Tensor> {
	fuseProjections(tensors, ["q_proj", "k_proj", "v_proj"]);
	for (let block = 0; tensors.has(`blocks.${block}.attn.q_bias`); block++) {
		const [query, value] = [`blocks.${block}.attn.q_bias`, `blocks.${block}.attn.v_bias`] as const;
		const bias = need(tensors, query, 1);
		tensors.set(`blocks.${block}.attn.qkv.bias`, joined([bias, zerosLike(bias), need(tensors, value, 1)]));
		for (const name of [query, value]) tensors.delete(name);
	}
	return tensors;
}

function refuse(names: readonly string[]): void {
	const found = names.find((name) => unbuilt.some(([pattern]) => pattern.test(name)));
	if (found === undefined) return;
	const [, what, instead] = unbuilt.find(([pattern]) => pattern.test(found)) ?? unbuilt[0];
	throw notBuilt(`it has ${found}: ${what}`, instead);
}

const onnxInstead = "Export it to ONNX; a graph needs no recognition.";
const unbuilt = [
	[/^attn_pool\./, "a pooling by attention (MAP)", onnxInstead],
	[/^rel_pos_bias\./, "relative positions that all blocks share", onnxInstead],
	[
		/\.attn\.norm\.|\.mlp\.norm\.|\.mlp\.fc1_[gx]\./,
		"norms within the branches, or a gate in two matrices",
		onnxInstead,
	],
	[/^patch_embed\.(?:backbone|norm)\./, "a stem before the patches", onnxInstead],
	[/^blocks\.0\.(?:0|attns)\./, "blocks of parallel branches", onnxInstead],
] as const satisfies readonly (readonly [RegExp, string, string])[];

/** timm's own choice where a name implies it: OpenAI's CLIP, and the SigLIP 2 sizes. */
function activationOf(name: string | null, settings: Config): Activation {
	const declared = settings.text("act_layer");
	if (declared !== null) return activationNamed(declared);
	if (name === null) return "gelu";
	if (/quickgelu/.test(name)) return "quickGelu";
	return /(?:base_patch32|so400m_patch16|giantopt_patch16)_siglip|large_patch16_siglip_(?:gap_)?512/.test(name)
		? "geluTanh"
		: "gelu";
}

function poolingOf(declared: string | null, tensors: ReadonlyMap<string, Tensor>): VitConfig["pooling"] | null {
	switch (declared) {
		case "token":
			return "cls";
		case "avg":
			return "gap";
		case "":
		case null:
			// A norm behind the pooling is what timm gives to means alone.
			return tensors.has("fc_norm.weight") ? "gap" : null;
		default:
			throw notBuilt(`its global_pool is "${declared}"`, 'The poolings "token" and "avg" are.');
	}
}
