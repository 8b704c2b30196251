/** Fig. 12 of the paper: blocks of models trained on fractions of the images beside those of the full model; C32, C33. */

import { pairAxes, pairProvenance, pairSeries, quarterMean } from "../../../../src/report/blockPairs.ts";
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import type { BlockSimilarityResult } from "../../../../src/report/queryResult.ts";
import { difference } from "../../../../src/report/statistics/estimates.ts";

type Pairs = "largeWith3" | "largeWith10" | "largeWith30" | "smallWith3" | "smallWith10" | "smallWith30" | "smallTwice";
type Data = Readonly<Record<Pairs, BlockSimilarityResult> & Record<"vit" | "vitLarge", { readonly title: string }>>;

const quarters =
	"The mean CKA with the same block of the full model over the lowest or the highest quarter of the blocks (at least one)";

const lowLayers: Claim<Data> = {
	id: "C32",
	sentence: "The lowest layers become nearly what they are with all data from a small fraction of it.",
	rule: `${quarters}: the lowest quarter exceeds .80, which lies between the paper's values for its small and its large model. Errors of several blocks are added end to end.`,
	paper:
		"Lowest quarter .91 to .94 (ViT-B/32, 3 %) and .95 to .97 (ViT-L/16, 10 %), .58 to .66 for ViT-L/16 with 3 % (read off the figure).",
	discrepancy:
		"The text says that low layers stay very similar at 3 % of the data, the caption at 10 %; the figure shows it at 3 % for ViT-B/32, and for ViT-L/16 only from 10 % on.",
	cases: [lowCase("$vit3", "smallWith3"), lowCase("$vitLarge3", "largeWith3"), lowCase("$vitLarge10", "largeWith10")],
};

function lowCase(label: string, pairs: Pairs): Claim<Data>["cases"][number] {
	return {
		label,
		tests: [
			{
				name: "Lowest quarter, mean CKA",
				side: "above",
				threshold: 0.8,
				measure: (data, level) => quarterMean(data[pairs], "lowest")(level),
			},
		],
	};
}

const highLayers: Claim<Data> = {
	id: "C33",
	sentence: "Higher layers, and larger models, need more data to become what they are with all of it.",
	rule: `${quarters}, models trained on 3 %: that of the lowest exceeds that of the highest, and that of the highest of the small model exceeds the large one's. Both are comparisons, so the thresholds are 0; intervals are set end to end.`,
	paper: "Last block with 3, 10 and 30 %: .59, .865, .87 (ViT-B/32) and .055, .05, .095 (ViT-L/16).",
	cases: [
		{
			label: "$vit3 and $vitLarge3",
			tests: [
				{
					name: "$vit: lowest − highest quarter",
					side: "above",
					threshold: 0,
					measure: ({ smallWith3 }, level) =>
						difference(quarterMean(smallWith3, "lowest"), quarterMean(smallWith3, "highest"))(level),
				},
				{
					name: "Highest quarter: $vit − $vitLarge",
					side: "above",
					threshold: 0,
					measure: ({ smallWith3, largeWith3 }, level) =>
						difference(quarterMean(smallWith3, "highest"), quarterMean(largeWith3, "highest"))(level),
				},
			],
			also: [
				{
					name: "Highest quarter of two runs of $vit on all images: what can be reached",
					measure: ({ smallTwice }, level) => quarterMean(smallTwice, "highest")(level),
				},
			],
		},
	],
};

export const dataScale = defineFigure<Data>({
	id: "12-data-scale",
	title: "How much data each block needs",
	alt: "Line charts of linear CKA between a block of a model trained on a fraction of the images and the same block of the model trained on all, for a large and a small vision transformer.",
	howToRead:
		"A point at 1 means that the block came out as it does with all the images. Read each line from left, the lowest block, to right: where it drops, the blocks above have not had enough images to settle.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [lowLayers, highLayers],
	chart: (data) => ({
		kind: "lines",
		...pairAxes,
		seriesName: "fraction",
		panels: [
			{
				title: data.vitLarge.title,
				series: [
					pairSeries("3 %", data.largeWith3),
					pairSeries("10 %", data.largeWith10),
					pairSeries("30 %", data.largeWith30),
				],
				references: [],
			},
			{
				title: data.vit.title,
				series: [
					pairSeries("3 %", data.smallWith3),
					pairSeries("10 %", data.smallWith10),
					pairSeries("30 %", data.smallWith30),
					pairSeries("second seed, all images", data.smallTwice),
				],
				references: [],
			},
		],
	}),
	provenance: ({ vit: _vit, vitLarge: _vitLarge, ...pairs }) => pairProvenance(Object.values(pairs)),
});
