/** Fig. B.1 of the paper: further maps of similarity within and between models, of larger ones too. */
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { heatMapPanel } from "../../../../src/report/heatMapPanel.ts";
import type { ModelResult, SimilarityResult } from "../../../../src/report/queryResult.ts";

interface Data {
	readonly vit: ModelResult;
	readonly large: ModelResult;
	readonly resnet: ModelResult;
	readonly largeResnet: ModelResult;
	readonly vitSelf: SimilarityResult;
	readonly vitResnet: SimilarityResult;
	readonly largeResnetCross: SimilarityResult;
}

export const furtherSimilarities = defineFigure<Data>({
	id: "b-1-further-similarities",
	title: "Similarity of layers, further pairs",
	alt: "Three heat maps of linear CKA: within a small vision transformer, between it and a small ResNet, and between a large vision transformer and a large ResNet.",
	howToRead:
		"Read the square maps like Figure 1, for how even they are, and the others like Figure 2, for where their brightest cells run. If the picture is the same as there, it does not hang on the size of the models.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	bearsOn: ["C1", "C4", "C5", "C6"],
	chart: (data) => ({
		kind: "heatMap",
		quantity: "Linear CKA",
		scale: { colours: "magma", from: 0, to: 1 },
		panels: [
			heatMapPanel(data.vit.title, data.vit, data.vit, data.vitSelf),
			heatMapPanel(`${data.vit.title} × ${data.resnet.title}`, data.vit, data.resnet, data.vitResnet),
			heatMapPanel(
				`${data.large.title} × ${data.largeResnet.title}`,
				data.large,
				data.largeResnet,
				data.largeResnetCross,
			),
		],
	}),
	provenance: (data) => [data.vitSelf, data.vitResnet, data.largeResnetCross].map(({ provenance }) => provenance),
});
