/** Fig. 9 of the paper: where the tokens of the last block come from, and claims C23, C24 and C25. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, present, textBeside } from "../../../../src/report/definition.ts";
import { localizationPanel, localizationSpec } from "../../../../src/report/localizationMaps.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { LocalizationResult } from "../../../../src/report/queryResult.ts";
import { borderLead } from "../../../../src/report/statistics/localized.ts";
import { betterLocalized, localizedNumbers, localizedRule, localizedTests } from "../../localizationTests.ts";
import { positionsOfResnet, tokensOfLargeVit, tokensOfVit } from "../../tokens.ts";

interface Data {
	readonly vit: Localized;
	readonly vitLarge: Localized;
	/** Also told beside claims about ViTs alone, where it is there. */
	readonly resnet?: Localized;
}

interface Localized {
	readonly title: string;
	/** Of the last block. */
	readonly localization: readonly LocalizationResult[];
}

const vits = [
	{ label: "$vit", pick: (data: Data) => data.vit.localization[0] },
	{ label: "$vitLarge", pick: (data: Data) => data.vitLarge.localization[0] },
];
const ofResnet = (data: Data) => data.resnet?.localization[0];

const interior: Claim<Data> = {
	id: "C23",
	sentence:
		"In the last block of a ViT, tokens inside the image still hold their own place: each is most similar to its own patch.",
	rule: localizedRule,
	paper:
		"All interior tokens that the figure shows, three each of ViT-B/32 and ViT-L/16, peak at their own patch; no values.",
	cases: vits.map(({ label, pick }) => ({
		label,
		tests: localizedTests(pick),
		also: localizedNumbers(label, pick).slice(2),
	})),
};

const edge: Claim<Data> = {
	id: "C24",
	sentence: "Tokens at the edge of the image resemble the patches of the whole border rather than their own alone.",
	rule: "Mean CKA of edge tokens with the patches of the border other than their own, less that with the patches inside; the claim is of a direction, so the threshold is 0. The two come with intervals of their own, which are added end to end: wider than needed, since they rest on the same images.",
	paper: "The corner tokens shown of ViT-B/32 and ViT-L/16 are bright along the border; no values.",
	cases: vits.map(({ label, pick }) => ({
		label,
		tests: [
			{
				name: "CKA of edge tokens with other patches of the border − with patches inside",
				side: "above",
				threshold: 0,
				measure: (data, level) => borderLead(pick(data))(level),
			},
		],
		also: [
			{
				name: "The same for the ResNet's edge positions",
				measure: (data, level) => borderLead(ofResnet(data))(level),
			},
		],
	})),
};

const resnet: Claim<Data> = {
	id: "C25",
	sentence: "Positions in the last unit of a ResNet hold their place far less than tokens of a ViT.",
	rule: "Share of interior tokens, or positions, that are most similar to their own patch, ViT − ResNet; the claim is of a direction, so the threshold is 0. The last map of ResNet-S has 4 x 4 positions, so that only 4 are inside and a patch is one of 16: an easier question than a ViT's 36 with one of 64, which speaks for the ResNet. An interval reaches one token to either side at least, and the two are added end to end. How far the own patch stands out is printed, not tested: levels of CKA of two models do not compare.",
	paper:
		"The three interior positions shown of ResNet-50 are most similar to patches elsewhere, in broad maps; no values.",
	cases: vits.map(({ label, pick }) => ({
		label: `${label} against $resnet`,
		tests: [betterLocalized("ViT − ResNet", pick, ofResnet)],
		also: [...localizedNumbers("ViT", pick), ...localizedNumbers("ResNet", ofResnet)],
	})),
};

export const localization = defineFigure<Data, "vitLarge" | "resnet">({
	id: "09-localization",
	title: "Where tokens of the last block come from",
	alt: "Rows of pictures, one for each model, vision transformers and a ResNet: how similar one token of the last block is to each patch of the image.",
	howToRead:
		"Each square is a picture of the image's patches, and the frame shows where one token stands. A bright cell inside the frame and dark ones elsewhere mean that the token still knows its own place; light all over or elsewhere means that it does not.",
	query: textBeside(import.meta.url, "query.graphql"),
	optional: ["vitLarge", "resnet"],
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [interior, edge, resnet],
	chart: ({ vit, vitLarge, resnet }) =>
		localizationSpec(
			(
				[
					[vit, tokensOfVit],
					[vitLarge, tokensOfLargeVit],
					[resnet, positionsOfResnet],
				] as const
			).flatMap(([model, tokens]) =>
				model === undefined ? [] : localizationPanel(model.title, model.localization[0], tokens),
			),
		),
	provenance: ({ vit, vitLarge, resnet }) =>
		provenanceOf(present([vit, vitLarge, resnet]).flatMap((model) => model.localization)),
});
