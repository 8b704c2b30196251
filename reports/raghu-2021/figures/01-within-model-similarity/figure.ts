/** Fig. 1 of the paper: CKA of all layers within a model, and claims C1, C2, C3 and C8. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { similarityPanels } from "../../../../src/report/heatMapPanel.ts";
import type { Measured } from "../../../../src/report/interval.ts";
import { blockRuns } from "../../../../src/report/layerAxis.ts";
import type { ModelResult, SimilarityResult } from "../../../../src/report/queryResult.ts";
import { type Matrix, matrixStatistic } from "../../../../src/report/statistics/matrixStatistic.ts";
import { stageSplit } from "../../../../src/report/statistics/stageSplit.ts";
import { textureAtLag } from "../../../../src/report/statistics/texture.ts";
import { farCorner, uniformity } from "../../../../src/report/statistics/uniformity.ts";

interface Data {
	readonly vit: ModelResult;
	readonly vitGap: ModelResult;
	readonly resnet: ModelResult;
	readonly vitSelf: SimilarityResult;
	readonly vitGapSelf: SimilarityResult;
	readonly resnetSelf: SimilarityResult;
	readonly vitSelfElsewhere: SimilarityResult;
	readonly vitSelfLargerBatches: SimilarityResult;
}

const uniform: Claim<Data> = {
	id: "C1",
	sentence:
		"Representations are more uniform across the layers of a ViT than of a ResNet: its lower and upper layers are more alike.",
	rule: "U is the mean CKA between the lower and the upper half of the layers over the mean CKA within the halves, the diagonal left out. The claim is of a direction, so the threshold of the difference is 0: U of the ViT minus U of the ResNet, on the same batches.",
	paper:
		"U of about .83 (ViT-L/16) and .79 (ViT-H/14) against .60 (ResNet-50) and .74 (ResNet-152); far corner .44 and .39 against .29 and .34 (read off the figure, ± .05).",
	cases: [
		{ label: "$vit against $resnet", pick: (data: Data) => data.vitSelf },
		{ label: "$vitGap against $resnet", pick: (data: Data) => data.vitGapSelf },
	].map(({ label, pick }) => ({
		label,
		tests: [
			{
				name: "U (ViT) − U (ResNet)",
				side: "above",
				threshold: 0,
				measure: (data, level) =>
					matrixStatistic([pick(data), data.resnetSelf], (vit, resnet) => uniformity(vit) - uniformity(resnet), level),
			},
		],
		also: [
			{ name: "U (ViT)", measure: (data, level) => matrixStatistic([pick(data)], uniformity, level) },
			{ name: "U (ResNet)", measure: (data, level) => matrixStatistic([data.resnetSelf], uniformity, level) },
			{
				name: "Lowest with highest quarter, mean CKA (ViT)",
				measure: (data, level) => matrixStatistic([pick(data)], farCorner, level),
			},
			{
				name: "Lowest with highest quarter, mean CKA (ResNet)",
				measure: (data, level) => matrixStatistic([data.resnetSelf], farCorner, level),
			},
		],
	})),
};

const stages: Claim<Data> = {
	id: "C3",
	sentence: "The layers of a ResNet fall into a lower and an upper stage; those of a ViT do not.",
	rule: "The layers are cut in two, each part at least a quarter of them, where the mean CKA within the parts (diagonal left out) exceeds that between them the most; that excess is the gain. The claim is a comparison, so the threshold is 0: gain of the ResNet minus gain of the ViT, on the same batches.",
	paper:
		"A visible break at about layer 66 to 70 of 122 (ResNet-50) and 120 of 360 (ResNet-152), none in ViT-L/16 and ViT-H/14.",
	cases: [
		{ label: "$resnet against $vit", pick: (data: Data) => data.vitSelf },
		{ label: "$resnet against $vitGap", pick: (data: Data) => data.vitGapSelf },
	].map(({ label, pick }) => ({
		label,
		tests: [
			{
				name: "Gain (ResNet) − gain (ViT)",
				side: "above",
				threshold: 0,
				measure: (data, level) =>
					matrixStatistic(
						[data.resnetSelf, pick(data)],
						(resnet, vit) => stageSplit(resnet).gain - stageSplit(vit).gain,
						level,
					),
			},
		],
		also: [
			{
				name: "Gain (ResNet)",
				measure: (data, level) => matrixStatistic([data.resnetSelf], (matrix) => stageSplit(matrix).gain, level),
			},
			{
				name: "Gain (ViT)",
				measure: (data, level) => matrixStatistic([pick(data)], (matrix) => stageSplit(matrix).gain, level),
			},
			{
				name: "Layers below the best cut (ResNet)",
				digits: 1,
				measure: (data, level) => matrixStatistic([data.resnetSelf], (matrix) => stageSplit(matrix).at, level),
			},
		],
	})),
};

const texture: Claim<Data> = {
	id: "C2",
	sentence: "The map of a ViT is woven: layers of the same place in their blocks are alike.",
	rule: "Each layer of a block's mean CKA with all others (diagonal left out); the autocorrelation of these means at a lag of one block exceeds the mean of those at the lags next to it.",
	paper: "An autocorrelation of .41 at a lag of 6 layers, one block (ViT-L/16, read off the figure).",
	cases: [
		{ label: "$vit", pick: (data: Data) => data.vitSelf },
		{ label: "$vitGap", pick: (data: Data) => data.vitGapSelf },
	].map(({ label, pick }) => ({
		label,
		tests: [
			{
				name: "Autocorrelation at one block − beside it",
				side: "above",
				threshold: 0,
				measure: (data, level) => {
					const layers = pick(data).rows;
					const runs = blockRuns(layers);
					const [start, end] = [runs[0]?.start ?? 0, runs.at(-1)?.end ?? 0];
					const inBlocks = (matrix: Matrix) => matrix.slice(start, end).map((row) => row.slice(start, end));
					const lag = (end - start) / runs.length;
					return matrixStatistic([pick(data)], (matrix) => textureAtLag(inBlocks(matrix), lag), level);
				},
			},
		],
	})),
};

const insensitive: Claim<Data> = {
	id: "C8",
	sentence: "Neither other images nor larger batches change the picture.",
	rule: "Mean absolute difference between the cells of ViT-S's map (diagonal left out) on the images of the report, and on other images, and in batches of twice the size: each below .05, a twentieth of the scale. The interval covers the choice of the report's images. The other images are those of `leaves-shifted`, which ViT-S reads far worse: a harder test than the paper's.",
	paper:
		"“No noticeable difference” between ImageNet and JFT-300M; unchanged for batches down to 128 and 2 560 images.",
	cases: [
		{
			label: "$vit",
			roles: ["shifted", "largerBatches"],
			tests: [
				{
					name: "Mean difference, other images",
					side: "below",
					threshold: 0.05,
					measure: ({ vitSelf, vitSelfElsewhere }, level) => changeFrom(vitSelf, vitSelfElsewhere, level),
				},
				{
					name: "Mean difference, batches of twice the size",
					side: "below",
					threshold: 0.05,
					measure: ({ vitSelf, vitSelfLargerBatches }, level) => changeFrom(vitSelf, vitSelfLargerBatches, level),
				},
			],
		},
	],
};

/** How far a map stands from another, with the jackknife of the first. */
function changeFrom(one: SimilarityResult, other: SimilarityResult, level: number): Measured {
	const fixed = other.values;
	return matrixStatistic(
		[one],
		(matrix) => {
			const changes = matrix.flatMap((row, i) =>
				row.flatMap((value, j) => (i === j ? [] : [Math.abs(value - (fixed[i]?.[j] ?? Number.NaN))])),
			);
			return changes.reduce((sum, change) => sum + change, 0) / changes.length;
		},
		level,
	);
}

export const withinModelSimilarity = defineFigure<Data, keyof Data>({
	id: "01-within-model-similarity",
	title: "Similarity of layers within a model",
	alt: "Heat maps of linear CKA between all pairs of layers, one map for each model: vision transformers and a ResNet.",
	howToRead:
		"Pick two layers, one on each axis: the brighter the cell where they meet, the more alike they sort the same images. A map that is bright all over belongs to a network that changes its view little on the way, and two bright squares with dark corners to one that starts anew half-way.",
	query: textBeside(import.meta.url, "query.graphql"),
	optional: ["vit", "vitGap", "resnet", "shifted", "largerBatches"],
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [uniform, texture, stages, insensitive],
	chart: (data) => ({
		kind: "heatMap",
		quantity: "Linear CKA",
		scale: { colours: "magma", from: 0, to: 1 },
		panels: similarityPanels([
			[data.vit, data.vit, data.vitSelf],
			[data.vitGap, data.vitGap, data.vitGapSelf],
			[data.resnet, data.resnet, data.resnetSelf],
		]),
	}),
	// Of what is drawn; C8 names its own images and batches.
	provenance: ({ vitSelf, vitGapSelf, resnetSelf }) =>
		[vitSelf, vitGapSelf, resnetSelf].flatMap((map) => map?.provenance ?? []),
});
