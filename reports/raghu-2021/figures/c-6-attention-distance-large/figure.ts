/** Fig. C.6 of the paper: attention distance of a large model as it was pretrained. It makes no claim of its own. */
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { headLines, headProvenance } from "../../../../src/report/headLines.ts";
import type { HeadsResult } from "../../../../src/report/queryResult.ts";

interface Data {
	readonly vit: HeadsResult;
}

export const attentionDistanceLarge = defineFigure<Data>({
	id: "c-6-attention-distance-large",
	title: "Mean attention distance of a large model's heads",
	alt: "Line chart of mean attention distance in pixels against the rank of the head, a line for each block, for a large vision transformer.",
	howToRead:
		"Switch on the blocks one by one with the boxes below and watch the lines rise towards the dashed one. The lower a line's left end, the closer the most local head of that block looks.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	bearsOn: ["C9", "C10"],
	chart: ({ vit }) => headLines([vit]),
	provenance: ({ vit }) => headProvenance([vit]),
});
