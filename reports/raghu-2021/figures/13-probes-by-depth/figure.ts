/** Fig. 13 of the paper: probes over depth, by training data and by model, and claims C34, C35 and C39. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, present, textBeside } from "../../../../src/report/definition.ts";
import { difference, mean } from "../../../../src/report/statistics/estimates.ts";
import { dataGapRule, dataGapTest, midwayRule, midwayTest } from "../../probeClaims.ts";
import {
	accuracyAt,
	modelSeries,
	type ProbeCurve,
	type ProbedModel,
	probeAxes,
	probeProvenance,
	probeSeries,
} from "../../probes.ts";

interface Data {
	readonly vit: ProbedModel;
	readonly vitLarge: ProbedModel;
	readonly vitLargeLittle: ProbedModel;
	readonly resnet: ProbedModel & { readonly plain: ProbeCurve };
	readonly resnetLarge: ProbedModel;
}

const data: Claim<Data> = {
	id: "C34",
	sentence: "Much more training data gives far better features in the middle layers of a large ViT.",
	rule: dataGapRule,
	paper:
		"30 points in the text; read off the figure at most about 29.5 (ViT-H/14, at .7 of the depth) and 23 (ViT-L/16).",
	discrepancy: "The 30 points of the text are those of ViT-H/14 alone; ViT-L/16 gains 23 at most.",
	cases: [
		{
			label: "$vitLarge and $vitLarge3",
			tests: [
				dataGapTest<Data>(
					({ vitLarge }) => vitLarge.mean,
					({ vitLargeLittle }) => vitLargeLittle.mean,
				),
			],
			also: [
				{
					name: "Gain at the last layer",
					measure: ({ vitLarge, vitLargeLittle }, level) =>
						difference(accuracyAt(vitLarge.mean, -1), accuracyAt(vitLargeLittle.mean, -1))(level),
				},
			],
		},
	],
};

const model: Claim<Data> = {
	id: "C35",
	sentence: "Large ViTs have stronger features half-way up than ResNets.",
	rule: midwayRule,
	paper:
		"Half-way up 48.5 % (ViT-H/14) and 42.5 % (ViT-L/16) against 15.5 to 25.5 % (ResNets), 22 to 24.5 % (ViT-B; read off the figure).",
	discrepancy: "It is true of ViT-L and ViT-H; ViT-B/32 and ViT-B/16 are not ahead of the largest ResNet half-way up.",
	cases: [
		{
			label: "$vitLarge against $resnetLarge",
			tests: [
				midwayTest<Data>(
					"ViT − ResNet, half-way up",
					({ vitLarge }) => vitLarge.mean,
					({ resnetLarge }) => resnetLarge.mean,
				),
			],
		},
		{
			label: "$vit against $resnet",
			tests: [
				midwayTest<Data>(
					"ViT − ResNet, half-way up",
					({ vit }) => vit.mean,
					({ resnet }) => resnet.mean,
				),
			],
		},
	],
};

const flattening: Claim<Data> = {
	id: "C39",
	sentence: "Cutting a ResNet's wide maps into small patches before pooling hardly changes what a probe reads.",
	rule: "Accuracy with patches flattened minus that with plain pooling, mean over all layers: between −2 and 2 points. Intervals are set end to end, which is wider than needed: images and features are the same.",
	paper: "“Very minor”, without numbers.",
	cases: [
		{
			label: "$resnet",
			tests: (["above", "below"] as const).map((side) => ({
				name: `Flattened − plain, mean over layers (${side === "above" ? "not far below" : "not far above"})`,
				side,
				threshold: side === "above" ? -0.02 : 0.02,
				measure: ({ resnet }: Data, level: number) =>
					mean(
						resnet.mean.map((_, index) => difference(accuracyAt(resnet.mean, index), accuracyAt(resnet.plain, index))),
					)(level),
			})),
		},
	],
};

export const probesByDepth = defineFigure<Data, "vitLarge" | "vitLargeLittle" | "resnetLarge">({
	id: "13-probes-by-depth",
	title: "Linear probes over depth, by data and by model",
	alt: "Line charts of the accuracy of linear probes over depth: of vision transformers and ResNets, and of a large vision transformer trained on all and on few images.",
	howToRead:
		"Higher is better, and rightwards is deeper: a steep rise is where the network works out the class. Compare the curves at the middle of the axis rather than at its end, where all models are good at what they were trained for.",
	query: textBeside(import.meta.url, "query.graphql"),
	optional: ["vitLarge", "vitLarge3", "resnetLarge"],
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [data, model, flattening],
	chart: ({ vit, vitLarge, vitLargeLittle, resnet, resnetLarge }) => ({
		kind: "lines",
		...probeAxes,
		seriesName: "model",
		panels: [
			...(vitLarge === undefined || vitLargeLittle === undefined
				? []
				: [{ title: "By training data", series: modelSeries([vitLarge, vitLargeLittle]), references: [] }]),
			{
				title: "By model",
				series: [
					...modelSeries(present([vitLarge, vit, resnetLarge, resnet])),
					probeSeries(`${resnet.title}, plain pooling`, resnet.plain, false),
				],
				references: [],
			},
		],
	}),
	provenance: ({ vit, vitLarge, vitLargeLittle, resnet, resnetLarge }) =>
		probeProvenance([
			...present([vit, vitLarge, vitLargeLittle, resnet, resnetLarge]).map(({ mean: curve }) => curve),
			resnet.plain,
		]),
});
