/** Fig. G.2 of the paper: similarity of ViTs of different sizes. */
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { heatMapPanel } from "../../../../src/report/heatMapPanel.ts";
import type { ModelResult, SimilarityCellsResult } from "../../../../src/report/queryResult.ts";

interface Data {
	readonly small: ModelResult;
	readonly large: ModelResult;
	readonly smallLarge: SimilarityCellsResult;
}

export const similarityAcrossSizes = defineFigure<Data>({
	id: "g-2-similarity-across-sizes",
	title: "Similarity of layers between sizes of ViT",
	alt: "Heat map of linear CKA between all layers of a small and of a large vision transformer.",
	howToRead:
		"Follow the brightest cells from the lower left to the upper right. If they keep to the diagonal, both models do the same work at the same share of their depth.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	chart: (data) => ({
		kind: "heatMap",
		quantity: "Linear CKA",
		scale: { colours: "magma", from: 0, to: 1 },
		panels: [heatMapPanel(`${data.small.title} × ${data.large.title}`, data.small, data.large, data.smallLarge)],
	}),
	provenance: (data) => [data.smallLarge.provenance],
});
