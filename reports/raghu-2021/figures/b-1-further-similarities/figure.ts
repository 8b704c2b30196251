/** Fig. B.1 of the paper: maps of similarity within and between models of another size. */
import { defineFigure, present, textBeside } from "../../../../src/report/definition.ts";
import { similarityPanels } from "../../../../src/report/heatMapPanel.ts";
import type { ModelResult, SimilarityCellsResult } from "../../../../src/report/queryResult.ts";

interface Data {
	readonly vitLarge: ModelResult;
	readonly resnetLarge: ModelResult;
	readonly vitLargeSelf: SimilarityCellsResult;
	/** These two are not there without a larger ResNet. */
	readonly resnetLargeSelf: SimilarityCellsResult;
	readonly largeCross: SimilarityCellsResult;
}

export const furtherSimilarities = defineFigure<Data, "resnetLarge" | "resnetLargeSelf" | "largeCross">({
	id: "b-1-further-similarities",
	title: "Similarity of layers, larger models",
	alt: "Heat maps of linear CKA: within a large vision transformer, within a large ResNet, and between the two.",
	howToRead:
		"Read the square maps like Figure 1, for how even they are, and the other like Figure 2, for where its brightest cells run. If the picture is the same as there, it does not hang on the size of the models.",
	query: textBeside(import.meta.url, "query.graphql"),
	optional: ["resnetLarge"],
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	bearsOn: ["C1", "C2", "C3", "C4", "C5", "C6", "C7"],
	chart: ({ vitLarge, resnetLarge, vitLargeSelf, resnetLargeSelf, largeCross }) => ({
		kind: "heatMap",
		quantity: "Linear CKA",
		scale: { colours: "magma", from: 0, to: 1 },
		panels: similarityPanels([
			[vitLarge, vitLarge, vitLargeSelf],
			[resnetLarge, resnetLarge, resnetLargeSelf],
			[vitLarge, resnetLarge, largeCross],
		]),
	}),
	provenance: ({ vitLargeSelf, resnetLargeSelf, largeCross }) =>
		present([vitLargeSelf, resnetLargeSelf, largeCross]).map(({ provenance }) => provenance),
});
