/** The config of a ViT from its tensors under timm's names, and from what names and shapes cannot tell. */
import { SightlineError } from "../../errors.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Activation } from "../activation.ts";
import { gridOf } from "../patches.ts";
import type { VitConfig } from "../vitConfig.ts";
import { type Grid, type Resampling, resampledPositions } from "./positions.ts";
import { countOf, need, notBuilt, type Recognised } from "./source.ts";

/** What the checkpoint's source knows. */
export interface VitFacts {
	readonly heads: number;
	readonly normEpsilon: number;
	readonly activation: Activation;
	/** null: the class token where there is one, else the mean. */
	readonly pooling: VitConfig["pooling"] | null;
	readonly blockNorms: NonNullable<VitConfig["blockNorms"]>;
	/** What the checkpoint says it is for. */
	readonly declaredSize: readonly [height: number, width: number] | null;
	/** What is asked for. */
	readonly imageSize: readonly [height: number, width: number] | null;
	/** How positions are brought to another size. */
	readonly resampling: Resampling;
}

/** @throws SightlineError BAD_INPUT: what cannot be, or is not built */
export function describeVit(given: ReadonlyMap<string, Tensor>, facts: VitFacts): Omit<Recognised, "remarks"> {
	const tensors = new Map(given);
	const has = (name: string) => tensors.has(name);
	const [width = 0, channels = 0, patch = 0, other = 0] = need(tensors, "patch_embed.proj.weight", 4).shape;
	if (channels !== 3) throw notBuilt(`it takes images of ${channels} channels`, "Models of RGB images are.");
	if (patch !== other) throw notBuilt(`its patches are ${patch} x ${other} px`, "Square patches are.");
	const registers = has("reg_token") ? (need(tensors, "reg_token", 3).shape[1] ?? 0) : 0;
	const prefix = (has("cls_token") ? 1 : 0) + (has("dist_token") ? 1 : 0) + registers;
	const places = placesOf(tensors, facts, patch, prefix);
	if (places.resampled !== null) tensors.set("pos_embed", places.resampled);
	const [hiddenRows = 0] = need(tensors, "blocks.0.mlp.fc1.weight", 2).shape;
	const [, hidden = 0] = need(tensors, "blocks.0.mlp.fc2.weight", 2).shape;
	const isGated = hiddenRows === 2 * hidden;
	const head = tensors.get("head.weight");
	const pooling = facts.pooling ?? (has("cls_token") ? "cls" : "gap");
	const [representation] = has("pre_logits.fc.weight") ? need(tensors, "pre_logits.fc.weight", 2).shape : [];
	const [height, side] = places.size;
	const architecture: VitConfig = {
		imageSide: height === side ? side : places.size,
		patch,
		width,
		depth: countOf(tensors.keys(), /^blocks\.(\d+)\./),
		heads: facts.heads,
		mlpRatio: hidden / width,
		pooling: pooling === "cls" && head?.shape[1] === 2 * width ? "cls+gap" : pooling,
		classes: head?.shape[0] ?? 0,
		normEpsilon: facts.normEpsilon,
		...(pooling === "gap" && has("cls_token") ? { classToken: true } : {}),
		...(has("dist_token") ? { distillation: has("head_dist.weight") ? "head" : "token" } : {}),
		...(registers > 0 ? { registers } : {}),
		...(places.positions === "all" ? {} : { positions: places.positions }),
		...(has(relativeTable) ? { relativePositions: true } : {}),
		...(has("patch_embed.proj.bias") ? {} : { patchBias: false }),
		...(has("norm_pre.weight") ? { stemNorm: true } : {}),
		...(facts.blockNorms === "pre" ? {} : { blockNorms: facts.blockNorms }),
		...(has("blocks.0.ls1.gamma") ? { layerScale: true } : {}),
		...(has("blocks.0.attn.q_norm.weight") ? { queryKeyNorm: true } : {}),
		...(has("blocks.0.attn.qkv.bias") ? {} : { attentionBias: false }),
		...(isGated || facts.activation !== "gelu" ? { activation: isGated ? "silu" : facts.activation } : {}),
		...(isGated ? { gatedMlp: true } : {}),
		...(has("norm.weight") ? {} : { finalNorm: has("fc_norm.weight") ? "pooled" : "none" }),
		...(representation === undefined ? {} : { representation }),
	};
	return { architecture: { family: "vit", ...architecture }, tensors };
}

const relativeTable = "blocks.0.attn.relative_position_bias_table";

interface Places {
	/** Of the image, in pixels. */
	readonly size: readonly [height: number, width: number];
	readonly positions: NonNullable<VitConfig["positions"]>;
	/** The learned positions in another grid; null where they stay. */
	readonly resampled: Tensor | null;
}

/** @param prefix how many tokens stand before the patches */
function placesOf(tensors: ReadonlyMap<string, Tensor>, facts: VitFacts, patch: number, prefix: number): Places {
	const { declaredSize, imageSize, resampling } = facts;
	if (!tensors.has("pos_embed")) {
		if (!tensors.has(relativeTable)) {
			throw notBuilt("it keeps no positions (they may be sine-cosine or rotary)", "Learned positions are.");
		}
		return { size: sizeOfTable(tensors, facts, patch), positions: "none", resampled: null };
	}
	const pos = need(tensors, "pos_embed", 3);
	const [, count = 0] = pos.shape;
	const tiles = declaredSize?.every((side) => side % patch === 0) ?? false;
	const declared: Grid | null =
		declaredSize !== null && tiles ? [declaredSize[0] / patch, declaredSize[1] / patch] : null;
	// What is declared goes first: 9 positions may be 3 x 3 patches, or 2 x 2 behind a class token and four registers.
	const found = [declared, null].flatMap((grid) =>
		[prefix, 0].flatMap((first) => {
			const fitting = grid ?? squareOf(count - first);
			return fitting !== null && fitting[0] * fitting[1] === count - first ? [{ first, grid: fitting }] : [];
		}),
	);
	const [best] = found;
	if (best === undefined) {
		throw new SightlineError("BAD_INPUT", `${count} positions with ${prefix} tokens before the patches are no grid`, {
			hint: "Where the image is no square, config.json must give its size.",
		});
	}
	const { first, grid } = best;
	const positions = first === prefix ? "all" : "patches";
	const size = imageSize ?? ([grid[0] * patch, grid[1] * patch] as const);
	const wanted = gridOf({ imageSide: size, patch }, "vit");
	const isSame = wanted.join() === grid.join();
	return { size, positions, resampled: isSame ? null : resampledPositions(pos, first, grid, wanted, resampling) };
}

function squareOf(patches: number): Grid | null {
	const side = Math.sqrt(patches);
	return Number.isInteger(side) && side > 0 ? [side, side] : null;
}

/** The image that a table of relative positions is for: it has (2 side - 1)^2 + 3 rows. */
function sizeOfTable(tensors: ReadonlyMap<string, Tensor>, facts: VitFacts, patch: number): [number, number] {
	const [rows = 0] = need(tensors, relativeTable, 2).shape;
	const side = (Math.sqrt(rows - 3) + 1) / 2;
	const [height, width] = facts.imageSize ?? facts.declaredSize ?? [side * patch, side * patch];
	const [down, across] = [height / patch, width / patch];
	if ((2 * down - 1) * (2 * across - 1) + 3 === rows) return [height, width];
	throw notBuilt(
		`its ${rows} relative positions are not those of ${height} x ${width} px, and to bring them to another size`,
		Number.isInteger(side) ? `Build it for ${side * patch} x ${side * patch} px.` : "Give the size it was trained at.",
	);
}
