/** Fig. 11 of the paper: probes of single tokens and of pooled ones, and claims C28 to C31. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, present, textBeside } from "../../../../src/report/definition.ts";
import { difference } from "../../../../src/report/statistics/estimates.ts";
import {
	accuracyAt,
	type FirstTokenCurve,
	meanAccuracy,
	type ProbeCurve,
	type ProbedModel,
	probeAxes,
	probeProvenance,
	probeSeries,
	type ReadoutCurves,
	readoutSeries,
} from "../../probes.ts";

interface Data {
	readonly vit: Tokens & ReadoutCurves;
	readonly vitGap: Tokens & FirstTokenCurve & ProbedModel;
	readonly resnet: Tokens;
}

interface Tokens {
	readonly title: string;
	/** Each read by itself. */
	readonly tokens: ProbeCurve;
}

const ends = "Intervals of the two accuracies are set end to end, which is wider than needed: the images are the same.";

const spatialTokens: Claim<Data> = {
	id: "C28",
	sentence:
		"A single spatial token of a ViT with a class token tells the class badly; one of a ViT with global average pooling, or of a ResNet, tells it well.",
	rule: `A probe reads each spatial token of the last block by itself; the accuracy is the mean over tokens. The claim holds if that of the ViT with global average pooling and that of the ResNet both exceed that of the ViT with a class token by 20 points: half of the smaller gap in the paper. ${ends}`,
	paper: "About 6 to 10 % (class token) against 57 to 58 % (global average pooling) and 44 to 52 % (ResNet-50).",
	cases: [
		{
			label: "$vit against $vitGap and $resnet",
			tests: [
				{
					name: "One token, last block: global average pooling − class token",
					side: "above",
					threshold: 0.2,
					measure: ({ vit, vitGap }, level) => lastGap(vitGap.tokens, vit.tokens)(level),
				},
				{
					name: "One token, last block: ResNet − class token",
					side: "above",
					threshold: 0.2,
					measure: ({ vit, resnet }, level) => lastGap(resnet.tokens, vit.tokens)(level),
				},
			],
			also: [
				{
					name: "One token, last block: class token",
					measure: ({ vit }, level) => accuracyAt(vit.tokens, -1)(level),
				},
			],
		},
	],
};

const nativeReadouts: Claim<Data> = {
	id: "C29",
	sentence: "Read as each was trained, the class token and global average pooling do equally well.",
	rule: `At the last block, accuracy of the class token (model with one) minus that of the mean over tokens (model without): between −5 and 5 points. ${ends}`,
	paper: "No numbers; the two curves end close to each other, near 60 %.",
	cases: [
		{
			label: "$vit and $vitGap",
			tests: (["above", "below"] as const).map((side) => ({
				name: `Class token − mean over tokens, last block (${side === "above" ? "not far below" : "not far above"})`,
				side,
				threshold: side === "above" ? -0.05 : 0.05,
				measure: ({ vit, vitGap }: Data, level: number) => lastGap(vit.cls, vitGap.mean)(level),
			})),
		},
	],
};

const pooledThenPlateau: Claim<Data> = {
	id: "C30",
	sentence:
		"In a ViT with a class token, the mean over the other tokens does as well as the class token until the last layers, then falls behind.",
	rule: `Accuracy of the class token minus that of the mean over the other tokens: at most 2 points on average over the lower half of the depth, and more than 2 points at the last block. ${ends}`,
	paper: "No numbers; the curves part in the last several layers.",
	cases: [
		{
			label: "$vit",
			tests: [
				{
					name: "Class token − mean over the others, lower half",
					side: "below",
					threshold: 0.02,
					measure: ({ vit }, level) => difference(meanAccuracy(vit.cls, 0, 0.5), meanAccuracy(vit.mean, 0, 0.5))(level),
				},
				{
					name: "Class token − mean over the others, last block",
					side: "above",
					threshold: 0.02,
					measure: ({ vit }, level) => lastGap(vit.cls, vit.mean)(level),
				},
			],
		},
	],
};

const firstToken: Claim<Data> = {
	id: "C31",
	sentence:
		"In a ViT with global average pooling, one token alone does badly at first and almost as well as the mean of all at the end.",
	rule: `Accuracy of the mean over tokens minus that of the first token: more than 5 points on average over the lower half of the depth, and less than 5 points at the last block. ${ends}`,
	paper: "One token 57 to 58 %, the mean about 60 % at the end; no numbers below.",
	cases: [
		{
			label: "$vitGap",
			tests: [
				{
					name: "Mean over tokens − first token, lower half",
					side: "above",
					threshold: 0.05,
					measure: ({ vitGap }, level) =>
						difference(meanAccuracy(vitGap.mean, 0, 0.5), meanAccuracy(vitGap.firstToken, 0, 0.5))(level),
				},
				{
					name: "Mean over tokens − first token, last block",
					side: "below",
					threshold: 0.05,
					measure: ({ vitGap }, level) => lastGap(vitGap.mean, vitGap.firstToken)(level),
				},
			],
		},
	],
};

function lastGap(one: ProbeCurve, other: ProbeCurve) {
	return difference(accuracyAt(one, -1), accuracyAt(other, -1));
}

export const probesOfTokens = defineFigure<Data, "vitGap" | "resnet">({
	id: "11-probes-of-tokens",
	title: "What a linear probe reads from tokens",
	alt: "Line charts of the accuracy of linear probes over depth: of single tokens of each model, and of several readouts of vision transformers.",
	howToRead:
		"Higher is better: a point is how often a simple classifier names the right class from one layer alone. Compare the right ends, where the network has done all its work, of what a single token knows and of what all know together.",
	query: textBeside(import.meta.url, "query.graphql"),
	optional: ["vitGap", "resnet"],
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [spatialTokens, nativeReadouts, pooledThenPlateau, firstToken],
	chart: ({ vit, vitGap, resnet }) => ({
		kind: "lines",
		...probeAxes,
		seriesName: "readout",
		panels: [
			{
				title: "One spatial token",
				series: present([vit, vitGap, resnet]).map(({ title, tokens }) => probeSeries(title, tokens)),
				references: [],
			},
			{
				title: "Trained; read",
				series: readoutSeries(vit, vitGap),
				references: [],
			},
		],
	}),
	provenance: ({ vit, vitGap, resnet }) =>
		probeProvenance([
			...[vit.tokens, vit.cls, vit.mean, vit.meanWithCls],
			...present([vitGap?.tokens, vitGap?.firstToken, vitGap?.mean, resnet?.tokens]),
		]),
});
