/** What the figures of the same block in two models share. */
import type { Series } from "./figureSpec.ts";
import { batchesOf } from "./provenance.ts";
import type { BlockSimilarityResult, ProvenanceResult } from "./queryResult.ts";
import { sixDecimals } from "./sixDecimals.ts";
import { type Estimate, mean, withStandardError } from "./statistics/estimates.ts";

export function pairSeries(label: string, { blocks }: BlockSimilarityResult): Series {
	return {
		label,
		shown: true,
		points: blocks.flatMap(({ block, value, standardError }) =>
			value === null
				? []
				: [{ x: block, y: sixDecimals(value), standardError: sixDecimals(standardError ?? 0), name: `block ${block}` }],
		),
	};
}

/** CKA of a block in the two models. */
export function pairOf({ blocks, reason, provenance }: BlockSimilarityResult, block: number): Estimate {
	const pair = blocks.find((one) => one.block === block);
	if (pair === undefined) return () => ({ reason: reason ?? `there is no block ${block}` });
	return withStandardError(pair.value, pair.standardError, batchesOf(provenance), pair.reason);
}

/** Mean CKA of the lowest or the highest quarter of the blocks, at least one. */
export function quarterMean(pairs: BlockSimilarityResult, quarter: "lowest" | "highest"): Estimate {
	const blocks = pairs.blocks.map(({ block }) => block);
	const count = Math.max(1, Math.round(blocks.length / 4));
	const chosen = quarter === "lowest" ? blocks.slice(0, count) : blocks.slice(-count);
	return mean(chosen.map((block) => pairOf(pairs, block)));
}

export function pairProvenance(pairs: readonly BlockSimilarityResult[]): ProvenanceResult[] {
	return pairs.flatMap(({ provenance }) => (provenance === null ? [] : [provenance]));
}

export const pairAxes = {
	x: { title: "Block", scale: "values" },
	y: { title: "Linear CKA between the models", to: 1 },
} as const;
