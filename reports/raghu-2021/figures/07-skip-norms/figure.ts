/** Fig. 7 (right) of the paper: norms of skip and branch by block, and claims C18 and C19. */

import { branchEstimates, modelSeries, normsProvenance, type Place } from "../../../../src/report/branches.ts";
import type { Claim, Statistic } from "../../../../src/report/claim.ts";
import { defineFigure, present, textBeside } from "../../../../src/report/definition.ts";
import type { NormsResult, RatioResult } from "../../../../src/report/queryResult.ts";
import { atDepth, halves, halvesDifference, relativeDepth } from "../../../../src/report/statistics/depth.ts";
import { difference, type Estimate, mean, onScale } from "../../../../src/report/statistics/estimates.ts";
import { shareAbove } from "../../../../src/report/statistics/shareAbove.ts";

interface Data {
	readonly vit: NormsResult<RatioResult>;
	readonly vitLarge: NormsResult<RatioResult>;
	readonly resnet: NormsResult<RatioResult>;
}

const vits = [
	{ label: "$vit", pick: ({ vit }: Data) => vit },
	{ label: "$vitLarge", pick: ({ vitLarge }: Data) => vitLarge },
];

const clsAttention: Place = { kind: "ATTENTION", tokens: "cls" };
const clsMlp: Place = { kind: "MLP", tokens: "cls" };
const patchesAttention: Place = { kind: "ATTENTION", tokens: "spatial" };
const patchesMlp: Place = { kind: "MLP", tokens: "spatial" };
const units: Place = { kind: "UNIT", tokens: "spatial" };

const transition: Claim<Data> = {
	id: "C18",
	sentence:
		"In the first half of a ViT the class token is carried by the skips and the patches are rewritten; in the second half it is the other way round.",
	rule: "Per branch, the geometric mean over the blocks of the first half of |skip| / |branch|, over that of the second half: above 1 for the class token beside the MLP, below 1 for the patches beside attention and beside the MLP. The claim is of directions, so the threshold is 1. The class token beside attention has no verdict, since it does not turn in the paper's own figure; it is printed. Intervals of the blocks, from the errors over images, are added end to end, which is wider than needed.",
	paper:
		"Means of the halves: class token beside the MLP 7.2 and 3.0, beside attention 2.7 and 3.0; patches beside attention 2.9 and 8.8, beside the MLP 2.1 and 4.6 (read off the figure).",
	discrepancy:
		"The text says that the class token turns; in the figure it does so beside the MLPs alone, and beside attention its line is flat near 3.",
	cases: vits.map(({ label, pick }) => ({
		label,
		tests: [
			{ ...turn("class token beside the MLP", clsMlp, pick), side: "above", threshold: 1 },
			{ ...turn("patches beside attention", patchesAttention, pick), side: "below", threshold: 1 },
			{ ...turn("patches beside the MLP", patchesMlp, pick), side: "below", threshold: 1 },
		],
		also: [
			turn("class token beside attention", clsAttention, pick),
			...[clsMlp, clsAttention, patchesAttention, patchesMlp].flatMap((place) => halfMeans(place, pick)),
		],
	})),
};

const higher: Claim<Data> = {
	id: "C19",
	sentence: "The skips carry much more, beside what the branches add, in a ViT than in a ResNet, and do so throughout.",
	rule: "The geometric mean of |skip| / |branch| over all blocks and both branches of the ViT's patches, over that of the ResNet's units, lies above 1.7: half-way, in logarithms, between no difference and the paper's 2.9. And in more than .90 of the ViT's branches the ratio is above that of the ResNet at the same relative depth (linear between its units), which the paper's own curves reach (.96: all but the first MLP). Patches alone, since a ResNet has no class token. Intervals from the errors over images are added end to end, which is wider than needed.",
	paper: "ResNet-50 .9 to 2.0, ViT-B/16 mostly 2 to 11: geometric means 1.3 and 3.8 (read off the figure).",
	discrepancy:
		"The text says throughout; in the figure the ViT's MLP (.55) and its class token beside attention (.35) lie below the ResNet (1.85) at block 0.",
	cases: vits.map(({ label, pick }) => ({
		label: `${label} against $resnet`,
		tests: [
			{
				name: "Geometric mean of the ratio, ViT over ResNet",
				side: "above",
				threshold: 1.7,
				measure: (data, level) =>
					onScale(difference(mean(patchLogs(pick(data))), mean(logs(data.resnet, units))), Math.exp)(level),
			},
			{
				name: "Share of the ViT's branches above the ResNet at the same depth",
				side: "above",
				threshold: 0.9,
				measure: (data, level) => shareAbove(leads(pick(data), data.resnet))(level),
			},
		],
		also: [
			{
				name: "Geometric mean of the ratio (ViT, patches)",
				measure: (data, level) => onScale(mean(patchLogs(pick(data))), Math.exp)(level),
			},
			{
				name: "Geometric mean of the ratio (ResNet)",
				measure: (data, level) => onScale(mean(logs(data.resnet, units)), Math.exp)(level),
			},
		],
	})),
};

export const skipNorms = defineFigure<Data, "vitLarge" | "resnet">({
	id: "07-skip-norms",
	title: "Norm of the skip over that of the branch",
	alt: "Line charts of the ratio of the norm carried by the skip to the norm added by the branch, by block, for attention and MLP of a vision transformer and for the units of a ResNet.",
	howToRead:
		"A point at 1 means that a block adds as much as it was given; at 10 it adds a tenth. Look whether the line of the class token and the line of the patches cross, and where the ResNet's line runs beside them.",
	query: textBeside(import.meta.url, "query.graphql"),
	optional: ["vitLarge", "resnet"],
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [transition, higher],
	chart: ({ vit, vitLarge, resnet }) => ({
		kind: "lines",
		x: { title: "Block", scale: "values" },
		y: { title: "|skip| / |branch|", to: null },
		seriesName: "branch",
		panels: present([vit, vitLarge]).map((model) => ({
			title: resnet === undefined ? model.title : `${model.title} beside ${resnet.title}`,
			series: modelSeries(model, resnet, ratioOf),
			references: [],
		})),
	}),
	provenance: ({ vit, vitLarge, resnet }) => normsProvenance(present([vit, vitLarge, resnet])),
});

function ratioOf({ ratio, ratioStandardError, reason }: RatioResult) {
	return { value: ratio, standardError: ratioStandardError, reason };
}

/** Logarithms of a branch's ratios, one a block. */
function logs(model: NormsResult<RatioResult>, place: Place): Estimate[] {
	return branchEstimates(model, place, ratioOf).map((ratio) => onScale(ratio, Math.log));
}

function patchLogs(model: NormsResult<RatioResult>): Estimate[] {
	return [...logs(model, patchesAttention), ...logs(model, patchesMlp)];
}

/** First half over second half. */
function turn(words: string, place: Place, pick: (data: Data) => NormsResult<RatioResult>): Statistic<Data> {
	return {
		name: `Ratio in the first half over the second, ${words}`,
		measure: (data, level) => onScale(halvesDifference(logs(pick(data), place)), Math.exp)(level),
	};
}

function halfMeans({ kind, tokens }: Place, pick: (data: Data) => NormsResult<RatioResult>): Statistic<Data>[] {
	const words = `${tokens === "cls" ? "class token" : "patches"} beside ${kind === "MLP" ? "the MLP" : "attention"}`;
	return (["lower", "upper"] as const).map((half) => ({
		name: `Geometric mean in the ${half === "lower" ? "first" : "second"} half, ${words}`,
		measure: (data, level) => onScale(mean(halves(logs(pick(data), { kind, tokens }))[half]), Math.exp)(level),
	}));
}

/** By how much, in logarithms, each of the ViT's branches lies above the ResNet at its depth. */
function leads(vit: NormsResult<RatioResult>, resnet: NormsResult<RatioResult>): Estimate[] {
	const other = logs(resnet, units);
	return [patchesAttention, patchesMlp].flatMap((place) =>
		logs(vit, place).map((own, block, all) => difference(own, atDepth(other, relativeDepth(block, all.length)))),
	);
}
