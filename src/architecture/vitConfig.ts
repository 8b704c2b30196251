/** What a Vision Transformer is made of (Dosovitskiy et al. 2021, arXiv:2010.11929), with what later ones changed. */
import { SightlineError } from "../errors.ts";
import type { Activation } from "./activation.ts";
import { gridOf, patchCount } from "./patches.ts";

/** What may be left out is as in the original; whether there is a class token then follows from the pooling. */
export interface VitConfig {
	/** Pixels a side of the image; [height, width] where it is no square. */
	readonly imageSide: number | readonly [height: number, width: number];
	/** Pixels a side of a patch. */
	readonly patch: number;
	/** Of a token. */
	readonly width: number;
	/** Blocks. */
	readonly depth: number;
	readonly heads: number;
	/** Width of an MLP's hidden layer over that of a token. */
	readonly mlpRatio: number;
	/** What the head reads: the class token, the mean of the patches' tokens, or both side by side (DINOv2's). */
	readonly pooling: "cls" | "gap" | "cls+gap";
	/** 0: there is no head, and what the head would read is the output. */
	readonly classes: number;
	readonly normEpsilon: number;
	/** Blocks that were trained without their two skips (Raghu et al. 2021, Fig. 8): the branch alone goes on. */
	readonly withoutSkips?: readonly number[];
	/** Whether the first token is a class token; left out: unless the pooling is "gap". */
	readonly classToken?: boolean;
	/**
	 * A token behind the class token (DeiT, Touvron et al. 2021, arXiv:2012.12877): with a head of its own, and the
	 * logits are the mean of both heads'; or one that no head reads.
	 */
	readonly distillation?: "head" | "token";
	/** Tokens before the patches that nothing reads (Darcet et al. 2024, arXiv:2309.16588). */
	readonly registers?: number;
	/** Learned positions: added to all tokens (left out), to the patches before other tokens join them, or to none. */
	readonly positions?: "all" | "patches" | "none";
	/** Each block adds to its scores a learned number for each head and offset in the grid (BEiT). */
	readonly relativePositions?: boolean;
	/** The patch embedding has a bias; left out: yes. */
	readonly patchBias?: boolean;
	/** A norm between the positions and the first block (CLIP). */
	readonly stemNorm?: boolean;
	/** Where a block's norms are: f(norm(x)) + x (left out), norm(f(x)) + x, or norm(f(x) + x). */
	readonly blockNorms?: "pre" | "branch" | "post";
	/** Each branch is scaled by a learned vector (Touvron et al. 2021, arXiv:2103.17239). */
	readonly layerScale?: boolean;
	/** Queries and keys are normed head by head (Dehghani et al. 2023, arXiv:2302.05442). */
	readonly queryKeyNorm?: boolean;
	/** Queries, keys and values have a bias; left out: yes. */
	readonly attentionBias?: boolean;
	/** Of the MLP; left out: "gelu". */
	readonly activation?: Activation;
	/** The MLP's hidden layer is a product of two halves, one through the activation (Shazeer 2020, arXiv:2002.05202). */
	readonly gatedMlp?: boolean;
	/** The last norm is of all tokens (left out), of what was pooled, or there is none. */
	readonly finalNorm?: "tokens" | "pooled" | "none";
	/** Width of a layer with tanh before the head, as Google pretrained on ImageNet-21k. */
	readonly representation?: number;
}

export function hasClassToken({ classToken, pooling }: VitConfig): boolean {
	return classToken ?? pooling !== "gap";
}

/** How many tokens stand before those of the patches: the class token, that for distillation, registers. */
export function prefixCount(config: VitConfig): number {
	return (hasClassToken(config) ? 1 : 0) + (config.distillation === undefined ? 0 : 1) + (config.registers ?? 0);
}

export function tokenCount(config: VitConfig): number {
	return patchCount(config) + prefixCount(config);
}

/** Of the MLP. */
export function hiddenWidth({ mlpRatio, width }: Pick<VitConfig, "mlpRatio" | "width">): number {
	return Math.round(mlpRatio * width);
}

/** @throws SightlineError BAD_INPUT where numbers do not fit each other */
export function checkVitConfig(config: VitConfig): void {
	const { width, heads, depth, pooling } = config;
	gridOf(config, "vit");
	if (!Number.isInteger(width / heads)) {
		throw new SightlineError("BAD_INPUT", `vit: heads share the width, but ${width} is no multiple of ${heads}`);
	}
	for (const block of config.withoutSkips ?? [])
		if (!(block >= 0 && block < depth))
			throw new SightlineError("BAD_INPUT", `vit: there is no block ${block} to leave without skips, only ${depth}`);
	if (pooling !== "gap" && !hasClassToken(config)) {
		throw new SightlineError("BAD_INPUT", `vit: the pooling is "${pooling}", but there is no class token`);
	}
	if (config.relativePositions && !(hasClassToken(config) && prefixCount(config) === 1)) {
		throw new SightlineError("BAD_INPUT", "vit: relative positions go with a class token and no further one");
	}
	if (config.distillation === "head" && (pooling !== "cls" || config.finalNorm === "pooled")) {
		throw new SightlineError("BAD_INPUT", 'vit: a head of distillation goes with the pooling "cls" and normed tokens');
	}
}
