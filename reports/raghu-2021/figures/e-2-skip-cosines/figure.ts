/** Fig. E.2 of the paper: how far the branches turn what the skips carry, by block, and claim C20. */

import { branchEstimates, modelSeries, normsProvenance, type Place } from "../../../../src/report/branches.ts";
import type { Claim, Statistic } from "../../../../src/report/claim.ts";
import { defineFigure, present, textBeside } from "../../../../src/report/definition.ts";
import type { LinesPanel, Series } from "../../../../src/report/figureSpec.ts";
import type { CosinesResult, NormsResult } from "../../../../src/report/queryResult.ts";
import { halves, halvesDifference } from "../../../../src/report/statistics/depth.ts";
import { difference, type Estimate, mean } from "../../../../src/report/statistics/estimates.ts";

interface Data {
	readonly vit: NormsResult<CosinesResult>;
	readonly vitLarge: NormsResult<CosinesResult>;
	readonly resnet: NormsResult<CosinesResult>;
}

const clsAttention: Place = { kind: "ATTENTION", tokens: "cls" };
const clsMlp: Place = { kind: "MLP", tokens: "cls" };
const patchesAttention: Place = { kind: "ATTENTION", tokens: "spatial" };
const patchesMlp: Place = { kind: "MLP", tokens: "spatial" };

const turning: Claim<Data> = {
	id: "C20",
	sentence:
		"The class token hardly changes in the first blocks and is changed late, mostly by the MLPs; the patches the other way round.",
	rule: "The cosine of what enters an addition with what leaves it, averaged over blocks; 1 is no change. The class token at the MLPs: the first half of the blocks lies above the second. The class token in the second half: attention lies above the MLPs, which change it more. The patches, at attention and at the MLPs: the first half lies below the second. All are directions, so the threshold of each difference is 0. Intervals of the blocks, from the errors over images, are added end to end, which is wider than needed.",
	paper:
		"Fig. E.2 has an axis from .6 to 1; its values were not to be had. In Fig. 7, whose ratios go with these cosines, the class token at attention does not turn, so it is printed here without a verdict.",
	discrepancy:
		"The figure's title, its caption and the text name three different cosines; values from .6 to 1 fit that of what enters an addition with what leaves it.",
	cases: [
		{ label: "$vit", pick: ({ vit }: Data) => vit },
		{ label: "$vitLarge", pick: ({ vitLarge }: Data) => vitLarge },
	].map(({ label, pick }) => ({
		label,
		tests: [
			{ ...turn("class token at the MLPs", clsMlp, pick), side: "above", threshold: 0 },
			{
				name: "Cosine of the class token in the second half, attention − MLP",
				side: "above",
				threshold: 0,
				measure: (data, level) => {
					const late = (place: Place) => mean(halves(cosines(pick(data), place)).upper);
					return difference(late(clsAttention), late(clsMlp))(level);
				},
			},
			{ ...turn("patches at attention", patchesAttention, pick), side: "below", threshold: 0 },
			{ ...turn("patches at the MLPs", patchesMlp, pick), side: "below", threshold: 0 },
		],
		also: [turn("class token at attention", clsAttention, pick)],
	})),
};

export const skipCosines = defineFigure<Data, "vitLarge" | "resnet">({
	id: "e-2-skip-cosines",
	title: "Cosine of what enters an addition with what leaves it, and with the branch",
	alt: "Line charts of cosine similarity by block, for attention and MLP of vision transformers and for a ResNet: of skip and sum, and of skip and branch.",
	howToRead:
		"In the panels of skip with sum a branch at 1 does not turn the token at all, and the lower the point, the more it turns it: look for where the class token's lines drop and the patches' lines rise. In those of skip with branch a point below 0 is a branch that works against what the skip carries.",
	query: textBeside(import.meta.url, "query.graphql"),
	optional: ["vitLarge", "resnet"],
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [turning],
	chart: ({ vit, vitLarge, resnet }) => {
		const models = present([vit, vitLarge]);
		// Sums lie near 1, branches around 0.
		const sums = onOneAxis(
			models.map((model) => panelOf(model, "sum", modelSeries(model, resnet, withSum))),
			1,
		);
		const branches = onOneAxis(
			models.map((model) => panelOf(model, "branch", modelSeries(model, resnet, withBranch))),
			0,
		);
		return {
			kind: "lines",
			x: { title: "Block", scale: "values" },
			y: { title: "Cosine", from: -1, to: 1 },
			seriesName: "branch",
			panels: models.flatMap((_, index) => present([sums[index], branches[index]])),
		};
	},
	provenance: ({ vit, vitLarge, resnet }) => normsProvenance(present([vit, vitLarge, resnet])),
});

function panelOf({ title }: NormsResult<CosinesResult>, other: string, series: readonly Series[]): LinesPanel {
	return { title: `${title}: skip with ${other}`, series, references: [] };
}

/** Axes from the tenth below all bands to the tenth above them, `level` among them. */
function onOneAxis(panels: readonly LinesPanel[], level: number): LinesPanel[] {
	const ends = panels.flatMap(({ series }) =>
		series.flatMap(({ points }) =>
			points.flatMap(({ y, standardError }) => [y - (standardError ?? 0), y + (standardError ?? 0)]),
		),
	);
	const [least, largest] = [Math.min(level, ...ends), Math.max(level, ...ends)];
	const y = { from: Math.floor(10 * least) / 10, to: Math.ceil(10 * largest) / 10 };
	return panels.map((panel) => ({ ...panel, ends: { y } }));
}

function withSum({ cosineWithSum, cosineWithSumStandardError, reason }: CosinesResult) {
	return { value: cosineWithSum, standardError: cosineWithSumStandardError, reason };
}

function withBranch({ cosineWithBranch, cosineWithBranchStandardError, reason }: CosinesResult) {
	return { value: cosineWithBranch, standardError: cosineWithBranchStandardError, reason };
}

/** cos(z, z + f(z)), one a block. */
function cosines(model: NormsResult<CosinesResult>, place: Place): Estimate[] {
	return branchEstimates(model, place, withSum);
}

function turn(words: string, place: Place, pick: (data: Data) => NormsResult<CosinesResult>): Statistic<Data> {
	return {
		name: `Cosine in the first half − second half, ${words}`,
		measure: (data, level) => halvesDifference(cosines(pick(data), place))(level),
	};
}
