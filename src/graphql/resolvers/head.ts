import { attentionDistance } from "../questions/attentionDistance.ts";
import type { HeadResolvers } from "../schema.generated.ts";

/** A head's place in its model, and how far it looks. */
export const Head: HeadResolvers = {
	block: ({ attention }) => attention.block,
	index: ({ index }) => index,
	attentionDistance: (head, { images }, context) => attentionDistance(context, head, images),
};
