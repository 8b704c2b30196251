/** Fig. 3 of the paper: mean attention distance of every head, and claims C9 and C10. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, present, textBeside } from "../../../../src/report/definition.ts";
import { headLines, headProvenance, mostGlobalHead, mostLocalHead } from "../../../../src/report/headLines.ts";
import type { HeadsResult } from "../../../../src/report/queryResult.ts";

interface Data {
	readonly vit: HeadsResult;
	readonly vitGap: HeadsResult;
}

const models = [
	{ label: "$vit", pick: (data: Data) => data.vit },
	{ label: "$vitGap", pick: (data: Data) => data.vitGap },
];

const mixed: Claim<Data> = {
	id: "C9",
	sentence: "The lowest blocks of a ViT hold local and global heads side by side.",
	rule: "In each of the two lowest blocks, the most local head reaches at most .50 of the distance of uniform attention, and the most global head at least .85: about twice the paper's most local head, and just below its least global one of .88.",
	paper:
		"Smallest head over uniform .20 and .18 (ViT-L/16, blocks 0 and 1), .06 and .21 (ViT-H/14); largest .88 and 1.00, .98 and .94.",
	cases: models.map(({ label, pick }) => ({
		label,
		tests: [0, 1].flatMap((block) => [
			{
				name: `Smallest head distance over uniform, block ${block}`,
				side: "below" as const,
				threshold: 0.5,
				measure: (data: Data, level: number) => mostLocalHead(pick(data), block)(level),
			},
			{
				name: `Largest head distance over uniform, block ${block}`,
				side: "above" as const,
				threshold: 0.85,
				measure: (data: Data, level: number) => mostGlobalHead(pick(data), block)(level),
			},
		]),
	})),
};

const global: Claim<Data> = {
	id: "C10",
	sentence: "In the highest blocks of a ViT all heads are global.",
	rule: "In each of the last two blocks, even the most local head reaches at least .85 of the distance of uniform attention: the bar that a global head has to pass in C9.",
	paper:
		"Smallest head over uniform .94 and .97 (ViT-L/16, blocks 22 and 23), .91 and .99 (ViT-H/14, blocks 30 and 31).",
	cases: models.map(({ label, pick }) => ({
		label,
		tests: [-2, -1].map((fromEnd) => ({
			name: `Smallest head distance over uniform, ${fromEnd === -1 ? "last" : "last but one"} block`,
			side: "above" as const,
			threshold: 0.85,
			measure: (data: Data, level: number) => mostLocalHead(pick(data), fromEnd)(level),
		})),
	})),
};

export const attentionDistance = defineFigure<Data, "vitGap">({
	id: "03-attention-distance",
	title: "Mean attention distance of heads",
	alt: "Line charts of mean attention distance in pixels against the rank of the head, a line for each block, a chart for each vision transformer.",
	howToRead:
		"Look first at the lowest line's left end and then at its right end: the wider the span, the more differently the heads of one block look. Then see where the highest blocks lie: on the dashed line, a head spreads its attention as if distance did not matter.",
	query: textBeside(import.meta.url, "query.graphql"),
	optional: ["vitGap"],
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [mixed, global],
	chart: ({ vit, vitGap }) => headLines(present([vit, vitGap])),
	provenance: ({ vit, vitGap }) => headProvenance(present([vit, vitGap])),
});
