/** Fig. 10 of the paper: where tokens come from in a ViT without class token, and claim C26. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { localizationPanel, localizationSpec } from "../../../../src/report/localizationMaps.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { LocalizationResult } from "../../../../src/report/queryResult.ts";
import { betterLocalized, localizedNumbers } from "../../localizationTests.ts";
import { tokensOfVit } from "../../tokens.ts";

interface Data {
	readonly vit: Localized;
	readonly vitGap: Localized;
}

interface Localized {
	readonly title: string;
	/** Of the last block. */
	readonly localization: readonly LocalizationResult[];
}

const withToken = (data: Data) => data.vit.localization[0];
const withoutToken = (data: Data) => data.vitGap.localization[0];

const lost: Claim<Data> = {
	id: "C26",
	sentence: "A ViT that is read at the mean of its tokens loses their places, where one with a class token keeps them.",
	rule: "Share of interior tokens of the last block that are most similar to their own patch, with class token − with the mean; the claim is of a direction, so the threshold is 0. Intervals over batches of images, of one token to either side at least, added end to end.",
	paper:
		"All four maps shown of ViT-B/32-GAP look alike, bright at the border and dark inside, none with its peak at the own patch; no values.",
	cases: [
		{
			label: "$vit against $vitGap",
			tests: [betterLocalized("class token − mean", withToken, withoutToken)],
			also: [...localizedNumbers("class token", withToken), ...localizedNumbers("mean", withoutToken)],
		},
	],
};

export const localizationWithoutClassToken = defineFigure<Data>({
	id: "10-localization-without-class-token",
	title: "Where tokens come from without a class token",
	alt: "A row of pictures, of a vision transformer with global average pooling: how similar one token of the last block is to each patch of the image.",
	howToRead:
		"Look first whether the frame is the brightest place of its map. Then compare the maps with each other: if all look the same, the tokens have given up their places and speak of the image as a whole.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [lost],
	chart: ({ vitGap }) => localizationSpec([localizationPanel(vitGap.title, vitGap.localization[0], tokensOfVit)]),
	provenance: ({ vit, vitGap }) => provenanceOf([vit, vitGap].flatMap((model) => model.localization)),
});
