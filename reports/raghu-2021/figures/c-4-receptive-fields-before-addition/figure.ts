/** Fig. C.4 of the paper: receptive fields of the branches before they are added, and claims C16 (its cause) and C17. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { ReceptiveFieldMapResult } from "../../../../src/report/queryResult.ts";
import { receptiveFieldPanel, receptiveFieldSpec } from "../../../../src/report/receptiveFieldMaps.ts";
import { mean } from "../../../../src/report/statistics/estimates.ts";
import {
	branchLessStream,
	type FieldPair,
	fieldPairs,
	fieldStatistic,
	mixingLayers,
} from "../../../../src/report/statistics/receptiveFieldDepth.ts";
import { centreDominates } from "../../receptiveFieldThresholds.ts";

interface Data {
	readonly vit: Fields;
	readonly resnet: Fields & {
		readonly blocks: readonly { readonly index: number; readonly stage: number | null }[];
	};
}

interface Fields {
	readonly title: string;
	readonly before: readonly ReceptiveFieldMapResult[];
	readonly after: readonly ReceptiveFieldMapResult[];
}

const skips: Claim<Data> = {
	id: "C16b",
	sentence:
		"It is the skips that let the centre patch dominate: before they are added, the later attentions of a ViT do not depend on it above all.",
	rule: `Over the attentions of the upper half of the blocks, the mean of the map in the centre patch over that of the whole map: of the branches it is below ${centreDominates}, the bar of C16; and smaller than after the addition, where the claim is of a direction and the threshold 0. Intervals over batches of images, added end to end.`,
	paper:
		"Fields of later attentions before the addition are not dominated by the centre patch, those of MLPs look as after it (seen in the figure; no values).",
	cases: [
		{
			label: "$vit",
			tests: [
				{
					name: "Centre patch over the mean of the map, attention branches of the upper half",
					digits: 1,
					side: "below",
					threshold: centreDominates,
					measure: ({ vit }, level) =>
						mean(upperHalf(mixingPairs(vit)).map(({ before }) => fieldStatistic(before, "centreMassOverArea")))(level),
				},
				{
					name: "The same, branch − stream after the addition",
					digits: 1,
					side: "below",
					threshold: 0,
					measure: ({ vit }, level) => branchLessStream(upperHalf(mixingPairs(vit)), "centreMassOverArea", 1)(level),
				},
			],
			also: [
				{
					name: "The same of MLPs, branch − stream after the addition",
					digits: 1,
					measure: ({ vit }, level) =>
						branchLessStream(
							upperHalf(fieldPairs(vit.before, vit.after).filter(({ before }) => before.kind === "mlp")),
							"centreMassOverArea",
							1,
						)(level),
				},
			],
		},
	],
};

/** What a unit of the paper's ResNet-50 adds to r50: from 3 px to 52 px in 16 units, (52 / 3)^(1 / 16). */
const oneUnit = 1.2;

const alike: Claim<Data> = {
	id: "C17",
	sentence:
		"The receptive fields of a ResNet are alike before and after the addition, except in the first unit of a stage, whose branch by itself has a smaller one.",
	rule: `Alike is a radius r50 (holding 50 % of the map) that differs by less than a factor of ${oneUnit}, what one unit of the paper's ResNet-50 adds: over the units that are not the first of a stage, mean r50 of the branch less that of the stream times ${oneUnit} is below 0, and less that of the stream divided by ${oneUnit} above 0. Over the first units of all stages but the lowest (units 4, 8 and 14 of ResNet-50) the latter is below 0: their branch falls out of that band. Radii are shares of the image's side; intervals over batches of images, added end to end.`,
	paper:
		"Fields before and after the addition look alike but for units 4, 8 and 14, which seem to shrink: only the long branch is drawn, not the shortcut (seen in the figure; no values).",
	cases: [
		{
			label: "$resnet",
			tests: [
				{
					name: `r50 of the branch − ${oneUnit} r50 after the addition, units within a stage`,
					side: "below",
					threshold: 0,
					measure: ({ resnet }, level) =>
						branchLessStream(unitPairs(resnet, "within"), "radiusHoldingHalf", oneUnit)(level),
				},
				{
					name: `r50 of the branch − r50 after the addition / ${oneUnit}, units within a stage`,
					side: "above",
					threshold: 0,
					measure: ({ resnet }, level) =>
						branchLessStream(unitPairs(resnet, "within"), "radiusHoldingHalf", 1 / oneUnit)(level),
				},
				{
					name: `r50 of the branch − r50 after the addition / ${oneUnit}, first units of stages`,
					side: "below",
					threshold: 0,
					measure: ({ resnet }, level) =>
						branchLessStream(unitPairs(resnet, "first"), "radiusHoldingHalf", 1 / oneUnit)(level),
				},
			],
			also: [
				{
					name: "r50 of the branch, units within a stage",
					measure: ({ resnet }, level) =>
						mean(unitPairs(resnet, "within").map(({ before }) => fieldStatistic(before, "radiusHoldingHalf")))(level),
				},
				{
					name: "r50 of the branch − r50 after the addition, units within a stage",
					measure: ({ resnet }, level) => branchLessStream(unitPairs(resnet, "within"), "radiusHoldingHalf", 1)(level),
				},
				{
					name: "r50 of the branch, first units of stages",
					measure: ({ resnet }, level) =>
						mean(unitPairs(resnet, "first").map(({ before }) => fieldStatistic(before, "radiusHoldingHalf")))(level),
				},
				{
					name: "r50 of the branch − r50 after the addition, first units of stages",
					measure: ({ resnet }, level) => branchLessStream(unitPairs(resnet, "first"), "radiusHoldingHalf", 1)(level),
				},
			],
		},
	],
};

export const receptiveFieldsBeforeAddition = defineFigure<Data>({
	id: "c-4-receptive-fields-before-addition",
	title: "Effective receptive fields before the residual addition",
	alt: "Rows of pictures, of a vision transformer and of a ResNet: which pixels the middle of a branch depends on, before it is added to its skip, and after.",
	howToRead:
		"Set each map beside the one of the same layer in Figures C.1 and C.2. A spot in the middle that is there and missing here was carried past the layer by the skip, not made by it.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [skips, alike],
	chart: ({ vit, resnet }) =>
		receptiveFieldSpec(
			[vit, resnet].flatMap(({ title, before, after }) => [
				receptiveFieldPanel(`${title}, before the addition`, before, 32),
				receptiveFieldPanel(`${title}, after the addition`, after, 32),
			]),
		),
	provenance: ({ vit, resnet }) => provenanceOf([vit, resnet].flatMap(({ before, after }) => [...before, ...after])),
});

function mixingPairs({ before, after }: Fields): readonly FieldPair[] {
	return fieldPairs(mixingLayers(before), after);
}

function upperHalf<Item>(items: readonly Item[]): readonly Item[] {
	return items.slice(Math.floor(items.length / 2));
}

/** Units that are the first of a stage but the lowest, or those that are the first of none; of a CNN without stages none. */
function unitPairs({ blocks, ...fields }: Data["resnet"], which: "first" | "within"): readonly FieldPair[] {
	const stageOf = (index: number | null) => blocks.find((block) => block.index === index)?.stage ?? null;
	return mixingPairs(fields).filter(({ before: { block } }) => {
		const stage = stageOf(block);
		if (stage === null || block === null) return false;
		const first = blocks.find((one) => one.stage === stage)?.index === block;
		return which === "first" ? first && block !== blocks[0]?.index : !first;
	});
}
