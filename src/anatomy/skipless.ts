/**
 * Inverted residual blocks whose stride or width leaves no room for a skip (Sandler et al. 2018, arXiv:1801.04381), which
 * the field counts as blocks like the others: a depthwise convolution, in front of it perhaps a pointwise one that widens,
 * and behind it a pointwise one without activation. That last is the sign: it is linear so that nothing is lost.
 */
import { type Convolution, convolutionsOf, partsBetween } from "./convolution.ts";
import type { Flow } from "./flow.ts";
import type { Normalisation } from "./normalisation.ts";
import type { Unit } from "./units.ts";

/** The blocks between two tensors, of which the first dominates the second, in the order of the forward pass. */
export function findSkipless(flow: Flow, normalisations: readonly Normalisation[], from: string, to: string): Unit[] {
	const convolutions = convolutionsOf(flow, partsBetween(flow, normalisations, from, to), to);
	const blocks: Unit[] = [];
	let begin = 0;
	for (const [index, last] of convolutions.entries()) {
		const depthwise = convolutions[index - 1];
		if (!last.isPointwise || last.isDepthwise || last.bends || depthwise === undefined || index - 1 < begin) continue;
		if (!depthwise.isDepthwise && !isFused(depthwise, last)) continue;
		const widening = convolutions[index - 2];
		const isWidened =
			depthwise.isDepthwise && index - 2 >= begin && widening !== undefined && widens(widening, depthwise);
		const { input } = isWidened ? widening : depthwise;
		blocks.push({
			kind: "inverted",
			input,
			residual: null,
			branch: partsBetween(flow, normalisations, input, last.end),
			projection: [],
			output: last.end,
		});
		begin = index + 1;
	}
	return blocks;
}

/** A stem is no expansion: it sees more than one position. */
function widens(convolution: Convolution, depthwise: Convolution): boolean {
	const { isPointwise, bends, channels, inputChannels } = convolution;
	return isPointwise && bends && channels === depthwise.inputChannels && channels >= inputChannels;
}

/** One convolution in place of expansion and depthwise (Tan and Le 2021, arXiv:2104.00298). */
function isFused(convolution: Convolution, last: Convolution): boolean {
	const { isPointwise, bends, channels, inputChannels } = convolution;
	return !isPointwise && bends && channels > last.channels && channels > inputChannels && inputChannels > 4;
}
