/** Fig. C.5 of the paper: attention distance of a small model trained on all images and on few, and claim C13. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { headLines, headProvenance, mostLocalHead } from "../../../../src/report/headLines.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { AccuracyResult, HeadsResult } from "../../../../src/report/queryResult.ts";
import { difference } from "../../../../src/report/statistics/estimates.ts";
import { topOne } from "../../topOne.ts";

interface Data {
	readonly all: HeadsResult & { readonly accuracy: AccuracyResult };
	readonly few: HeadsResult & { readonly accuracy: AccuracyResult };
}

const localHeads: Claim<Data> = {
	id: "C13",
	sentence:
		"A small ViT learns local heads even on little data, where its accuracy comes close to that of the model trained on all.",
	rule: "A head counts as local by the bar of C9: at most .50 of the distance of uniform attention. In each of the two lowest blocks of the small model trained on little data, the most local head passes it. How close the accuracies are is printed without a verdict, since the paper states no number to hold them to, and a fraction of these images is scarcer than ImageNet.",
	paper: "Fig. C.5 shows local heads of ViT-B/32 after either training; its values were not to be had.",
	cases: [
		{
			label: "$vit3",
			tests: [0, 1].map((block) => ({
				name: `Smallest head distance over uniform, block ${block}`,
				side: "below" as const,
				threshold: 0.5,
				measure: ({ few }: Data, level: number) => mostLocalHead(few, block)(level),
			})),
			also: [
				...[0, 1].map((block) => ({
					name: `Smallest head distance over uniform, block ${block}, all images`,
					measure: ({ all }: Data, level: number) => mostLocalHead(all, block)(level),
				})),
				{
					name: "Top-1, all − little data",
					measure: ({ few, all }: Data, level: number) => difference(topOne(all.accuracy), topOne(few.accuracy))(level),
				},
			],
		},
	],
};

export const attentionDistanceByData = defineFigure<Data>({
	id: "c-5-attention-distance-by-data",
	title: "Mean attention distance of a small model's heads, with all and with little data",
	alt: "Line charts of mean attention distance in pixels against the rank of the head, a line for each block, for a small vision transformer trained on all images and on few.",
	howToRead:
		"Compare the left ends of the lowest blocks' lines in the two panels: low points are heads that look close by. If both panels have them, the small model learns to look close by even from few images.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [localHeads],
	chart: ({ all, few }) => headLines([all, few]),
	provenance: ({ all, few }) => [...headProvenance([all, few]), ...provenanceOf([all.accuracy, few.accuracy])],
});
