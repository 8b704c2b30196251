import { distance, entropy, map } from "../questions/attention.ts";
import type { HeadResolvers } from "../schema.generated.ts";

/** A head's place in its model, how far and how widely it looks, and at what. */
export const Head: HeadResolvers = {
	block: ({ attention }) => attention.block,
	index: ({ index }) => index,
	attentionDistance: (head, given, context) => distance(context, head, given),
	attentionEntropy: (head, given, context) => entropy(context, head, given),
	attentionMap: (head, given, context) => map(context, head, given),
};
