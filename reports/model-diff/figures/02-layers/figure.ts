/** All layers of one model with all of the other. */
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { similarityPanels } from "../../../../src/report/heatMapPanel.ts";
import type { ModelResult, SimilarityCellsResult } from "../../../../src/report/queryResult.ts";

interface Data {
	readonly before: ModelResult;
	readonly after: ModelResult;
	readonly layers: SimilarityCellsResult;
}

export const layers = defineFigure<Data>({
	id: "02-layers",
	title: "Similarity of all layers of the two models",
	alt: "Heat map of linear CKA between all layers of one model (upwards) and all layers of the other (rightwards).",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	chart: (data) => ({
		kind: "heatMap",
		quantity: "Linear CKA",
		scale: { colours: "magma", from: 0, to: 1 },
		panels: similarityPanels([[data.before, data.after, data.layers]]),
	}),
	provenance: (data) => [data.layers.provenance],
});
