/** What the parts of a graph make up, by family: what an anatomy says beyond its input, its output and its weights. */
import type { Anatomy } from "./anatomy.ts";
import type { AttentionCore } from "./attention.ts";
import type { ChannelAxes } from "./axes.ts";
import type { Flow } from "./flow.ts";
import type { NamedTensor } from "./layers.ts";
import type { Normalisation } from "./normalisation.ts";
import type { Residual } from "./residual.ts";

/** What was found by patterns in the whole graph, each in the order of the forward pass. */
export interface Parts {
	readonly residuals: readonly Residual[];
	readonly attentions: readonly AttentionCore[];
	readonly normalisations: readonly Normalisation[];
	readonly axes: ChannelAxes;
}

export type Body = Pick<
	Anatomy,
	"family" | "blocks" | "attentions" | "residuals" | "tokens" | "pooling" | "findings" | "remarks"
> & {
	readonly layers: readonly NamedTensor[];
};

/**
 * The norm after the last block, in front of the pooling or behind it: the last on every way from there to the output.
 *
 * @param from a tensor of the last block that all ways to the output lead through
 */
export function finalNorm(flow: Flow, parts: Parts, from: string, output: string): Normalisation | null {
	const after = new Set(flow.spine(from, output));
	return parts.normalisations.findLast((norm) => after.has(norm.output)) ?? null;
}
