/** Fig. F.2 of the paper: Fig. 13 by model, on images that the models were not trained for; the other half of claim C36. */
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { modelSeries, type ProbedModel, probeAxes, probeProvenance } from "../../probes.ts";

type Data = Readonly<Record<"vit" | "vitLarge" | "resnet" | "resnetLarge", ProbedModel>>;

export const probesOfModelsElsewhere = defineFigure<Data>({
	id: "f-2-probes-of-models-elsewhere",
	title: "Linear probes by model, on other images",
	alt: "Line chart of the accuracy of linear probes over depth on shifted images, for two vision transformers and two ResNets.",
	howToRead:
		"Read it like the second panel of Figure 13, and compare the order of the curves half-way up. The same order means that the advantage of one model over another is not bound to the images it was trained on.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	bearsOn: ["C35", "C36"],
	chart: ({ vit, vitLarge, resnet, resnetLarge }) => ({
		kind: "lines",
		...probeAxes,
		seriesName: "model",
		panels: [
			{
				title: "By model",
				series: modelSeries([vitLarge, vit, resnetLarge, resnet]),
				references: [],
			},
		],
	}),
	provenance: (data) => probeProvenance(Object.values(data).map(({ mean }) => mean)),
});
