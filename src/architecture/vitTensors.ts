/** The tensors that a ViT's checkpoint must have, under the names that timm gives them. */
import { gridOf } from "./patches.ts";
import type { TensorShapes } from "./tensorShapes.ts";
import { linearShapes } from "./tokenNodes.ts";
import { hasClassToken, hiddenWidth, prefixCount, tokenCount, type VitConfig } from "./vitConfig.ts";

/** Matrices are [outputs, inputs]. */
export function vitTensorShapes(config: VitConfig): TensorShapes {
	const { depth, width } = config;
	return new Map([
		...embeddingShapes(config),
		...Array.from({ length: depth }, (_, index) => `blocks.${index}`).flatMap((block) => blockShapes(config, block)),
		...((config.finalNorm ?? "tokens") === "tokens" ? linearShapes("norm", [width], width) : []),
		...(config.finalNorm === "pooled" ? linearShapes("fc_norm", [pooledWidth(config)], pooledWidth(config)) : []),
		...headShapes(config),
	]);
}

/** How many numbers the head reads. */
export function pooledWidth({ pooling, width }: VitConfig): number {
	return pooling === "cls+gap" ? 2 * width : width;
}

type Entry = readonly [name: string, shape: readonly number[]];

function embeddingShapes(config: VitConfig): Entry[] {
	const { patch, width, positions = "all", registers = 0 } = config;
	const positioned = tokenCount(config) - (positions === "patches" ? prefixCount(config) : 0);
	const entries: (Entry | false)[] = [
		hasClassToken(config) && ["cls_token", [1, 1, width]],
		config.distillation !== undefined && ["dist_token", [1, 1, width]],
		registers > 0 && ["reg_token", [1, registers, width]],
		positions !== "none" && ["pos_embed", [1, positioned, width]],
		["patch_embed.proj.weight", [width, 3, patch, patch]],
		(config.patchBias ?? true) && ["patch_embed.proj.bias", [width]],
	];
	const norm = config.stemNorm ? linearShapes("norm_pre", [width], width) : [];
	return [...entries.filter((entry) => entry !== false), ...norm];
}

function blockShapes(config: VitConfig, block: string): Entry[] {
	const { width, heads } = config;
	const hidden = hiddenWidth(config);
	const headWidth = width / heads;
	const headNorm = (name: string) => linearShapes(`${block}.attn.${name}`, [headWidth], headWidth);
	const projections = linearShapes(`${block}.attn.qkv`, [3 * width, width], 3 * width);
	return [
		...linearShapes(`${block}.norm1`, [width], width),
		...((config.attentionBias ?? true) ? projections : projections.slice(0, 1)),
		...(config.queryKeyNorm ? [...headNorm("q_norm"), ...headNorm("k_norm")] : []),
		...(config.relativePositions ? [relativeTable(config, block)] : []),
		...linearShapes(`${block}.attn.proj`, [width, width], width),
		...(config.layerScale ? [[`${block}.ls1.gamma`, [width]] as const] : []),
		...linearShapes(`${block}.norm2`, [width], width),
		...linearShapes(
			`${block}.mlp.fc1`,
			[config.gatedMlp ? 2 * hidden : hidden, width],
			config.gatedMlp ? 2 * hidden : hidden,
		),
		...linearShapes(`${block}.mlp.fc2`, [width, hidden], width),
		...(config.layerScale ? [[`${block}.ls2.gamma`, [width]] as const] : []),
	];
}

/** A row for each offset in the grid, and one each for class token to patch, patch to class token, and class token to itself. */
function relativeTable(config: VitConfig, block: string): Entry {
	const [rows, columns] = gridOf(config, "vit");
	const offsets = (2 * rows - 1) * (2 * columns - 1) + 3;
	return [`${block}.attn.relative_position_bias_table`, [offsets, config.heads]];
}

function headShapes(config: VitConfig): Entry[] {
	const { classes, representation } = config;
	if (classes === 0) return [];
	const pooled = pooledWidth(config);
	const read = representation ?? pooled;
	return [
		...(representation === undefined ? [] : linearShapes("pre_logits.fc", [representation, pooled], representation)),
		...linearShapes("head", [classes, read], classes),
		...(config.distillation === "head" ? linearShapes("head_dist", [classes, read], classes) : []),
	];
}
