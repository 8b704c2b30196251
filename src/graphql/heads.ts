/** A model's attention heads, block by block. */
import type { OpenModel } from "../data/modelFile.ts";
import type { HeadParent } from "./parents.ts";

/** @param block only those of this block */
export function headsOf(open: OpenModel, block?: number): HeadParent[] {
	return open.anatomy.attentions
		.filter((attention) => block === undefined || attention.block === block)
		.flatMap((attention) => Array.from({ length: attention.heads }, (_, index) => ({ open, attention, index })));
}
