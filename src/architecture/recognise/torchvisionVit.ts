/** ViTs under the names of torchvision: vit_b_16, vit_l_32, vit_h_14, ... */
import { describeVit } from "./describeVit.ts";
import { headsByWidth } from "./headsByWidth.ts";
import { renamed } from "./rename.ts";
import { need, type Source } from "./source.ts";

export const torchvisionVit: Source = {
	title: "torchvision (vit_*)",
	matches: (names) => names.has("conv_proj.weight") && names.has("encoder.pos_embedding"),
	read({ tensors: given, config, imageSize }) {
		const tensors = renamed(given, rules);
		const [width = 0] = need(tensors, "patch_embed.proj.weight", 4).shape;
		const declared = config.count("num_heads");
		const heads = declared ?? headsByWidth(width, null);
		const described = describeVit(tensors, {
			heads,
			normEpsilon: 1e-6,
			activation: "gelu",
			pooling: "cls",
			blockNorms: "pre",
			declaredSize: config.sides("image_size"),
			imageSize,
			resampling: "bicubicAligned",
		});
		const remark = `The checkpoint does not say how many heads it has; torchvision's ViT of width ${width} has ${heads}.`;
		return { ...described, remarks: declared === null ? [remark] : [] };
	},
};

const block = String.raw`^encoder\.layers\.encoder_layer_(\d+)\.`;
const rules = [
	[/^class_token$/, "cls_token"],
	[/^conv_proj\./, "patch_embed.proj."],
	[/^encoder\.pos_embedding$/, "pos_embed"],
	[/^encoder\.ln\./, "norm."],
	[/^heads\.head\./, "head."],
	[/^heads\.pre_logits\./, "pre_logits.fc."],
	[new RegExp(`${block}ln_([12])\\.`), "blocks.$1.norm$2."],
	[new RegExp(`${block}self_attention\\.in_proj_(weight|bias)$`), "blocks.$1.attn.qkv.$2"],
	[new RegExp(`${block}self_attention\\.out_proj\\.`), "blocks.$1.attn.proj."],
	[new RegExp(`${block}mlp\\.(?:linear_1|0)\\.`), "blocks.$1.mlp.fc1."],
	[new RegExp(`${block}mlp\\.(?:linear_2|3)\\.`), "blocks.$1.mlp.fc2."],
] as const;
