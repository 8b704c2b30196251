import type { Attention, TokenLayout } from "../anatomy/anatomy.ts";
import { SightlineError } from "../errors.ts";
import { meanAndStandardError } from "../numerics/moments.ts";
import { fromFloat32s } from "../tensor/values.ts";
import type { Estimate, Metric, NoParameters } from "./metric.ts";

/**
 * Mean attention distance of every head (Raghu et al. 2021, Fig. 3): the distance in pixels between the patch that asks
 * and the patch that is attended to, weighted by attention and averaged over the asking patches. The class token's row
 * and column are dropped without renormalisation, so a head that looks at the class token alone has a distance near 0.
 *
 * in      attention weights [n, heads, tokens, tokens] after softmax, of every block that has attention
 * device  per block [n, heads]: the mean distance of each image, pixels
 * record  float32 [images, heads of all blocks], block after block
 * value   per head the mean over images and its standard error, pixels; beside it what uniform attention would give
 */
export const attentionDistance: Metric<NoParameters, AttentionDistances> = {
	name: "attentionDistance",
	version: 1,
	variant:
		"mean over queries, class token's row and column dropped without renormalisation (Raghu et al. 2021, Fig. 3)",
	laws: { symmetric: false, invariantTo: ["imageOrder"], notTo: ["scaling", "translation", "rotation"] },

	absence: ({ tokens, attentions }) =>
		attentions.length === 0
			? "it has no attention whose weights the graph holds"
			: tokens === null
				? "no grid of patches was found"
				: null,

	nodes({ emit, anatomy, batchSize, shape }) {
		const tokens = tokensOf(anatomy);
		const weightOfPair = emit.constant(fromFloat32s([tokens.count ** 2, 1], distancePerQuery(tokens)));
		return Object.fromEntries(
			anatomy.attentions.map((attention) => {
				requireTokens(attention, shape(attention.weights), tokens);
				// A product with the pairs in one column reads the weights once; Mul and ReduceSum would write a copy.
				const flat = emit.reshape(attention.weights, [batchSize * attention.heads, tokens.count ** 2]);
				const distances = emit.add("MatMul", [flat, weightOfPair]);
				return [outputOf(attention), emit.reshape(distances, [batchSize, attention.heads])];
			}),
		);
	},

	record(outputs, { images }, { anatomy }) {
		const width = headCount(anatomy.attentions);
		const record = new Float32Array(images * width);
		let from = 0;
		for (const attention of anatomy.attentions) {
			const output = outputs[outputOf(attention)];
			if (output === undefined) throw new Error(`attentionDistance: the pass gave no ${outputOf(attention)}`);
			const { heads } = attention;
			for (let image = 0; image < images; image++)
				record.set(output.data.subarray(image * heads, (image + 1) * heads), image * width + from);
			from += heads;
		}
		return record;
	},

	recordBytes: ({ anatomy }, images) => 4 * images * headCount(anatomy.attentions),

	finish([{ anatomy, records }]) {
		const images = records.reduce((total, batch) => total + batch.images, 0);
		const width = headCount(anatomy.attentions);
		const heads = anatomy.attentions.flatMap(({ block, heads }) =>
			Array.from({ length: heads }, (_, head) => ({ block, head })),
		);
		return {
			heads: heads.map(({ block, head }, column) => ({
				block,
				head,
				distance: estimate(
					records.flatMap(({ values, images }) =>
						Array.from({ length: images }, (_, image) => values[image * width + column] as number),
					),
				),
			})),
			uniformPx: uniformDistancePx(tokensOf(anatomy)),
			images,
		};
	},
};

export interface AttentionDistances {
	/** Of all blocks with attention, block by block. */
	readonly heads: readonly HeadDistance[];
	/** What attention spread evenly over the patches would give, pixels. */
	readonly uniformPx: number;
	readonly images: number;
}

export interface HeadDistance {
	readonly block: number;
	/** Within the block. */
	readonly head: number;
	/** Pixels; the standard error is that of the mean over images. */
	readonly distance: Estimate;
}

/** Mean distance in pixels between two patches of the grid, each pair (and each patch with itself) counted alike. */
export function uniformDistancePx(tokens: TokenLayout): number {
	const patches = tokens.grid[0] * tokens.grid[1];
	const total = distancePerQuery(tokens).reduce((sum, distance) => sum + distance, 0);
	return total / patches;
}

const outputOf = ({ block }: Attention): string => `block${block}`;
const headCount = (attentions: readonly Attention[]): number => attentions.reduce((sum, { heads }) => sum + heads, 0);

/**
 * For every pair of tokens [query, key] the distance of their patch centres in pixels, divided by the number of patches
 * that ask; zero where either is the class token, which comes first.
 */
function distancePerQuery({ grid: [rows, columns], patchPx, classToken, count }: TokenLayout): readonly number[] {
	const first = classToken ? 1 : 0;
	return Array.from({ length: count ** 2 }, (_, pair) => {
		const query = Math.floor(pair / count) - first;
		const key = (pair % count) - first;
		if (query < 0 || key < 0) return 0;
		const down = Math.floor(query / columns) - Math.floor(key / columns);
		const across = (query % columns) - (key % columns);
		return (patchPx * Math.sqrt(down * down + across * across)) / (rows * columns);
	});
}

function tokensOf({
	tokens,
	attentions,
}: {
	tokens: TokenLayout | null;
	attentions: readonly Attention[];
}): TokenLayout {
	if (tokens !== null && attentions.length > 0) return tokens;
	throw new SightlineError(
		"BAD_INPUT",
		"attentionDistance: no attention over a grid of patches was found in this model",
		{
			hint: "It is defined for vision transformers only; `sightline inspect` shows what was found.",
		},
	);
}

function requireTokens(
	{ block, heads }: Attention,
	shape: readonly number[],
	{ count, grid, classToken }: TokenLayout,
) {
	const [queries, keys] = shape.slice(-2);
	if (queries === count && keys === count) return;
	const expected = `${count} (${grid.join(" x ")} patches${classToken ? " and the class token" : ""})`;
	throw new SightlineError(
		"BAD_INPUT",
		`attentionDistance: block ${block} attends with ${queries} tokens to ${keys} (${heads} heads), expected ${expected}`,
		{ hint: "Distances need one token a patch, in row order; `sightline inspect` shows what was found." },
	);
}

function estimate(distances: readonly number[]): Estimate {
	if (distances.length === 0) return { value: null, standardError: null, reason: "no images" };
	const { mean, standardError } = meanAndStandardError(distances);
	if (!Number.isFinite(mean)) return { value: null, standardError: null, reason: "attention weights are not finite" };
	const reason = standardError === null ? "no standard error: it needs 2 images" : null;
	return { value: mean, standardError, reason };
}
