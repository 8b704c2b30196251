import { type TokenLayout, tokensBeforePatches } from "../anatomy/anatomy.ts";
import { fromFloat32s } from "../tensor/values.ts";
import {
	attentionAbsence,
	attentionOutput,
	attentionTokens,
	type HeadEstimate,
	headCount,
	headEstimates,
	headRecord,
	requireTokens,
} from "./headRecord.ts";
import type { Metric } from "./metric.ts";

/**
 * Mean attention distance of every head (Raghu et al. 2021, Fig. 3): the distance between the patch that asks and the patch
 * that is attended to, weighted by attention and averaged over the asking patches. Its variants:
 *
 * paper           pixels; the class token's row and column are dropped without renormalisation, so that a head that looks
 *                 at the class token alone has a distance near 0
 * renormalised    pixels; dropped, then each row is divided by what is left of it
 * withClassToken  pixels; the class token asks and is attended to like a patch in the middle of the image
 * unitGrid        no unit, renormalised; rows and columns of patches run from 0 to 1 (Walmer et al. 2023)
 *
 * in      attention weights [n, heads, tokens, tokens] after softmax, of every block that has attention
 * device  per block [n, heads]: the mean distance of each image
 * record  float32 [images, heads of all blocks], block after block
 * value   per head the mean over images, its standard error and the standard deviation; beside it what uniform attention
 *         would give
 */
export const attentionDistance: Metric<DistanceParameters, AttentionDistances> = {
	name: "attentionDistance",
	version: 2,
	variant: "mean over queries of the attention-weighted distance between patch centres",
	laws: { symmetric: false, invariantTo: ["imageOrder"], notTo: ["scaling", "translation", "rotation"] },

	absence: attentionAbsence,

	nodes({ emit, anatomy, batchSize, shape, parameters: { variant } }) {
		const tokens = attentionTokens(anatomy);
		const { pairs, isRenormalised } = distancesOf(tokens, variant);
		const { count } = tokens;
		// A product with the pairs in one column reads the weights once; Mul and ReduceSum would write a copy.
		const weightOfPair = isRenormalised ? "" : emit.constant(fromFloat32s([count ** 2, 1], pairs));
		return Object.fromEntries(
			anatomy.attentions.map((attention) => {
				requireTokens(attention, shape(attention.weights), tokens);
				const rows = batchSize * attention.heads;
				if (!isRenormalised) {
					const flat = emit.reshape(attention.weights, [rows, count ** 2]);
					const distances = emit.add("MatMul", [flat, weightOfPair]);
					return [attentionOutput(attention), emit.reshape(distances, [batchSize, attention.heads])];
				}
				// Per query: what is attended to by distance, over what is attended to at all.
				const byQuery = emit.reshape(attention.weights, [rows, count, count]);
				const distances = emit.add("Mul", [byQuery, emit.constant(fromFloat32s([count, count], pairs))]);
				const total = emit.reduce("ReduceSum", distances, [2], true);
				const share = emit.add("MatMul", [byQuery, emit.constant(fromFloat32s([count, 1], patchMask(tokens)))]);
				const first = tokensBeforePatches(tokens);
				const ratios = emit.slice(emit.add("Div", [total, share]), 1, first, count);
				const mean = emit.reduce("ReduceMean", ratios, [1, 2], false);
				return [attentionOutput(attention), emit.reshape(mean, [batchSize, attention.heads])];
			}),
		);
	},

	record: (outputs, { images }, { anatomy }) => headRecord(outputs, images, anatomy.attentions),

	recordBytes: ({ anatomy }, images) => 4 * images * headCount(anatomy.attentions),

	finish([{ anatomy, parameters, records }]) {
		// The one parameter, whose values these records were made with.
		const variant = parameters.variant as DistanceVariant;
		return {
			heads: headEstimates(anatomy.attentions, records),
			uniform: uniformDistance(attentionTokens(anatomy), variant),
			images: records.reduce((total, batch) => total + batch.images, 0),
		};
	},
};

export type DistanceVariant = "paper" | "renormalised" | "withClassToken" | "unitGrid";

export type DistanceParameters = { readonly variant: DistanceVariant };

export interface AttentionDistances {
	/** Of all blocks with attention, block by block: pixels, or shares of the image's side in the unit grid. */
	readonly heads: readonly HeadEstimate[];
	/** What attention spread evenly would give, in the same unit. */
	readonly uniform: number;
	readonly images: number;
}

/** Mean distance between two tokens that count, each pair (and each token with itself) counted alike. */
export function uniformDistance(tokens: TokenLayout, variant: DistanceVariant): number {
	const { pairs, asking, isRenormalised } = distancesOf(tokens, variant);
	const sum = pairs.reduce((total, distance) => total + distance, 0);
	// Without renormalisation each pair is divided by the number of queries already.
	return isRenormalised ? sum / asking ** 2 : sum / asking;
}

/**
 * For every pair of tokens [query, key] their distance; where rows are not renormalised, divided by the number of tokens
 * that ask. Zero where either is a token that does not count.
 */
function distancesOf(
	tokens: TokenLayout,
	variant: DistanceVariant,
): { readonly pairs: readonly number[]; readonly asking: number; readonly isRenormalised: boolean } {
	const { grid, patchPx, classToken, count } = tokens;
	const [rows, columns] = grid;
	const isRenormalised = variant === "renormalised" || variant === "unitGrid";
	const first = tokensBeforePatches(tokens);
	const withClassToken = classToken && variant === "withClassToken";
	const counts = (token: number): boolean => token >= first || (withClassToken && token === 0);
	const scale = variant === "unitGrid" ? [1 / Math.max(1, rows - 1), 1 / Math.max(1, columns - 1)] : [patchPx, patchPx];
	const place = (token: number): readonly [number, number] =>
		token < first
			? [(rows - 1) / 2, (columns - 1) / 2]
			: [Math.floor((token - first) / columns), (token - first) % columns];
	const asking = rows * columns + (withClassToken ? 1 : 0);
	const pairs = Array.from({ length: count ** 2 }, (_, pair) => {
		const [query, key] = [Math.floor(pair / count), pair % count];
		if (!counts(query) || !counts(key)) return 0;
		const [a, b] = [place(query), place(key)];
		const distance = Math.hypot((scale[0] as number) * (a[0] - b[0]), (scale[1] as number) * (a[1] - b[1]));
		return isRenormalised ? distance : distance / asking;
	});
	return { pairs, asking, isRenormalised };
}

/** 1 for patches, 0 for what stands before them. */
function patchMask(tokens: TokenLayout): readonly number[] {
	const first = tokensBeforePatches(tokens);
	return Array.from({ length: tokens.count }, (_, token) => (token < first ? 0 : 1));
}
