import { headsOf } from "../heads.ts";
import { residualNorms } from "../questions/residualNorms.ts";
import type { BlockResolvers } from "../schema.generated.ts";

/** A block's place in its model; its layers and heads are found when asked for. */
export const Block: BlockResolvers = {
	index: ({ block }) => block.index,
	kind: ({ block }) => block.kind,
	stage: ({ block }) => block.stage,
	layers: ({ open, block }) => open.anatomy.layers.filter((layer) => layer.block === block.index),
	residualNorms: (block, given, context) => residualNorms(context, block, given),
	heads: ({ open, block }) => headsOf(open, block.index),
};
