/** Fig. 2 of the paper: CKA of all layers of a ViT with all layers of a ResNet, and claims C4 to C7. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { similarityPanels } from "../../../../src/report/heatMapPanel.ts";
import { blockRuns } from "../../../../src/report/layerAxis.ts";
import type { ModelResult, SimilarityResult } from "../../../../src/report/queryResult.ts";
import { lastThirdLikeness, matchSlope, upperHalfPeak } from "../../../../src/report/statistics/bestMatch.ts";
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
		{ label: "$vit with $resnet", pick: (data: Data) => data.vitResnet },
		{ label: "$vitGap with $resnet", pick: (data: Data) => data.vitGapResnet },
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

const pairs = [
	{ label: "$vit with $resnet", pick: (data: Data) => data.vitResnet },
	{ label: "$vitGap with $resnet", pick: (data: Data) => data.vitGapResnet },
];

const nextThird: Claim<Data> = {
	id: "C5",
	sentence: "The upper half of a ResNet's layers is most similar to about the next third of a ViT's.",
	rule: "The ViT block with the largest mean CKA with the upper half of the ResNet's layers lies between .25 and .58 of the depth: the third that follows on the lowest quarter.",
	paper: "At least 90 % of the peak from about .25 to .50 of the depth (read off the figure).",
	cases: pairs.map(({ label, pick }) => ({
		label,
		tests: (["above", "below"] as const).map((side) => ({
			name: `Relative depth of the peak (${side === "above" ? "not lower" : "not higher"})`,
			side,
			threshold: side === "above" ? 0.25 : 0.58,
			measure: (data: Data, level: number) => {
				const runs = blockRuns(pick(data).rows);
				return matrixStatistic([pick(data)], (matrix) => upperHalfPeak(matrix, runs), level);
			},
		})),
	})),
};

const lastThird: Claim<Data> = {
	id: "C6",
	sentence: "The last third of a ViT's layers resembles no layer of a ResNet.",
	rule: "The best match of each ViT layer among the ResNet's: its mean over the last third is below .70 of the best match of all, just above the paper's largest value.",
	paper: "About .3 to .5 in the last third, against .73 at best: .41 to .68 of it.",
	cases: pairs.map(({ label, pick }) => ({
		label,
		tests: [
			{
				name: "Best matches of the last third over the best of all",
				side: "below" as const,
				threshold: 0.7,
				measure: (data: Data, level: number) => matrixStatistic([pick(data)], lastThirdLikeness, level),
			},
		],
	})),
};

const moreLayers: Claim<Data> = {
	id: "C7",
	sentence: "A ResNet needs more layers to compute what a ViT computes in few.",
	rule: "Over the lower half of the ResNet: by how much relative depth of the ViT the best match moves up for each unit of relative depth of the ResNet. Below .50: the paper's ViT moves .20 to .25 while the ResNet moves .50.",
	paper: "A slope of about .4 to .5.",
	cases: pairs.map(({ label, pick }) => ({
		label,
		tests: [
			{
				name: "Slope of the best match",
				side: "below" as const,
				threshold: 0.5,
				measure: (data: Data, level: number) => matrixStatistic([pick(data)], matchSlope, level),
			},
		],
	})),
};

export const crossModelSimilarity = defineFigure<Data, "vitGap" | "vitGapResnet">({
	id: "02-cross-model-similarity",
	title: "Similarity of layers between a ViT and a ResNet",
	alt: "Heat maps of linear CKA between all layers of a vision transformer (upwards) and all layers of a ResNet (rightwards).",
	howToRead:
		"Follow the brightest cells from the lower left: they tell which layer of one network does the work of which layer of the other. A path along the diagonal would mean equal pace; a path that stays low means that the ViT is done early with what the ResNet still works on.",
	query: textBeside(import.meta.url, "query.graphql"),
	optional: ["vitGap"],
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [lowerQuarter, nextThird, lastThird, moreLayers],
	chart: (data) => ({
		kind: "heatMap",
		quantity: "Linear CKA",
		scale: { colours: "magma", from: 0, to: 1 },
		panels: similarityPanels([
			[data.vit, data.resnet, data.vitResnet],
			[data.vitGap, data.resnet, data.vitGapResnet],
		]),
	}),
	provenance: ({ vitResnet, vitGapResnet }) => [vitResnet, vitGapResnet].flatMap((map) => map?.provenance ?? []),
});
