/** Fig. 4 of the paper: attention distance of a large model trained on little data, and claims C11 and C12. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { headLines, headProvenance, mostLocalHead } from "../../../../src/report/headLines.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { AccuracyResult, HeadsResult } from "../../../../src/report/queryResult.ts";
import { difference, type Estimate, least } from "../../../../src/report/statistics/estimates.ts";
import { topOne } from "../../topOne.ts";

interface Data {
	readonly few: HeadsResult & { readonly accuracy: AccuracyResult };
	readonly all: HeadsResult & { readonly accuracy: AccuracyResult };
}

const label = "$vitLarge3";

const noLocalHeads: Claim<Data> = {
	id: "C11",
	sentence: "Large ViTs that were trained on little data have no local heads in their lowest blocks.",
	rule: "A head counts as local by the bar of C9: at most .50 of the distance of uniform attention. In each of the two lowest blocks of the model trained on little data, even the most local head lies above that bar; the paper's least is .67. And it is the data: the most local head of these blocks lies further out than in the same model trained on all images. That is a direction, so the threshold of the difference is 0; its interval sets those of the two models end to end, which is wider than needed.",
	paper:
		"Smallest head over uniform .79 and .71 (ViT-L/16, blocks 0 and 1) and .80 and .67 (ViT-H/14) on ImageNet alone; .20 and .18, .06 and .21 after JFT (Fig. 3).",
	cases: [
		{
			label,
			tests: [
				...[0, 1].map((block) => ({
					name: `Smallest head distance over uniform, block ${block}`,
					side: "above" as const,
					threshold: 0.5,
					measure: ({ few }: Data, level: number) => mostLocalHead(few, block)(level),
				})),
				{
					name: "Smallest head distance over uniform in blocks 0 and 1, little data − all",
					side: "above" as const,
					threshold: 0,
					measure: ({ few, all }: Data, level: number) => difference(lowest(few), lowest(all))(level),
				},
			],
			also: [
				{
					name: "Smallest head distance over uniform in blocks 0 and 1, all images",
					measure: ({ all }, level) => lowest(all)(level),
				},
			],
		},
	],
};

const worse: Claim<Data> = {
	id: "C12",
	sentence: "Large ViTs that were trained on little data, without local heads, classify worse.",
	rule: "Top-1 on the report's images, of the model trained on all less that of the model trained on little data. The claim is of a direction, so the threshold is 0. The intervals of the two are set end to end, which is wider than needed, since both saw the same images.",
	paper:
		"10-shot probes of the last layer: 77 against 74.5 % (ViT-L/16), 79.7 against 71 % (ViT-H/14), read off Fig. 13; top-1 is not given.",
	cases: [
		{
			label,
			tests: [
				{
					name: "Top-1, all − little data",
					side: "above",
					threshold: 0,
					measure: ({ few, all }, level) => difference(topOne(all.accuracy), topOne(few.accuracy))(level),
				},
			],
			also: [
				{ name: "Top-1, all images", measure: ({ all }, level) => topOne(all.accuracy)(level) },
				{ name: "Top-1, little data", measure: ({ few }, level) => topOne(few.accuracy)(level) },
			],
		},
	],
};

export const attentionDistanceWithLessData = defineFigure<Data>({
	id: "04-attention-distance-with-less-data",
	title: "Mean attention distance of heads with less data",
	alt: "Line charts of mean attention distance in pixels against the rank of the head, a line for each block, for a vision transformer trained on few images and for the same trained on all.",
	howToRead:
		"Compare the left ends of the lowest blocks' lines in the two panels: low points are heads that look close by. If all images bring them and few do not, it was the data that taught the model to look close by.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [noLocalHeads, worse],
	chart: ({ few, all }) => headLines([few, all]),
	provenance: ({ few, all }) => [...headProvenance([few, all]), ...provenanceOf([few.accuracy, all.accuracy])],
});

/** The most local head of the two lowest blocks. */
function lowest(model: HeadsResult): Estimate {
	return least([mostLocalHead(model, 0), mostLocalHead(model, 1)]);
}
