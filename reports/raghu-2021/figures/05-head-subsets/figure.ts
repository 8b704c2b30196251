/** Fig. 5 of the paper: CKA of subsets of the first block's heads with the lowest units of a ResNet, and claim C14. */
import type { Claim, Test } from "../../../../src/report/claim.ts";
import { defineFigure, present, textBeside } from "../../../../src/report/definition.ts";
import type { LinesPanel } from "../../../../src/report/figureSpec.ts";
import { batchesOf, provenanceOf } from "../../../../src/report/provenance.ts";
import type { HeadSubsetsResult } from "../../../../src/report/queryResult.ts";
import { sixDecimals } from "../../../../src/report/sixDecimals.ts";
import { within, withStandardError } from "../../../../src/report/statistics/estimates.ts";

interface Data {
	readonly vit: { readonly title: string; readonly headSubsetCka: HeadSubsetsResult };
	readonly vitLarge: {
		readonly title: string;
		readonly headSubsetCka: HeadSubsetsResult;
		/** Not there without a larger ResNet. */
		readonly withLarge?: HeadSubsetsResult;
	};
	readonly resnet: { readonly title: string };
	readonly resnetLarge: { readonly title: string };
}

/** How many of the ResNet's units the query compares with. */
const units = 4;

const falling: Claim<Data> = {
	id: "C14",
	sentence:
		"The farther the heads of a ViT's first block look, the less is what they see like the lowest layers of a ResNet.",
	rule: "Per unit of the ResNet, Spearman's rank correlation of the subsets' mean attention distance with their CKA. The claim is of a direction, so each lies below 0; a strict fall from subset to subset is not asked for, which the paper's own curves do not show. The interval is Student's on the jackknife error over batches; where the order of the subsets is the same without any batch, it is a point.",
	paper:
		"CKA falls by .06 to .18 between 34 and 101 px for ViT-L/16 with ResNet-50; rank correlations below 0 throughout (about −.25 for ViT-H/14 with block2/unit2; read off the figure).",
	discrepancy:
		"The text says that CKA falls monotonically; in the figure block2/unit2 (all panels) and block1/unit1 of ResNet-152 rise in between.",
	cases: [
		{ label: "$vit with $resnet", pick: ({ vit }: Data) => vit.headSubsetCka },
		{ label: "$vitLarge with $resnet", pick: ({ vitLarge }: Data) => vitLarge.headSubsetCka },
		{ label: "$vitLarge with $resnetLarge", pick: ({ vitLarge }: Data) => vitLarge.withLarge ?? notThere },
	].map(({ label, pick }) => ({
		label,
		tests: Array.from({ length: units }, (_, unit) => correlationTest(unit, pick)),
	})),
};

export const headSubsets = defineFigure<Data, "vitLarge" | "resnetLarge">({
	id: "05-head-subsets",
	title: "Similarity of head subsets to the lowest layers of a ResNet",
	alt: "Line charts of linear CKA between subsets of attention heads and four units of a ResNet, against the mean attention distance of the subset.",
	howToRead:
		"Follow a line from left, where the heads look close by, to right, where they look far. Where it falls, heads that look close by see more of what the ResNet's unit sees than those that look far.",
	query: textBeside(import.meta.url, "query.graphql"),
	optional: ["vitLarge", "resnetLarge"],
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [falling],
	chart: ({ vit, vitLarge, resnet, resnetLarge }) => {
		const panels = [
			panel(`${vit.title} × ${resnet.title}`, vit.headSubsetCka),
			...(vitLarge === undefined ? [] : [panel(`${vitLarge.title} × ${resnet.title}`, vitLarge.headSubsetCka)]),
			...(vitLarge?.withLarge === undefined || resnetLarge === undefined
				? []
				: [panel(`${vitLarge.title} × ${resnetLarge.title}`, vitLarge.withLarge)]),
		];
		return {
			kind: "lines",
			x: { title: "Mean attention distance of the heads (px)", scale: "values" },
			y: { title: "Linear CKA with the unit", to: null },
			seriesName: "unit",
			panels: panels.map(fromFirstSubset),
		};
	},
	provenance: ({ vit, vitLarge }) =>
		provenanceOf(present([vit.headSubsetCka, vitLarge?.headSubsetCka, vitLarge?.withLarge])),
});

/** The axis starts at the tenth of a pixel before the first subset: the heads of a block may lie close together. */
function fromFirstSubset(panel: LinesPanel): LinesPanel {
	const places = panel.series.flatMap(({ points }) => points.map(({ x }) => x));
	return places.length === 0 ? panel : { ...panel, ends: { x: { from: Math.floor(10 * Math.min(...places)) / 10 } } };
}

const notThere: HeadSubsetsResult = {
	...{ windows: [], units: [], values: [], standardErrors: [], correlations: [] },
	...{ reason: "there is no larger ResNet", provenance: null },
};

function correlationTest(unit: number, pick: (data: Data) => HeadSubsetsResult): Test<Data> {
	return {
		name: `Rank correlation of distance and CKA, unit ${unit + 1} of the ResNet`,
		side: "below",
		threshold: 0,
		measure(data, level) {
			const { correlations, reason, provenance } = pick(data);
			const found = correlations[unit];
			if (found === undefined) return { reason: reason ?? `there is no unit ${unit + 1}` };
			const rho = withStandardError(found.rho, found.standardError, batchesOf(provenance), found.reason);
			return within([-1, 1], rho)(level);
		},
	};
}

/** A line a unit, over the subsets from local to global. */
function panel(title: string, { windows, units: compared, values, standardErrors }: HeadSubsetsResult): LinesPanel {
	return {
		title,
		series: compared.map(({ name, block }, unit) => ({
			label: block === null ? name : `unit ${block + 1}`,
			shown: true,
			points: windows.flatMap(({ heads, meanDistancePx }, window) => {
				const [value, error] = [values[window]?.[unit] ?? null, standardErrors[window]?.[unit] ?? null];
				if (value === null) return [];
				return [
					{
						x: sixDecimals(meanDistancePx),
						y: sixDecimals(value),
						standardError: error === null ? null : sixDecimals(error),
						name: `${heads.length === 1 ? "head" : "heads"} ${heads.join(", ")}`,
					},
				];
			}),
		})),
		references: [],
	};
}
