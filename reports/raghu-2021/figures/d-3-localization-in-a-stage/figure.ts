/** Fig. D.3 of the paper: where positions of a ResNet's last stage come from, and claim C25 for its earlier units. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { localizationPanel, localizationSpec } from "../../../../src/report/localizationMaps.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { LocalizationResult } from "../../../../src/report/queryResult.ts";
import { difference } from "../../../../src/report/statistics/estimates.ts";
import { ownMinusMean } from "../../../../src/report/statistics/localized.ts";
import { betterLocalized, localizedNumbers } from "../../localizationTests.ts";
import { positionsOfResnet } from "../../tokens.ts";

interface Data {
	readonly vit: { readonly localization: readonly LocalizationResult[] };
	readonly resnet: {
		readonly title: string;
		/** Of units of the last stage, the last unit first. */
		readonly localization: readonly LocalizationResult[];
	};
}

const ofVit = ({ vit }: Data) => vit.localization[0];
const ofLast = ({ resnet }: Data) => resnet.localization[0];
const ofEarliest = ({ resnet }: Data) => resnet.localization.at(-1);

const earlier: Claim<Data> = {
	id: "C25b",
	sentence:
		"The first unit of a ResNet's last stage holds the places of its positions better than the last unit, and less well than a ViT.",
	rule: "Against the last unit: CKA of interior positions with their own patch less that with all patches, first unit − last; the two are of one model and one grid, so that their levels compare. Against the ViT's last block: the share of interior tokens that are most similar to their own patch, ViT − first unit, as in C25, whose question is easier for the ResNet. Both claims are of a direction, so the thresholds are 0. Intervals over batches of images, added end to end.",
	paper:
		"The maps of the middle and the first unit of the last stage of ResNet-50 peak nearer to the own patch than those of the last unit, and are broader than those of ViTs; no values.",
	cases: [
		{
			label: "$resnet, and $vit",
			tests: [
				{
					name: "CKA with the own patch − with all, first unit − last",
					side: "above",
					threshold: 0,
					measure: (data, level) => difference(ownMinusMean(ofEarliest(data)), ownMinusMean(ofLast(data)))(level),
				},
				betterLocalized("ViT − first unit", ofVit, ofEarliest),
			],
			also: [
				...localizedNumbers("first unit", ofEarliest),
				...localizedNumbers("last unit", ofLast),
				...localizedNumbers("ViT", ofVit),
			],
		},
	],
};

export const localizationInAStage = defineFigure<Data>({
	id: "d-3-localization-in-a-stage",
	title: "Where positions of a ResNet's last stage come from",
	alt: "A row of pictures for each unit of the last stage of a ResNet: how similar one position is to each patch of the image.",
	howToRead:
		"Each row is a unit, the last one at the top; look from row to row whether the bright spot comes nearer to the frame. A broad glow instead of a spot means that the position mixes what lies all around it.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [earlier],
	chart: ({ resnet: { title, localization } }) =>
		localizationSpec(localization.map((layer) => localizationPanel(title, layer, positionsOfResnet))),
	provenance: ({ vit, resnet }) => provenanceOf([...vit.localization, ...resnet.localization]),
});
