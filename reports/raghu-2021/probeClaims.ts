/** Tests that claims on probes over depth share: on the images of the models and on others. */
import type { Test } from "../../src/report/claim.ts";
import { difference, type Estimate, largestOf } from "../../src/report/statistics/estimates.ts";
import { accuracyAt, indexAtDepth, type ProbeCurve } from "./probes.ts";

/** Far better in the middle: the largest gain of all layers is more than half of the paper's 30 points. */
export function dataGapTest<Data>(full: (data: Data) => ProbeCurve, little: (data: Data) => ProbeCurve): Test<Data> {
	return {
		name: "Largest gain of any layer by more data",
		side: "above",
		threshold: 0.15,
		measure: (data, level) => largestOf(gapsByDepth(full(data), little(data)))(level),
	};
}

export const dataGapRule =
	"Accuracy of the probe with all data minus that with little, at the same layer; the largest over all layers exceeds 15 points, half of the 30 that the paper states. Intervals hold for all layers at once.";

/** Ahead half-way up. */
export function midwayTest<Data>(
	name: string,
	one: (data: Data) => ProbeCurve,
	other: (data: Data) => ProbeCurve,
): Test<Data> {
	return {
		name,
		side: "above",
		threshold: 0,
		measure: (data, level) => difference(midway(one(data)), midway(other(data)))(level),
	};
}

export const midwayRule =
	"Accuracy of the probe half-way up the ViT minus that half-way up the ResNet (the layer below where the middle lies between two). The claim is of a direction, so the threshold is 0. The two intervals are set end to end.";

function gapsByDepth(full: ProbeCurve, little: ProbeCurve): Estimate[] {
	return full.map((_, index) => difference(accuracyAt(full, index), accuracyAt(little, index)));
}

function midway(curve: ProbeCurve): Estimate {
	return accuracyAt(curve, indexAtDepth(curve, 0.5));
}
