import { attentionDistance } from "../questions/attentionDistance.ts";
import type { HeadResolvers } from "../schema.generated.ts";

export const Head: HeadResolvers = {
	block: ({ attention }) => attention.block,
	index: ({ index }) => index,
	attentionDistance: (head, { images }, context) => attentionDistance(context, head, images),
};
