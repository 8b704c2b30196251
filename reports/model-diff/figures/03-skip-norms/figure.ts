/** What the skips carry beside what the branches add, in two models: a change of scale that CKA does not see. */
import { branchEstimates, normsProvenance, type Place } from "../../../../src/report/branches.ts";
import type { Check } from "../../../../src/report/check.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import type { Point, Series } from "../../../../src/report/figureSpec.ts";
import type { NormsResult, RatioResult } from "../../../../src/report/queryResult.ts";
import { sixDecimals } from "../../../../src/report/sixDecimals.ts";
import { type Estimate, largestOf, magnitude, weightedSum } from "../../../../src/report/statistics/estimates.ts";

interface Data {
	readonly before: Norms;
	readonly after: Norms;
}

type Norms = NormsResult<RatioResult>;

const places: readonly (Place & { readonly label: string })[] = [
	{ label: "attention, patches", kind: "ATTENTION", tokens: "spatial" },
	{ label: "attention, class token", kind: "ATTENTION", tokens: "cls" },
	{ label: "mixing, patches", kind: "TOKEN_MIXING", tokens: "spatial" },
	{ label: "MLP, patches", kind: "MLP", tokens: "spatial" },
	{ label: "MLP, class token", kind: "MLP", tokens: "cls" },
	{ label: "units", kind: "UNIT", tokens: "spatial" },
];

const normChange: Check<Data> = {
	id: "normChange",
	sentence: "The largest relative change of a ratio of norms, |skip| / |branch|",
	digits: 4,
	bound: "atMost",
	threshold: 0.05,
	optional: false,
	measure(data, level) {
		const [before, after] = [data.before.blocks.length, data.after.blocks.length];
		if (before !== after) return { reason: `${data.before.title} has ${before} blocks, ${data.after.title} ${after}` };
		const changes = places.flatMap((place) => changesAt(data, place)).flatMap((change) => change ?? []);
		return changes.length === 0
			? { reason: "there is no addition of the same kind in both" }
			: largestOf(changes.map(magnitude))(level);
	},
};

export const skipNorms = defineFigure<Data>({
	id: "03-skip-norms",
	title: "Change of the norm of the skip over that of the branch",
	alt: "Line chart of the ratio of the norm carried by the skip to the norm added by the branch, in one model over that in the other, by block.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	checks: [normChange],
	chart: (data) => {
		const series = places.map((place) => seriesAt(data, place)).filter(({ points }) => points.length > 0);
		const values = series.flatMap(({ points }) => points.map(({ y }) => y));
		return {
			kind: "lines",
			x: { title: "Block", scale: "values" },
			y: {
				title: "|skip| / |branch|, after over before",
				from: Math.floor(10 * Math.min(0.9, ...values)) / 10,
				to: Math.ceil(10 * Math.max(1.1, ...values)) / 10,
			},
			seriesName: "branch",
			panels: [
				{
					title: `${data.after.title} over ${data.before.title}`,
					series,
					references: [{ label: "no change", y: 1 }],
				},
			],
		};
	},
	provenance: ({ before, after }) => normsProvenance([before, after]),
});

function seriesAt(data: Data, place: Place & { readonly label: string }): Series {
	const points = changesAt(data, place).flatMap((change, block): Point[] => {
		const found = change?.(0.95) ?? { reason: "no such addition" };
		if ("reason" in found) return [];
		const [y, low, high] = [found.value, found.low, found.high].map((value) => sixDecimals(1 + value)) as [
			number,
			number,
			number,
		];
		return [{ x: block, y, standardError: null, interval: [low, high], name: `block ${block}` }];
	});
	return { label: place.label, shown: true, points };
}

/**
 * By how much of its value before each block's ratio changed, null where neither model has such an addition there. The
 * intervals of the two are set end to end, which is wider than needed: the images are the same.
 */
function changesAt({ before, after }: Data, place: Place): (Estimate | null)[] {
	const [old, young] = [before, after].map((model) => branchEstimates(model, place, ratioOf));
	return before.blocks.map((block, at) => {
		const [one, other] = [old?.[at], young?.[at]];
		if (!hasAddition(block, place) && !hasAddition(after.blocks[at], place)) return null;
		if (one === undefined || other === undefined) return () => ({ reason: `there is no block ${block.index}` });
		const found = one(0.95);
		if ("reason" in found) return () => found;
		if (!(found.value > 0)) return () => ({ reason: `block ${block.index}: the ratio before is ${found.value}` });
		const scale = 1 / found.value;
		return weightedSum([
			[scale, other],
			[-scale, one],
		]);
	});
}

function hasAddition(block: Norms["blocks"][number] | undefined, { kind, tokens }: Place): boolean {
	const branch = block?.residualNorms.branches.find((one) => one.kind === kind);
	return (branch?.[tokens] ?? null) !== null;
}

function ratioOf({ ratio, ratioStandardError, reason }: RatioResult) {
	return { value: ratio, standardError: ratioStandardError, reason };
}
