/** Fig. 6 of the paper: effective receptive fields by depth, and claims C15 and C16. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { ReceptiveFieldMapResult } from "../../../../src/report/queryResult.ts";
import { receptiveFieldPanel, receptiveFieldSpec } from "../../../../src/report/receptiveFieldMaps.ts";
import { difference } from "../../../../src/report/statistics/estimates.ts";
import {
	fieldAtDepth,
	fieldStatistic,
	fiveDepths,
	layersByDepth,
	lowestQuarter,
	midwayLessShareOfLast,
} from "../../../../src/report/statistics/receptiveFieldDepth.ts";
import { centreDominates } from "../../receptiveFieldThresholds.ts";

interface Data {
	readonly vit: Fields;
	readonly resnet: Fields;
}

interface Fields {
	readonly title: string;
	readonly receptiveFields: readonly ReceptiveFieldMapResult[];
}

/** Share of its last radius that a field has half-way up. */
const reached = 0.75;

const reach: Claim<Data> = {
	id: "C15",
	sentence:
		"Receptive fields of low layers are larger in a ViT than in a ResNet; those of the ViT are global half-way up, those of the ResNet grow step by step.",
	rule: `How far a field reaches is told by r90, the radius about its centre that holds 90 % of the map, as a share of the image's side. Low layers: its mean over the attentions, or units, of the lowest quarter; the claim is of a direction, so the threshold of the difference is 0. Half-way up (attention or unit n/2 of n): the ViT has reached more than ${reached} of the radius of its last attention, the ResNet less than ${reached} of that of its last unit; even growth from nothing would give .5, the paper's ViT has 1.0, and the bar is half-way between. Tested as r90 half-way less ${reached} of the last. Intervals over batches of images, added end to end.`,
	paper:
		"r90 of 39, 100, 110, 108 and 110 px of 224 after attention 1, 3, 6, 9 and 12 of ViT-B/32; of 5, 13, 30, 69 and 90 px after the first convolution and units 3, 7, 12 and 16 of ResNet-50 (read off the figure). Half-way over last: 1.0 and .33.",
	discrepancy:
		"A ViT sees farther than a ResNet low down, not everywhere: at the last layer r50 of ResNet-50, 52 px, is larger than that of ViT-B/32, 47 px.",
	cases: [
		{
			label: "$vit against $resnet",
			tests: [
				{
					name: "r90 in the lowest quarter, ViT − ResNet",
					side: "above",
					threshold: 0,
					measure: ({ vit, resnet }, level) =>
						difference(
							lowestQuarter(vit.receptiveFields, "radiusHoldingNinety"),
							lowestQuarter(resnet.receptiveFields, "radiusHoldingNinety"),
						)(level),
				},
				{
					name: `r90 half-way up − ${reached} r90 of the last attention (ViT)`,
					side: "above",
					threshold: 0,
					measure: ({ vit }, level) =>
						midwayLessShareOfLast(vit.receptiveFields, "radiusHoldingNinety", reached)(level),
				},
				{
					name: `r90 half-way up − ${reached} r90 of the last unit (ResNet)`,
					side: "below",
					threshold: 0,
					measure: ({ resnet }, level) =>
						midwayLessShareOfLast(resnet.receptiveFields, "radiusHoldingNinety", reached)(level),
				},
			],
			also: [
				...atDepths("r90", "radiusHoldingNinety"),
				{
					name: "r50 of the last, ViT − ResNet",
					measure: ({ vit, resnet }, level) =>
						difference(
							fieldStatistic(fieldAtDepth(vit.receptiveFields, 1), "radiusHoldingHalf"),
							fieldStatistic(fieldAtDepth(resnet.receptiveFields, 1), "radiusHoldingHalf"),
						)(level),
				},
			],
		},
	],
};

const centre: Claim<Data> = {
	id: "C16",
	sentence: "The centre patch dominates the receptive fields of a ViT up to its last attention.",
	rule: `After the last attention, the mean of the map in the centre patch (a seventh of the image's side) over that of the whole map is above ${centreDominates}: half-way, as a factor, between the paper's last unit of ResNet-50, a broad blob of 4.9, and its last attention of ViT-B/32. That this comes from the skips is tested before the addition (Fig. C.4).`,
	paper:
		"Share of the map in the centre patch .89, .50, .30, .27 and .27 after attention 1, 3, 6, 9 and 12 of ViT-B/32, where an even map has .020: 13 times as much at the last. ResNet-50 ends at .10, 4.9 times (read off the figure).",
	cases: [
		{
			label: "$vit",
			tests: [
				{
					name: "Centre patch over the mean of the map, last attention",
					digits: 1,
					side: "above",
					threshold: centreDominates,
					measure: ({ vit }, level) =>
						fieldStatistic(fieldAtDepth(vit.receptiveFields, 1), "centreMassOverArea")(level),
				},
			],
			also: [
				{
					name: "Centre patch over the mean of the map, last unit of the ResNet",
					digits: 1,
					measure: ({ resnet }, level) =>
						fieldStatistic(fieldAtDepth(resnet.receptiveFields, 1), "centreMassOverArea")(level),
				},
			],
		},
	],
};

export const effectiveReceptiveFields = defineFigure<Data>({
	id: "06-effective-receptive-fields",
	title: "Effective receptive fields by depth",
	alt: "Two rows of pictures, of a vision transformer and of a ResNet: which pixels the middle of a layer depends on, from low layers to high ones.",
	howToRead:
		"Go along a row and watch the dark spot grow: the pixels in it are those that the middle of the layer listens to. Compare how soon the spot reaches the edges in either row; the slider shows each layer larger.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [reach, centre],
	chart: ({ vit, resnet }) =>
		receptiveFieldSpec(
			[vit, resnet].map(({ title, receptiveFields }) =>
				receptiveFieldPanel(title, layersByDepth(receptiveFields), 64, fiveDepths(receptiveFields)),
			),
		),
	provenance: ({ vit, resnet }) => provenanceOf([...vit.receptiveFields, ...resnet.receptiveFields]),
});

/** A radius low, half-way and last, of both models. */
function atDepths(name: string, statistic: "radiusHoldingNinety") {
	const models = [
		{ model: "ViT", pick: (data: Data) => data.vit },
		{ model: "ResNet", pick: (data: Data) => data.resnet },
	];
	const depths = [
		{ where: "first", share: 0 },
		{ where: "half-way up", share: 0.5 },
		{ where: "last", share: 1 },
	];
	return models.flatMap(({ model, pick }) =>
		depths.map(({ where, share }) => ({
			name: `${name}, ${where} (${model})`,
			measure: (data: Data, level: number) =>
				fieldStatistic(fieldAtDepth(pick(data).receptiveFields, share), statistic)(level),
		})),
	);
}
