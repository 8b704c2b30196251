/** The same block in two models: the check that a copy of a model computes what the model does. */
import { pairOf, pairProvenance, pairSeries } from "../../../../src/report/blockPairs.ts";
import type { Check } from "../../../../src/report/check.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import type { BlockSimilarityResult } from "../../../../src/report/queryResult.ts";
import { least } from "../../../../src/report/statistics/estimates.ts";

interface Data {
	readonly before: { readonly title: string };
	readonly after: { readonly title: string };
	readonly pairs: BlockSimilarityResult;
}

const blockCka: Check<Data> = {
	id: "blockCka",
	sentence: "The least linear CKA of a block's output in the two models",
	digits: 4,
	bound: "atLeast",
	threshold: 0.99,
	optional: false,
	measure: ({ pairs }, level) =>
		pairs.blocks.length === 0
			? { reason: pairs.reason ?? "there are no blocks" }
			: least(pairs.blocks.map(({ block }) => pairOf(pairs, block)))(level),
};

export const blocks = defineFigure<Data>({
	id: "01-blocks",
	title: "Similarity of each block in the two models",
	alt: "Line chart of linear CKA between the output of each block in one model and in the other.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	checks: [blockCka],
	chart: ({ before, after, pairs }) => {
		const series = pairSeries("CKA", pairs);
		return {
			kind: "lines",
			x: { title: "Block", scale: "values" },
			// Down to the tenth below the least: of two like models the rest of the scale is empty.
			y: {
				title: "Linear CKA of the block in the two models",
				from: Math.min(0.9, Math.floor(10 * Math.min(1, ...series.points.map(({ y }) => y))) / 10),
				to: 1,
			},
			seriesName: "pair",
			panels: [{ title: `${before.title} and ${after.title}`, series: [series], references: [] }],
		};
	},
	provenance: ({ pairs }) => pairProvenance([pairs]),
});
