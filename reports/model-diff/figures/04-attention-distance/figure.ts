/** How far each head looks, in two models. */
import type { Check } from "../../../../src/report/check.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import type { Point, Series } from "../../../../src/report/figureSpec.ts";
import { headProvenance } from "../../../../src/report/headLines.ts";
import type { AttentionDistanceResult, HeadsResult } from "../../../../src/report/queryResult.ts";
import { sixDecimals } from "../../../../src/report/sixDecimals.ts";
import {
	difference,
	type Estimate,
	largestOf,
	magnitude,
	onScale,
	withStandardError,
} from "../../../../src/report/statistics/estimates.ts";

interface Data {
	readonly before: HeadsResult;
	readonly after: HeadsResult;
}

const distanceChange: Check<Data> = {
	id: "distanceChange",
	sentence: "The largest change of a head's mean attention distance, as a share of the distance of uniform attention",
	digits: 4,
	bound: "atMost",
	threshold: 0.02,
	optional: true,
	measure(data, level) {
		const pairs = pairsOf(data);
		if (pairs.length === 0 || pairs.length !== headCount(data.before) || pairs.length !== headCount(data.after)) {
			const told = [data.before, data.after].map((model) => `${model.title} has ${headCount(model)} heads`);
			return { reason: told.join(", ") };
		}
		const shares = pairs.map(({ change, uniformPx }) => onScale(magnitude(change), (px) => px / uniformPx));
		return largestOf(shares)(level);
	},
};

export const attentionDistance = defineFigure<Data>({
	id: "04-attention-distance",
	title: "Change of each head's mean attention distance",
	alt: "Line chart of how many pixels farther each attention head looks in one model than in the other, by block.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	checks: [distanceChange],
	chart: (data) => {
		const series = seriesOf(pairsOf(data));
		const values = series.flatMap(({ points }) => points.map(({ y }) => y));
		return {
			kind: "lines",
			x: { title: "Block", scale: "values" },
			y: {
				title: "Mean attention distance, after − before (px)",
				from: Math.floor(Math.min(-1, ...values)),
				to: Math.ceil(Math.max(1, ...values)),
			},
			seriesName: "head",
			panels: [
				{
					title: `${data.after.title} − ${data.before.title}`,
					series,
					references: [{ label: "no change", y: 0 }],
				},
			],
		};
	},
	provenance: ({ before, after }) => headProvenance([before, after]),
});

/** A head of one number and block in both models. */
interface Pair {
	readonly block: number;
	readonly head: number;
	/** Pixels; the intervals of the two are set end to end, which is wider than needed. */
	readonly change: Estimate;
	readonly uniformPx: number;
}

function pairsOf({ before, after }: Data): Pair[] {
	return before.blocks.flatMap(({ index: block, heads }) =>
		heads.flatMap(({ index: head, attentionDistance }): Pair[] => {
			const other = after.blocks
				.find(({ index }) => index === block)
				?.heads.find(({ index }) => index === head)?.attentionDistance;
			const { uniformPx } = attentionDistance;
			if (other === undefined || uniformPx === null) return [];
			return [{ block, head, change: difference(estimateOf(other), estimateOf(attentionDistance)), uniformPx }];
		}),
	);
}

function estimateOf({ meanPx, standardErrorPx, reason, provenance }: AttentionDistanceResult): Estimate {
	return withStandardError(meanPx, standardErrorPx, provenance?.imagesUsed ?? 0, reason);
}

function headCount({ blocks }: HeadsResult): number {
	return blocks.reduce((sum, { heads }) => sum + heads.length, 0);
}

function seriesOf(pairs: readonly Pair[]): Series[] {
	return [...new Set(pairs.map(({ head }) => head))].map((head) => ({
		label: `head ${head}`,
		shown: true,
		points: pairs.flatMap((pair): Point[] => {
			const found = pair.change(0.95);
			if (pair.head !== head || "reason" in found) return [];
			const interval = [sixDecimals(found.low), sixDecimals(found.high)] as const;
			return [
				{ x: pair.block, y: sixDecimals(found.value), standardError: null, interval, name: `block ${pair.block}` },
			];
		}),
	}));
}
