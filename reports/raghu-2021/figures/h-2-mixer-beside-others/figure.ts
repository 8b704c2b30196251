/** Fig. H.2 of the paper: an MLP-Mixer's layers beside those of a ViT and of a ResNet; the second half of claim C38. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { heatMapPanel } from "../../../../src/report/heatMapPanel.ts";
import type { ModelResult, SimilarityResult } from "../../../../src/report/queryResult.ts";
import { meanBestMatch } from "../../../../src/report/statistics/bestMatch.ts";
import { matrixStatistic } from "../../../../src/report/statistics/matrixStatistic.ts";
import { stageSplit } from "../../../../src/report/statistics/stageSplit.ts";

interface Data {
	readonly mixer: ModelResult;
	readonly vit: ModelResult;
	readonly resnet: ModelResult;
	readonly mixerSelf: SimilarityResult;
	readonly mixerVit: SimilarityResult;
	readonly mixerResnet: SimilarityResult;
}

const mixer: Claim<Data> = {
	id: "C38",
	sentence:
		"An MLP-Mixer's layers form a small early and a large late block, and are nearer to a ViT's than to a ResNet's.",
	rule: "The best cut of its layers in two (as for C3) leaves fewer than half of them below; and the best match of each of its layers, mean over all, is higher among the ViT's layers than among the ResNet's: a comparison, so the threshold is 0.",
	paper: "Seen in the figures for Mixers of four sizes; no numbers.",
	cases: [
		{
			label: "$mixer, $vit and $resnet",
			tests: [
				{
					name: "Share of the layers below the best cut",
					side: "below",
					threshold: 0.5,
					measure: ({ mixerSelf }, level) =>
						matrixStatistic([mixerSelf], (matrix) => stageSplit(matrix).at / matrix.length, level),
				},
				{
					name: "Best match: ViT − ResNet, mean over the Mixer's layers",
					side: "above",
					threshold: 0,
					measure: ({ mixerVit, mixerResnet }, level) =>
						matrixStatistic(
							[mixerVit, mixerResnet],
							(vit, resnet) => meanBestMatch(vit) - meanBestMatch(resnet),
							level,
						),
				},
			],
			also: [
				{
					name: "Gain of that cut (CKA within the parts − between them)",
					measure: ({ mixerSelf }, level) => matrixStatistic([mixerSelf], (matrix) => stageSplit(matrix).gain, level),
				},
			],
		},
	],
};

export const mixerBesideOthers = defineFigure<Data>({
	id: "h-2-mixer-beside-others",
	title: "A Mixer beside a ViT and a ResNet",
	alt: "Two heat maps of linear CKA between all layers of an MLP-Mixer and those of a vision transformer and of a ResNet.",
	howToRead:
		"Go along a row and note its brightest cell: the closest relative of that layer of the Mixer. The map with the brighter such cells is of the network that the Mixer is nearer to.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [mixer],
	chart: (data) => ({
		kind: "heatMap",
		quantity: "Linear CKA",
		scale: { colours: "magma", from: 0, to: 1 },
		panels: [
			heatMapPanel(`${data.mixer.title} × ${data.vit.title}`, data.mixer, data.vit, data.mixerVit),
			heatMapPanel(`${data.mixer.title} × ${data.resnet.title}`, data.mixer, data.resnet, data.mixerResnet),
		],
	}),
	provenance: (data) => [data.mixerSelf, data.mixerVit, data.mixerResnet].map(({ provenance }) => provenance),
});
