import { expect, test } from "vitest";
import { buildArchitecture } from "../../../src/architecture/architecture.ts";
import { recogniseCheckpoint } from "../../../src/architecture/recognise/recognise.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { float32s, fromFloat32s, fromValues } from "../../../src/tensor/values.ts";
import { checkpointCase, checkpointWeights } from "../../support/checkpoints.ts";

interface Change {
	/** Put in place; null: taken away. */
	readonly tensors?: Readonly<Record<string, Tensor | null>>;
	readonly config?: Readonly<Record<string, unknown>> | null;
	readonly imageSize?: readonly [number, number];
}

/** Recognises a case after a change. */
function recognise(name: string, { tensors = {}, config, imageSize }: Change = {}) {
	const given = checkpointCase(name);
	const weights = checkpointWeights(given);
	for (const [key, tensor] of Object.entries(tensors)) {
		if (tensor === null) weights.delete(key);
		else weights.set(key, tensor);
	}
	const told = config === undefined ? given.config : config === null ? null : { ...(given.config ?? {}), ...config };
	return recogniseCheckpoint(weights, told, imageSize ?? given.imageSize);
}

const zeros = (...shape: number[]) => fromFloat32s(shape, new Float32Array(shape.reduce((a, b) => a * b, 1)));

test("names of nobody are counted by their pattern, and those that are known are listed", () => {
	const names = ["encoder.0.conv.weight", "encoder.1.conv.weight", "decoder.bias"];
	const tensors = new Map(names.map((name) => [name, zeros(1)]));
	expect(() => recogniseCheckpoint(tensors, null)).toThrow(
		expect.objectContaining({
			code: "BAD_INPUT",
			message: "its 3 tensors have names of no model that is known: 2 encoder.N.conv.weight, 1 decoder.bias",
			hint: expect.stringMatching(/timm \(vit.*transformers \(ViT.*torchvision \(vit.*Google's \.npz/),
		}),
	);
	expect(() => recogniseCheckpoint(new Map(), null)).toThrow("its 0 tensors have names of no model");
});

const many = new Map(Array.from({ length: 40 }, (_, at) => [`${"abcdefghij"[at % 10]}${"klmn"[at % 4]}`, zeros(1)]));

test("no more than twelve patterns are named", () => {
	expect(() => recogniseCheckpoint(many, null)).toThrow(/, and 8 further kinds/);
});

const refused = [
	["timm-vit", { tensors: { "attn_pool.latent": zeros(1) } }, "attn_pool.latent: a pooling by attention (MAP)"],
	["timm-vit", { tensors: { "rel_pos_bias.table": zeros(1) } }, "relative positions that all blocks share"],
	["timm-vit", { tensors: { pos_embed: null } }, "it keeps no positions"],
	[
		"timm-vit",
		{ tensors: { pos_embed: zeros(1, 15, 64) } },
		"15 positions with 1 tokens before the patches are no grid",
	],
	["timm-vit", { tensors: { "patch_embed.proj.weight": zeros(64, 1, 8, 8) } }, "it takes images of 1 channels"],
	["timm-vit", { tensors: { "patch_embed.proj.weight": zeros(64, 3, 8, 4) } }, "its patches are 8 x 4 px"],
	[
		"timm-vit",
		{ tensors: { "patch_embed.proj.weight": zeros(64) } },
		"patch_embed.proj.weight is [64], expected 4 sides",
	],
	["timm-vit", { config: { global_pool: "avgmax" } }, 'its global_pool is "avgmax"'],
	["timm-vit", { config: { model_args: { act_layer: "mish" } } }, 'the activation is "mish"; known are gelu'],
	["timm-vit", { config: { model_args: 5 } }, "config.json: model_args is 5, expected an object"],
	["timm-vit", { config: { model_args: { num_heads: "3" } } }, 'num_heads is "3", expected a whole number from 1'],
	["timm-vit", { imageSize: [30, 32] }, "30 is no multiple of 8"],
	["timm-vit", { imageSize: [8 * 1024, 8 * 1024] }, "1024 x 1024 patches are more than 16384"],
	["timm-deit-distilled", { config: null }, "the heads of a ViT of width 16 cannot be told"],
	["timm-beit", { imageSize: [64, 64] }, "relative positions are not those of 64 x 64 px"],
	["timm-mixer", { imageSize: [64, 64] }, "its layers mix 16 patches of 8 px"],
	["timm-bit", { config: { architecture: "resnetv2_50" } }, "resnetv2_50 is a ResNet of version 2 that is no BiT"],
	["timm-resnet-bottleneck", { tensors: { "conv1.weight": zeros(64, 3, 3, 3) } }, "its stem is a convolution of 3 px"],
	["timm-resnet-bottleneck", { tensors: { "layer1.0.conv2.weight": zeros(4, 1, 3, 3) } }, "grouped (ResNeXt)"],
	["transformers-vit", { config: null }, "there is no config.json beside it"],
	["transformers-vit", { config: { model_type: "swin" } }, 'its config.json is for "swin"'],
	["transformers-vit", { config: { model_type: "constructor" } }, 'its config.json is for "constructor"'],
	["transformers-vit", { config: { layer_norm_eps: -1 } }, "layer_norm_eps is -1, expected a number above 0"],
	["transformers-vit", { config: { image_size: [1] } }, "image_size is [1], expected a side"],
	[
		"transformers-vit",
		{ config: { image_size: [32, 48] }, tensors: { "vit.embeddings.position_embeddings": zeros(1, 20, 16) } },
		"20 positions with 1 tokens",
	],
	["transformers-resnet", { config: { downsample_in_first_stage: true } }, "its first stage has a stride"],
	["transformers-resnet", { config: { hidden_act: "gelu" } }, 'its activation is "gelu"'],
	[
		"transformers-beit",
		{ config: { use_shared_relative_position_bias: true } },
		"all blocks share their relative positions",
	],
	["google-big-vision", { tensors: { "params/img/MAPHead_0/probe": zeros(1) } }, "its head pools by attention (MAP)"],
	["google-big-vision", { tensors: { "params/img/pos_embedding": null } }, "it keeps no positions"],
	["google-vit", { tensors: { "embedding/kernel": zeros(3) } }, "embedding/kernel is [3], expected 4 sides"],
	[
		"google-big-vision",
		{ tensors: { "params/img/Transformer/encoderblock/LayerNorm_0/scale": zeros(0, 16) } },
		"expected blocks on its first axis",
	],
] as const satisfies readonly (readonly [string, Change, string])[];

test.each(refused.map(([name, change, message]) => [name, message, change] as const))(
	"a change of %s is refused: %s",
	(name, message, change) => {
		const attempt = () => {
			const { architecture, tensors } = recognise(name, change);
			buildArchitecture(architecture, tensors);
		};
		expect(attempt).toThrow(expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(message) }));
	},
);

test("what no rule knows has no place", () => {
	const { architecture, tensors } = recognise("transformers-vit", { tensors: { "vit.extra.weight": zeros(1) } });
	expect(() => buildArchitecture(architecture, tensors)).toThrow(
		"there is no place for the tensor vit.extra.weight [1]",
	);
});

test("integers in place of weights are refused, under whatever name and layout", () => {
	const kernel = { "head/kernel": fromValues("int8", [16, 5], new Float32Array(80)) };
	const { architecture, tensors } = recognise("google-vit", { tensors: kernel });
	expect(() => buildArchitecture(architecture, tensors)).toThrow("head.weight is int8, expected one of float32");
});

test("two tensors of one name are refused", () => {
	const twice = { "deit.cls_classifier.weight": zeros(5, 16), cls_classifier: zeros(1) };
	expect(() =>
		recognise("transformers-deit-teacher", { tensors: { ...twice, "classifier.weight": zeros(5, 16) } }),
	).toThrow(/two tensors would be head\.weight/);
});

test("what was taken for granted is said", () => {
	expect(recognise("timm-vit").remarks).toEqual([
		"The checkpoint does not say how many heads it has; published ViTs of width 64 have 2.",
	]);
	expect(recognise("timm-deit-distilled").remarks).toEqual([]);
	expect(recognise("timm-dino").remarks).toEqual([expect.stringContaining("has no head")]);
	expect(recognise("transformers-vit-model").remarks).toEqual([
		expect.stringContaining("The pooler behind the class token"),
		expect.stringContaining("has no head"),
	]);
	const { config, ...rest } = checkpointCase("torchvision-resnet18");
	expect(recogniseCheckpoint(checkpointWeights(rest), config).remarks).toEqual([
		"Nothing says which size of image it was trained for: 224 x 224 px is taken.",
	]);
});

test("a checkpoint's config has the fields of what it is built of, and no others", () => {
	expect(recognise("timm-dinov2-registers").architecture).toEqual({
		family: "vit",
		imageSide: 32,
		patch: 8,
		width: 16,
		depth: 2,
		heads: 2,
		mlpRatio: 1,
		pooling: "cls",
		classes: 5,
		normEpsilon: 1e-6,
		registers: 4,
		positions: "patches",
		layerScale: true,
		activation: "silu",
		gatedMlp: true,
	});
	expect(recognise("transformers-resnet").architecture).toEqual({
		family: "resnet",
		imageSide: 32,
		stem: { kernel: 7, width: 8, pooling: true },
		width: 4,
		units: [2, 1],
		classes: 5,
		normEpsilon: 1e-5,
		stridedKernel: 1,
	});
});

test("weights are not read before they are built in, and each but once", () => {
	const reads = new Map<string, number>();
	const watched = [...checkpointWeights(checkpointCase("google-big-vision"))].map(
		([name, tensor]): [string, Tensor] => [
			name,
			{
				...tensor,
				get bytes() {
					reads.set(name, (reads.get(name) ?? 0) + 1);
					return tensor.bytes;
				},
			},
		],
	);
	const { architecture, tensors } = recogniseCheckpoint(new Map(watched), null);
	expect(reads.size).toBe(0);
	buildArchitecture(architecture, tensors);
	expect(reads.size).toBe(watched.length);
	// Of a stack, once for each of the two blocks.
	for (const [name, count] of reads) expect([name, count]).toEqual([name, name.includes("encoderblock/") ? 2 : 1]);
});

test.each([
	[24, "patches"],
	[16, "all"],
] as const)(
	"nine positions behind five tokens are those of %i px a side where its config says so",
	(side, positions) => {
		const tensors = { pos_embed: zeros(1, 9, 16) };
		const config = { pretrained_cfg: { input_size: [3, side, side] } };
		const { architecture } = recognise("timm-dinov2-registers", { tensors, config });
		expect(architecture).toMatchObject({ imageSide: side, ...(positions === "all" ? {} : { positions }) });
	},
);

test("Meta's DINOv2 with registers is timm's, its class token where its position puts it", () => {
	const timm = checkpointWeights(checkpointCase("timm-dinov2-registers"));
	const positions = timm.get("pos_embed");
	const token = timm.get("cls_token");
	if (positions === undefined || token === undefined) throw new Error("a ViT with a class token");
	const own = new Map(timm);
	own.delete("reg_token");
	own.set("register_tokens", timm.get("reg_token") ?? token);
	own.set("mask_token", zeros(1, 16));
	own.set("cls_token", zeros(1, 1, 16));
	own.set("pos_embed", fromFloat32s([1, 17, 16], Float32Array.from([...float32s(token), ...float32s(positions)])));
	const { config } = checkpointCase("timm-dinov2-registers");
	const [meta, expected] = [own, timm].map((each) => {
		const { architecture, tensors } = recogniseCheckpoint(each, config);
		return buildArchitecture(architecture, tensors);
	});
	expect(meta).toEqual(expected);
});
