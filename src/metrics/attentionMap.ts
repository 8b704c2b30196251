import { type Anatomy, tokensBeforePatches } from "../anatomy/anatomy.ts";
import { fromFloat32s } from "../tensor/values.ts";
import {
	attentionAbsence,
	attentionOutput,
	attentionTokens,
	headCount,
	headRecord,
	requireTokens,
} from "./headRecord.ts";
import type { Metric, Records } from "./metric.ts";

/**
 * What a head looks at: its attention weights on the patches, as asked by the class token, by one patch, or by all patches
 * on the mean. For looking at one image, or averaged over images.
 *
 * in      attention weights [n, heads, tokens, tokens] after softmax, of every block that has attention
 * device  per block [n, heads, patches]
 * record  float32 [images, heads of all blocks, patches]
 * value   [heads of all blocks][patches], row by row: weights from 0 to 1; what is missing to 1 rests on the class token
 */
export const attentionMap: Metric<MapParameters, AttentionMaps, readonly [Records], MapOptions> = {
	name: "attentionMap",
	version: 1,
	variant: "attention weights on the patches",
	laws: { symmetric: false, invariantTo: ["imageOrder"], notTo: ["scaling", "translation", "rotation"] },

	absence: attentionAbsence,

	nodes({ emit, anatomy, batchSize, shape, parameters: { query } }) {
		const tokens = attentionTokens(anatomy);
		const first = tokensBeforePatches(tokens);
		return Object.fromEntries(
			anatomy.attentions.map((attention) => {
				requireTokens(attention, shape(attention.weights), tokens);
				const { count } = tokens;
				const rows = emit.reshape(attention.weights, [batchSize * attention.heads, count, count]);
				// The mean of the patches' rows as a product: the weights are read where they lie.
				const share = 1 / (count - first);
				const patches = Float32Array.from({ length: count }, (_, token) => (token < first ? 0 : share));
				const token = query === "cls" ? 0 : first + Number(query);
				const asked =
					query === "mean"
						? emit.add("MatMul", [emit.constant(fromFloat32s([1, count], patches)), rows])
						: emit.slice(rows, 1, token, token + 1);
				const toPatches = emit.slice(asked, 2, first, count);
				return [attentionOutput(attention), emit.reshape(toPatches, [batchSize, attention.heads * (count - first)])];
			}),
		);
	},

	record: (outputs, { images }, { anatomy }) => headRecord(outputs, images, anatomy.attentions, patchesOf(anatomy)),

	recordBytes: ({ anatomy }, images) => 4 * images * headCount(anatomy.attentions) * patchesOf(anatomy),

	finish,
};

export type MapParameters = {
	/** "cls", "mean" (of all patches), or a patch's number, counted row by row. */
	readonly query: string;
};

export interface MapOptions {
	/** Which image of the run; null for the mean over all. */
	readonly image: number | null;
}

export interface AttentionMaps {
	/** [heads of all blocks][patches]; null where weights are not finite. */
	readonly heads: readonly (readonly number[] | null)[];
	readonly images: number;
}

function finish([{ anatomy, records }]: readonly [Records], { image }: MapOptions): AttentionMaps {
	const [heads, patches] = [headCount(anatomy.attentions), patchesOf(anatomy)];
	const sums = new Float64Array(heads * patches);
	let [seen, counted] = [0, 0];
	for (const { values, images } of records) {
		for (let own = 0; own < images; own++, seen++) {
			if (image !== null && image !== seen) continue;
			counted++;
			for (let at = 0; at < sums.length; at++)
				sums[at] = (sums[at] as number) + (values[own * sums.length + at] as number);
		}
	}
	return {
		heads: Array.from({ length: heads }, (_, head) => {
			const map = Array.from(sums.subarray(head * patches, (head + 1) * patches), (sum) => sum / counted);
			return map.every(Number.isFinite) ? map : null;
		}),
		images: counted,
	};
}

function patchesOf(anatomy: Anatomy): number {
	const { grid } = attentionTokens(anatomy);
	return grid[0] * grid[1];
}
