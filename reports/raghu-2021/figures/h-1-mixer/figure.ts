/** Fig. H.1 of the paper: similarity of layers within an MLP-Mixer. */
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { heatMapPanel } from "../../../../src/report/heatMapPanel.ts";
import type { ModelResult, SimilarityCellsResult } from "../../../../src/report/queryResult.ts";

interface Data {
	readonly mixer: ModelResult;
	readonly mixerSelf: SimilarityCellsResult;
}

export const mixerSimilarity = defineFigure<Data>({
	id: "h-1-mixer",
	title: "Similarity of layers within a Mixer",
	alt: "Heat map of linear CKA between all pairs of layers of an MLP-Mixer.",
	howToRead:
		"Look for bright squares along the diagonal: layers that see the images alike. A small one at the lower left and a larger one behind it are what the paper saw.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	bearsOn: ["C38"],
	chart: (data) => ({
		kind: "heatMap",
		quantity: "Linear CKA",
		scale: { colours: "magma", from: 0, to: 1 },
		panels: [heatMapPanel(data.mixer.title, data.mixer, data.mixer, data.mixerSelf)],
	}),
	provenance: (data) => [data.mixerSelf.provenance],
});
