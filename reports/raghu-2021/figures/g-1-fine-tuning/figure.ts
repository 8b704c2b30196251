/** Fig. G.1 of the paper: each block before and after fine-tuning, and claim C37. */

import { pairAxes, pairOf, pairProvenance, pairSeries } from "../../../../src/report/blockPairs.ts";
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import type { BlockSimilarityResult } from "../../../../src/report/queryResult.ts";
import { least } from "../../../../src/report/statistics/estimates.ts";

interface Data {
	readonly vit: { readonly title: string };
	readonly pairs: BlockSimilarityResult;
}

const intact: Claim<Data> = {
	id: "C37",
	sentence: "Fine-tuning leaves the lowest blocks nearly as they were.",
	rule: "The paper names the first 4 to 5 of 12 blocks: here the lowest third. In each of them the CKA of the block before and after exceeds .90. Intervals hold for all blocks at once.",
	paper:
		"From .65 up for ViT-B/16 over all blocks and data sets, down to .2 for larger models and for retinopathy and satellite images (axes only).",
	cases: [
		{
			label: "$vitFinetuned",
			roles: ["vit"],
			tests: [
				{
					name: "Least CKA of the lowest third of the blocks",
					side: "above",
					threshold: 0.9,
					measure: ({ pairs }, level) => {
						const lowest = pairs.blocks.slice(0, Math.max(1, Math.round(pairs.blocks.length / 3)));
						return least(lowest.map(({ block }) => pairOf(pairs, block)))(level);
					},
				},
			],
			also: [
				{
					name: "CKA of the last block",
					measure: ({ pairs }, level) => pairOf(pairs, pairs.blocks.length - 1)(level),
				},
			],
		},
	],
};

export const fineTuning = defineFigure<Data>({
	id: "g-1-fine-tuning",
	title: "Blocks before and after fine-tuning",
	alt: "Line chart of linear CKA between each block of a vision transformer before and after fine-tuning.",
	howToRead:
		"A point at 1 is a block that fine-tuning left as it was. Read from left, the lowest block, to right, and look where the line begins to fall.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [intact],
	chart: ({ vit, pairs }) => ({
		kind: "lines",
		...pairAxes,
		seriesName: "model",
		panels: [{ title: "Before and after", series: [pairSeries(vit.title, pairs)], references: [] }],
	}),
	provenance: ({ pairs }) => pairProvenance([pairs]),
});
