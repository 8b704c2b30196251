/** The heads of a block's attention: as its weights are shaped, and as the model's entry declares them. */
import { SightlineError } from "../errors.ts";
import type { Attention, Finding } from "./anatomy.ts";
import { type ChannelAxes, vectorsOf } from "./axes.ts";
import type { EncoderBlock } from "./encoder.ts";
import type { Flow } from "./flow.ts";

/**
 * The attention of a block, none where no tensor of the graph holds its weights over the tokens of its stream. Windows that are one axis with images and
 * heads are told by how many tokens an attention has of those of its stream.
 *
 * @param declared heads that the model's entry declares
 * @throws SightlineError BAD_INPUT: the weights have another number of heads
 */
export function headsOf(
	flow: Flow,
	axes: ChannelAxes,
	{ core, output }: EncoderBlock["attention"],
	block: number,
	declared: number | undefined,
): Attention[] {
	if (core.weights === null) return [];
	const { weights, layout, heads } = core.weights;
	const merged = layout === "batch*heads,query,key";
	const windows = vectorsOf(flow, axes, output) / (flow.shape(weights).at(-1) ?? 1);
	const areWindows = merged && Number.isInteger(windows) && windows > 1 && heads % windows === 0;
	// Over channels, or over tokens that were pooled for it: not what a head sees of the grid.
	if (core.weights.windows === undefined && !areWindows && windows !== 1) return [];
	const found: Attention = areWindows
		? { block, weights, layout: "batch*windows*heads,query,key", heads: heads / windows, windows, mixed: null }
		: { block, ...core.weights };
	if (declared === undefined || declared === found.heads) return [found];
	const shape = flow.shape(weights).join(", ");
	throw new SightlineError(
		"BAD_INPUT",
		`overrides.heads is ${declared}, but the attention weights of blocks.${block} [${shape}] are those of ${found.heads}`,
		{ hint: "Correct it in the model's entry, or leave it out." },
	);
}

export function headsFinding(attentions: readonly Attention[], blocks: number): Finding {
	const part = "heads";
	const merged = attentions.some(({ layout }) => layout.includes("*heads"));
	if (attentions.length < blocks)
		return {
			part,
			confidence: "guess",
			reason: `The graph holds the weights of ${attentions.length} of ${blocks} attentions.`,
		};
	if (merged)
		return {
			part,
			confidence: "likely",
			reason: "Heads are one axis with the images; how many follows from the batch and the tokens.",
		};
	const windows = attentions.some((each) => each.windows !== undefined) ? "; windows are one with the images" : "";
	return { part, confidence: "certain", reason: `Attention weights have an axis of heads${windows}.` };
}
