/** Fig. 8 of the paper: CKA of all layers of ViTs without the skips of one block, and claims C21 and C22. */
import type { Claim, ClaimCase } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { heatMapPanel } from "../../../../src/report/heatMapPanel.ts";
import { batchesOf, provenanceOf } from "../../../../src/report/provenance.ts";
import type {
	DrawnSkipSideResult,
	ModelResult,
	SkipAblationResult,
	SkipSideResult,
} from "../../../../src/report/queryResult.ts";
import {
	difference,
	type Estimate,
	withInterval,
	withStandardError,
} from "../../../../src/report/statistics/estimates.ts";
import { topOne } from "../../topOne.ts";

interface Data {
	readonly vit: ModelResult & Readonly<Record<Where, SkipAblationResult>>;
}

type Where = "early" | "middle" | "late";
type How = "trained" | "ablated";

const split: Claim<Data> = {
	id: "C21",
	sentence: "Without the skips of a block, the representations before and behind it become unlike each other.",
	rule: "The mean CKA of the layers before the block's first branch with those from it on, over the mean CKA within either part (a layer with itself left out). Without the skips it lies below .50: half-way between the paper's .2 and the .83 that its ViT-L/16 has between its halves with all skips (C1). And it lies below that of the same model with its skips, cut at the same place; the threshold of that difference is 0. Student's intervals on the jackknife errors over batches; those of the difference are set end to end, which is wider than needed. The verdict is that of the middle block, trained without its skips.",
	paper:
		"Across .09 and within .44 at block 7 of 12, .08 and .55 at block 10; .32 and .53 at block 1 (read off the figure).",
	discrepancy: "The text speaks of any block i; the map without the skips of block 1 shows no break.",
	cases: [
		splitCase("middle", "trained"),
		splitCase("late", "trained"),
		splitCase("early", "trained"),
		splitCase("middle", "ablated"),
		splitCase("late", "ablated"),
		splitCase("early", "ablated"),
	],
};

const costs: Claim<Data> = {
	id: "C22",
	sentence: "To train a ViT without the skips of a middle block costs accuracy: 4 % in the paper.",
	rule: "Top-1 on the report's images without the skips less that with them, both on the same images: the interval for paired shares (Newcombe 1998). The claim is of a loss, and on which images and how 4 % are counted is not told, so the threshold is 0. The interval covers the choice of images, not of the training: each model was trained once.",
	paper: "4 % for a middle block; data set, baseline, and whether points or a share of it are not told.",
	cases: [
		lossCase("middle", "trained"),
		lossCase("late", "trained"),
		lossCase("early", "trained"),
		lossCase("middle", "ablated"),
		lossCase("late", "ablated"),
		lossCase("early", "ablated"),
	],
};

export const withoutSkips = defineFigure<Data>({
	id: "08-without-skips",
	title: "Similarity of layers within a ViT without the skips of a block",
	alt: "Heat maps of linear CKA between all pairs of layers of vision transformers that lack the skips of an early, a middle and a late block.",
	howToRead:
		"Look at the upper left and the lower right of each map, where layers before the missing skips meet those behind them. If these corners are dark and the squares beside them bright, the network fell into two parts at that block.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [split, costs],
	chart: (data) => ({
		kind: "heatMap",
		quantity: "Linear CKA",
		scale: { colours: "magma", from: 0, to: 1 },
		panels: drawnSides(data).map(({ title, side }) => heatMapPanel(title, data.vit, data.vit, side.similarity)),
	}),
	provenance: (data) => [
		...drawnSides(data).flatMap(({ side }) => [
			side.similarity.provenance,
			...provenanceOf([side.split, side.accuracy]),
		]),
		...provenanceOf(ablations(data).flatMap(({ original }) => [original.split, original.accuracy])),
	],
});

/** Those trained without come first, as the paper's are. */
function drawnSides(data: Data): { title: string; side: DrawnSkipSideResult }[] {
	const all = ablations(data);
	return [
		...all.flatMap(({ trained: side }) => (side === null ? [] : [{ title: side.model.title, side }])),
		...all.flatMap(({ ablated: side }) => (side === null ? [] : [{ title: ablatedTitle(data, side), side }])),
	];
}

/** The block is that of the first layer behind the skips. */
function ablatedTitle({ vit }: Data, { split: { layer }, similarity: { rows } }: DrawnSkipSideResult): string {
	const block = rows.find(({ name }) => name === layer)?.block ?? null;
	return `${vit.title}, skips ${block === null ? "" : `of block ${block} `}taken out`;
}

function ablations({ vit }: Data): SkipAblationResult[] {
	return [vit.early, vit.middle, vit.late];
}

function splitCase(where: Where, how: How): ClaimCase<Data> {
	const without = (data: Data) => ofSide(data, where, how, splitOf);
	return {
		label: labelOf(where, how),
		roles: rolesOf(where, how),
		tests: [
			{
				name: "CKA across over within, without the skips",
				side: "below",
				threshold: 0.5,
				measure: (data, level) => without(data)(level),
			},
			{
				name: "CKA across over within, without − with the skips",
				side: "below",
				threshold: 0,
				measure: (data, level) => difference(without(data), splitOf(data.vit[where].original))(level),
			},
		],
	};
}

function lossCase(where: Where, how: How): ClaimCase<Data> {
	return {
		label: labelOf(where, how),
		roles: rolesOf(where, how),
		tests: [
			{
				name: "Top-1, without − with the skips",
				side: "below",
				threshold: 0,
				measure: (data, level) =>
					ofSide(data, where, how, ({ accuracyDifference: { value, low, high, reason } }) =>
						withInterval(value, low, high, reason),
					)(level),
			},
		],
		also: [
			{ name: "Top-1 with all skips", measure: (data, level) => topOne(data.vit[where].original.accuracy)(level) },
			{
				name: "Top-1 without",
				measure: (data, level) => ofSide(data, where, how, ({ accuracy }) => topOne(accuracy))(level),
			},
		],
	};
}

function labelOf(where: Where, how: How): string {
	const block = { early: "an early", middle: "a middle", late: "a late" }[where];
	return how === "trained"
		? `$vit trained without the skips of ${block} block`
		: `$vit with the skips of ${block} block taken out after training`;
}

function rolesOf(where: Where, how: How): readonly string[] {
	const trained = { early: "vitNoSkipEarly", middle: "vitNoSkipMiddle", late: "vitNoSkipLate" } as const;
	return how === "trained" ? [trained[where]] : [];
}

/** Of the model without the skips, where there is one. */
function ofSide(data: Data, where: Where, how: How, read: (side: DrawnSkipSideResult) => Estimate): Estimate {
	const ablation = data.vit[where];
	const side = ablation[how];
	if (side !== null) return read(side);
	return () => ({
		reason: how === "trained" ? "no model was trained so" : (ablation.reason ?? "there is no such model"),
	});
}

function splitOf({ split: { value, standardError, reason, provenance } }: SkipSideResult): Estimate {
	return withStandardError(value, standardError, batchesOf(provenance), reason);
}
