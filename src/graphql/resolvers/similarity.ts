import { trace } from "../questions/convergence.ts";
import { leaveOneOut, matrix } from "../questions/similarity.ts";
import type { SimilarityResolvers } from "../schema.generated.ts";

/** The layers are known; the matrix is measured when one of these is asked for. */
export const Similarity: SimilarityResolvers = {
	values: async (parent, _given, context) => (await matrix(context, parent)).value.values,
	standardErrors: async (parent, _given, context) => (await matrix(context, parent)).value.standardErrors,
	leaveOneOut: async (parent, _given, context) => (await leaveOneOut(context, parent)).value,
	reasons: async (parent, _given, context) => (await matrix(context, parent)).value.reasons,
	batches: async (parent, _given, context) => (await matrix(context, parent)).value.batches,
	shuffled: async (parent, _given, context) => (await matrix(context, parent, true)).value,
	trace: (parent, _given, context) => trace(context, parent),
	stopped: (parent) => parent.stopped(),
	provenance: async (parent, _given, context) => (await matrix(context, parent)).provenance,
};
