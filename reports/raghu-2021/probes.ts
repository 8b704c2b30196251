/** What the figures of linear probes share: curves over depth, and estimates of accuracies. */
import type { Point, Series } from "../../src/report/figureSpec.ts";
import { provenanceOf } from "../../src/report/provenance.ts";
import type { LinearProbeResult, ProvenanceResult } from "../../src/report/queryResult.ts";
import { type Estimate, mean, withInterval } from "../../src/report/statistics/estimates.ts";

/** Probes of one readout, from the input to the last block. */
export type ProbeCurve = readonly LinearProbeResult[];

/** Accuracies in percent over relative depth: 0 is the first layer read, 1 the last. */
export function probeSeries(label: string, curve: ProbeCurve, shown = true): Series {
	return {
		label,
		shown,
		points: curve.flatMap(({ layer, accuracy, low, high }, index): Point[] => {
			if (accuracy === null) return [];
			const interval = low === null || high === null ? {} : { interval: [percent(low), percent(high)] as const };
			return [
				{
					x: Math.round((1000 * index) / Math.max(1, curve.length - 1)) / 1000,
					y: percent(accuracy),
					standardError: null,
					...interval,
					name: layer?.name ?? `layer ${index}`,
				},
			];
		}),
	};
}

function percent(share: number): number {
	return Math.round(share * 1e4) / 100;
}

/** Accuracy 0 to 1 of a layer counted from 0, or from the end where negative. */
export function accuracyAt(curve: ProbeCurve, index: number): Estimate {
	const probe = curve.at(index);
	if (probe === undefined) return () => ({ reason: "there is no such layer" });
	return withInterval(probe.accuracy, probe.low, probe.high, probe.reason);
}

/** The layer at a share of the depth, the lower one where it lies between two. */
export function indexAtDepth(curve: ProbeCurve, depth: number): number {
	return Math.floor(depth * (curve.length - 1));
}

/** Mean accuracy of the layers from one share of the depth up to another, both included. */
export function meanAccuracy(curve: ProbeCurve, from: number, to: number): Estimate {
	const indices = curve.map((_, index) => index).filter((index) => within(index / (curve.length - 1), from, to));
	return mean(indices.map((index) => accuracyAt(curve, index)));
}

function within(depth: number, from: number, to: number): boolean {
	return depth >= from - 1e-9 && depth <= to + 1e-9;
}

export function probeProvenance(curves: readonly ProbeCurve[]): readonly ProvenanceResult[] {
	return provenanceOf(curves.flat());
}

/** The readouts of Figs 11 and F.3: the head that a model was trained with, then what the probe is given. */
export function readoutSeries(
	vit: ReadoutCurves,
	vitGap: (Pick<ReadoutCurves, "mean"> & FirstTokenCurve) | undefined,
): Series[] {
	return [
		probeSeries("CLS; class token", vit.cls),
		probeSeries("CLS; mean of the others", vit.mean),
		probeSeries("CLS; mean of all", vit.meanWithCls),
		...(vitGap === undefined
			? []
			: [probeSeries("GAP; first token", vitGap.firstToken), probeSeries("GAP; mean", vitGap.mean)]),
	];
}

/** Of a model with a class token. */
export interface ReadoutCurves {
	readonly cls: ProbeCurve;
	readonly mean: ProbeCurve;
	readonly meanWithCls: ProbeCurve;
}

/** Of a model that is read at the mean of its tokens. */
export interface FirstTokenCurve {
	readonly firstToken: ProbeCurve;
}

/** A model whose mean token was probed at each depth. */
export interface ProbedModel {
	readonly title: string;
	readonly mean: ProbeCurve;
}

export function modelSeries(models: readonly ProbedModel[]): Series[] {
	return models.map(({ title, mean: curve }) => probeSeries(title, curve));
}

/** The axes of every figure of probes. */
export const probeAxes = {
	x: { title: "Depth (0 input of the first block, 1 output of the last)", scale: "values" },
	y: { title: "Accuracy of the probe (%)", to: null },
} as const;
