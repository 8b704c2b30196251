import {
	attentionAbsence,
	attentionOutput,
	type HeadEstimate,
	headCount,
	headEstimates,
	headRecord,
} from "./headRecord.ts";
import type { Metric, NoParameters } from "./metric.ts";

/**
 * Entropy of every head's attention: -sum over keys of a ln a, averaged over all queries. 0 where each query looks at one
 * token, ln(tokens) where it looks at all alike.
 *
 * in      attention weights [n, heads, tokens, tokens] after softmax, of every block that has attention
 * device  per block [n, heads]: nats
 * record  float32 [images, heads of all blocks], block after block
 * value   per head the mean over images, its standard error and the standard deviation, nats
 */
export const attentionEntropy: Metric<NoParameters, AttentionEntropies> = {
	name: "attentionEntropy",
	version: 1,
	variant: "-sum over keys of a ln a, mean over all queries, nats",
	laws: { symmetric: false, invariantTo: ["imageOrder"], notTo: ["scaling", "translation", "rotation"] },

	absence: attentionAbsence,

	nodes({ emit, anatomy, batchSize, shape }) {
		return Object.fromEntries(
			anatomy.attentions.map((attention) => {
				const [queries = 0, keys = 0] = shape(attention.weights).slice(-2);
				const rows = emit.reshape(attention.weights, [batchSize * attention.heads, queries * keys]);
				// 0 ln 0 is 0: what is added is far below anything that a sum of float32 would notice.
				const logarithms = emit.add("Log", [emit.add("Add", [rows, emit.float(1e-30)])]);
				const sum = emit.reduce("ReduceSum", emit.add("Mul", [rows, logarithms]), [1], false);
				const mean = emit.add("Mul", [sum, emit.float(-1 / queries)]);
				return [attentionOutput(attention), emit.reshape(mean, [batchSize, attention.heads])];
			}),
		);
	},

	record: (outputs, { images }, { anatomy }) => headRecord(outputs, images, anatomy.attentions),

	recordBytes: ({ anatomy }, images) => 4 * images * headCount(anatomy.attentions),

	finish: ([{ anatomy, records }]) => ({
		heads: headEstimates(anatomy.attentions, records),
		images: records.reduce((total, batch) => total + batch.images, 0),
	}),
};

export interface AttentionEntropies {
	/** Of all blocks with attention, block by block. */
	readonly heads: readonly HeadEstimate[];
	readonly images: number;
}
