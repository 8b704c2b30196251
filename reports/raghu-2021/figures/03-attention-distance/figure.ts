/** Fig. 3 of the paper: mean attention distance of every head, and claims C9 and C10. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import type { LinesPanel } from "../../../../src/report/figureSpec.ts";
import { largest, type MeanOfImages, type Measured, smallest } from "../../../../src/report/interval.ts";
import type { HeadsResult } from "../../../../src/report/queryResult.ts";

interface Data {
	readonly vit: HeadsResult;
	readonly vitGap: HeadsResult;
}

const models = [
	{ label: "ViT-S", pick: (data: Data) => data.vit },
	{ label: "ViT-S with global average pooling", pick: (data: Data) => data.vitGap },
];

const mixed: Claim<Data> = {
	id: "C9",
	sentence: "The lowest blocks of a ViT hold local and global heads side by side.",
	rule: "In each of the two lowest blocks, the most local head reaches at most .50 of the distance of uniform attention, and the most global head at least .85: about twice the paper's most local head, and just below its least global one of .88.",
	paper:
		"Smallest head over uniform .20 and .18 (ViT-L/16, blocks 0 and 1), .06 and .21 (ViT-H/14); largest .88 and 1.00, .98 and .94.",
	cases: models.map(({ label, pick }) => ({
		label,
		tests: [0, 1].flatMap((block) => [
			{
				name: `Smallest head distance over uniform, block ${block}`,
				side: "below" as const,
				threshold: 0.5,
				measure: (data: Data, level: number) => overUniform(pick(data), block, smallest, level),
			},
			{
				name: `Largest head distance over uniform, block ${block}`,
				side: "above" as const,
				threshold: 0.85,
				measure: (data: Data, level: number) => overUniform(pick(data), block, largest, level),
			},
		]),
	})),
};

const global: Claim<Data> = {
	id: "C10",
	sentence: "In the highest blocks of a ViT all heads are global.",
	rule: "In each of the last two blocks, even the most local head reaches at least .85 of the distance of uniform attention: the bar that a global head has to pass in C9.",
	paper:
		"Smallest head over uniform .94 and .97 (ViT-L/16, blocks 22 and 23), .91 and .99 (ViT-H/14, blocks 30 and 31).",
	cases: models.map(({ label, pick }) => ({
		label,
		tests: [-2, -1].map((fromEnd) => ({
			name: `Smallest head distance over uniform, ${fromEnd === -1 ? "last" : "last but one"} block`,
			side: "above" as const,
			threshold: 0.85,
			measure: (data: Data, level: number) => overUniform(pick(data), fromEnd, smallest, level),
		})),
	})),
};

export const attentionDistance = defineFigure<Data>({
	id: "03-attention-distance",
	title: "Mean attention distance of heads",
	alt: "Line charts of mean attention distance in pixels against the rank of the head, a line for each block, for two vision transformers.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [mixed, global],
	chart: (data) => ({
		kind: "lines",
		x: { title: "Head, sorted by distance", scale: "ranks" },
		y: { title: "Mean attention distance (px)", to: null },
		seriesName: "block",
		panels: [panel(data.vit), panel(data.vitGap)],
	}),
	provenance: (data) => [data.vit, data.vitGap].flatMap(headsOf).map((head) => head.attentionDistance.provenance),
});

/** A model's blocks as lines, the heads of each sorted by distance; at first the two lowest and the two highest. */
function panel(model: HeadsResult): LinesPanel {
	const uniformPx = headsOf(model)[0]?.attentionDistance.uniformPx;
	const { blocks } = model;
	return {
		title: model.title,
		series: blocks.map(({ index, heads }) => ({
			label: `block ${index}`,
			shown: index < 2 || index >= blocks.length - 2,
			points: heads
				.flatMap(({ index: head, attentionDistance: { meanPx, standardErrorPx } }) =>
					meanPx === null ? [] : [{ y: meanPx, standardError: standardErrorPx, name: `head ${head}` }],
				)
				.sort((a, b) => a.y - b.y)
				.map((point, rank) => ({ x: rank + 1, ...point })),
		})),
		references: uniformPx === undefined ? [] : [{ label: "uniform attention", y: uniformPx }],
	};
}

/** The smallest or largest head of a block (from the end if negative) over the distance of uniform attention. */
function overUniform(model: HeadsResult, block: number, extreme: typeof smallest, level: number): Measured {
	if (model.blocks.length < 4)
		return { reason: `${model.title} has ${model.blocks.length} blocks; lowest and highest pairs need 4` };
	const heads = model.blocks.at(block)?.heads ?? [];
	const means: MeanOfImages[] = [];
	for (const { index, attentionDistance: distance } of heads) {
		if (distance.meanPx === null || distance.standardErrorPx === null)
			return { reason: `head ${index} of block ${block}: ${distance.reason ?? "no value"}` };
		means.push({
			value: distance.meanPx,
			standardError: distance.standardErrorPx,
			images: distance.provenance.imagesUsed,
		});
	}
	return extreme(means, heads[0]?.attentionDistance.uniformPx ?? Number.NaN, level);
}

function headsOf(model: HeadsResult) {
	return model.blocks.flatMap((block) => block.heads);
}
