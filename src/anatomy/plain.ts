/**
 * Blocks of a network without skips (Simonyan and Zisserman 2015, arXiv:1409.1556, call them by their resolution, as Keras
 * does: block1_conv1): a run of convolutions on maps of one resolution.
 */
import { afterActivation } from "./activation.ts";
import { convolutionsOf, partsBetween } from "./convolution.ts";
import type { Flow } from "./flow.ts";
import type { Normalisation } from "./normalisation.ts";
import type { Unit } from "./units.ts";

/** The fewest convolutions that make a network of their own. */
const fewest = 3;

/** @returns the runs of all convolutions on the way to `to` whose maps have more than one position; none if they are too few */
export function findPlainBlocks(flow: Flow, normalisations: readonly Normalisation[], to: string): Unit[] {
	const parts = partsBetween(flow, normalisations, flow.source, to);
	const sides = (tensor: string) => flow.shape(tensor).slice(2).join();
	const convolutions = convolutionsOf(flow, parts, to).filter(({ tensor }) => sides(tensor) !== "1,1");
	if (convolutions.length < fewest) return [];
	const firsts = convolutions.filter(({ tensor }, index) => {
		const before = convolutions[index - 1];
		return before === undefined || sides(before.tensor) !== sides(tensor);
	});
	return firsts.map((first, index): Unit => {
		const next = firsts[index + 1];
		const end = next === undefined ? convolutions.length : convolutions.indexOf(next);
		const last = convolutions[end - 1] ?? first;
		return {
			kind: "plain",
			input: first.input,
			residual: null,
			branch: partsBetween(flow, normalisations, first.input, last.end),
			projection: [],
			output: afterActivation(flow, last.end) ?? last.end,
		};
	});
}
