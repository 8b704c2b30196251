/** Fig. 2 of the paper: CKA of all layers of a ViT with all layers of a ResNet, and claim C4. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { heatMapPanel } from "../../../../src/report/heatMapPanel.ts";
import { blockRuns } from "../../../../src/report/layerAxis.ts";
import type { ModelResult, SimilarityResult } from "../../../../src/report/queryResult.ts";
import { crossoverDepth, lowerHalfLeads } from "../../../../src/report/statistics/crossover.ts";
import { matrixStatistic } from "../../../../src/report/statistics/matrixStatistic.ts";

interface Data {
	readonly vit: ModelResult;
	readonly vitGap: ModelResult;
	readonly resnet: ModelResult;
	readonly vitResnet: SimilarityResult;
	readonly vitGapResnet: SimilarityResult;
}

const lowerQuarter: Claim<Data> = {
	id: "C4",
	sentence: "The lower half of a ResNet's layers is most similar to about the lowest quarter of a ViT's.",
	rule: "Per ViT block, the mean CKA with the lower half of the ResNet's layers is compared with that with the upper half. The claim holds if the lower half leads in the lowest block, and loses its lead at a relative depth of at most .35 of the ViT: half-way between the paper's .20 and the .50 at which the two models would run in step.",
	paper:
		"Lead lost at a depth of about .22 (ViT-L/16) and .20 (ViT-H/14); lead in the lowest twelfth .28 (read off the figure); the text says a quarter.",
	cases: [
		{ label: "ViT-S with ResNet-S", pick: (data: Data) => data.vitResnet },
		{ label: "ViT-S with global average pooling with ResNet-S", pick: (data: Data) => data.vitGapResnet },
	].map(({ label, pick }) => ({
		label,
		tests: [
			{
				name: "Lead of the ResNet's lower half in the lowest ViT block (CKA)",
				side: "above",
				threshold: 0,
				measure: (data, level) => {
					const runs = blockRuns(pick(data).rows).slice(0, 1);
					return matrixStatistic([pick(data)], (matrix) => lowerHalfLeads(matrix, runs)[0] ?? Number.NaN, level);
				},
			},
			{
				name: "Relative depth of the ViT where that lead is lost",
				side: "below",
				threshold: 0.35,
				measure: (data, level) => {
					const runs = blockRuns(pick(data).rows);
					return matrixStatistic([pick(data)], (matrix) => crossoverDepth(matrix, runs), level);
				},
			},
		],
	})),
};

export const crossModelSimilarity = defineFigure<Data>({
	id: "02-cross-model-similarity",
	title: "Similarity of layers between a ViT and a ResNet",
	alt: "Two heat maps of linear CKA between all layers of a vision transformer (upwards) and all layers of a ResNet (rightwards).",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [lowerQuarter],
	chart: (data) => ({
		kind: "heatMap",
		quantity: "Linear CKA",
		scale: { colours: "magma", from: 0, to: 1 },
		panels: [
			heatMapPanel(`${data.vit.title} × ${data.resnet.title}`, data.vit, data.resnet, data.vitResnet),
			heatMapPanel(`${data.vitGap.title} × ${data.resnet.title}`, data.vitGap, data.resnet, data.vitGapResnet),
		],
	}),
	provenance: (data) => [data.vitResnet.provenance, data.vitGapResnet.provenance],
});
