/** ViTs under the names of Hugging Face's transformers: ViT, DeiT, DINOv2 with and without registers, BEiT. */
import { activationNamed } from "./activationNames.ts";
import { describeVit } from "./describeVit.ts";
import { fuseProjections, placeClassToken } from "./fuse.ts";
import { renamed } from "./rename.ts";
import { notBuilt, type Source } from "./source.ts";

export const huggingFaceVit: Source = {
	title: "transformers (ViT, DeiT, Dinov2, Dinov2WithRegisters, BEiT)",
	matches: (names) => [...names].some((name) => /(?:^|\.)embeddings\.patch_embeddings\.projection\.weight$/.test(name)),
	read({ tensors: given, config, imageSize }) {
		const type = config.text("model_type");
		const defaults = type !== null && Object.hasOwn(epsilons, type) ? epsilons[type] : undefined;
		const heads = config.count("num_attention_heads");
		if (defaults === undefined || heads === null) {
			const what = config.isEmpty ? "there is no config.json beside it" : `its config.json is for "${type}"`;
			throw notBuilt(
				`the weights have transformers' names, but ${what}: a model`,
				`Known are ${Object.keys(epsilons).join(", ")}, with num_attention_heads.`,
			);
		}
		const tensors = renamed(given, rules);
		fuseProjections(tensors, ["query", "key", "value"]);
		if (tensors.has("reg_token")) placeClassToken(tensors);
		if (config.flag("use_shared_relative_position_bias") === true) {
			throw notBuilt("all blocks share their relative positions", "Export it to ONNX; a graph needs no recognition.");
		}
		const isMean = type === "beit" && config.flag("use_mean_pooling") !== false;
		const described = describeVit(tensors, {
			heads,
			normEpsilon: config.positive("layer_norm_eps") ?? defaults,
			activation: activationNamed(config.text("hidden_act") ?? "gelu"),
			pooling: isMean ? "gap" : null,
			blockNorms: "pre",
			declaredSize: config.sides("image_size"),
			imageSize,
			resampling: "bicubic",
		});
		return { ...described, remarks: given.has("pooler.dense.weight") ? [poolerRemark] : [] };
	},
};

const poolerRemark = "The pooler behind the class token (a matrix and tanh, trained for another task) is left out.";

/** Of the norms, where a config does not say. */
const epsilons: Readonly<Record<string, number>> = {
	vit: 1e-12,
	deit: 1e-12,
	beit: 1e-12,
	vit_msn: 1e-6,
	dinov2: 1e-6,
	dinov2_with_registers: 1e-6,
};

const block = String.raw`^(?:\w+\.)?encoder\.layer\.(\d+)\.`;
const embeddings = String.raw`^(?:\w+\.)?embeddings\.`;
const rules = [
	[new RegExp(`${embeddings}mask_token$|\\.relative_position_index$|^(?:\\w+\\.)?pooler\\.dense\\.`), null],
	[new RegExp(`${embeddings}cls_token$`), "cls_token"],
	[new RegExp(`${embeddings}distillation_token$`), "dist_token"],
	[new RegExp(`${embeddings}register_tokens$`), "reg_token"],
	[new RegExp(`${embeddings}position_embeddings$`), "pos_embed"],
	[new RegExp(`${embeddings}patch_embeddings\\.projection\\.`), "patch_embed.proj."],
	[new RegExp(`${block}attention\\.attention\\.relative_position_bias\\.`), "blocks.$1.attn."],
	[new RegExp(`${block}attention\\.attention\\.`), "blocks.$1.attn."],
	[new RegExp(`${block}attention\\.output\\.dense\\.`), "blocks.$1.attn.proj."],
	[new RegExp(`${block}intermediate\\.dense\\.`), "blocks.$1.mlp.fc1."],
	[new RegExp(`${block}output\\.dense\\.`), "blocks.$1.mlp.fc2."],
	[new RegExp(`${block}mlp\\.weights_in\\.`), "blocks.$1.mlp.fc1."],
	[new RegExp(`${block}mlp\\.weights_out\\.`), "blocks.$1.mlp.fc2."],
	[new RegExp(`${block}layernorm_before\\.`), "blocks.$1.norm1."],
	[new RegExp(`${block}layernorm_after\\.`), "blocks.$1.norm2."],
	[new RegExp(`${block}(?:layer_scale1\\.lambda1|lambda_1)$`), "blocks.$1.ls1.gamma"],
	[new RegExp(`${block}(?:layer_scale2\\.lambda1|lambda_2)$`), "blocks.$1.ls2.gamma"],
	[new RegExp(block), "blocks.$1."],
	[/^(?:\w+\.)?pooler\.layernorm\./, "fc_norm."],
	[/^(?:\w+\.)?layernorm\./, "norm."],
	[/^(?:cls_)?classifier\./, "head."],
	[/^distillation_classifier\./, "head_dist."],
] as const;
