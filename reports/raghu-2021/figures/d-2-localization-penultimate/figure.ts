/** Fig. D.2 of the paper: where tokens of the last block but one come from, and claim C27 for the smaller ViTs. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { localizationPanel, localizationSpec } from "../../../../src/report/localizationMaps.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { LocalizationResult } from "../../../../src/report/queryResult.ts";
import { localizedRule, localizedTests } from "../../localizationTests.ts";
import { tokensOfLargeVit, tokensOfVit } from "../../tokens.ts";

interface Data {
	readonly vit: Localized;
	readonly vitLarge: Localized;
}

interface Localized {
	readonly title: string;
	/** Of the last block but one. */
	readonly localization: readonly LocalizationResult[];
}

const penultimate: Claim<Data> = {
	id: "C27b",
	sentence: "In the last block but one the tokens of a ViT are localised as in the last.",
	rule: `As C23, one block before the last. ${localizedRule}`,
	paper:
		"The interior tokens shown of the last block but one of ViT-B/32 and ViT-L/16 peak at their own patch; no values.",
	cases: [
		{ label: "ViT-S", tests: localizedTests(({ vit }: Data) => vit.localization[0]) },
		{ label: "ViT-L", tests: localizedTests(({ vitLarge }: Data) => vitLarge.localization[0]) },
	],
};

export const localizationPenultimate = defineFigure<Data>({
	id: "d-2-localization-penultimate",
	title: "Where tokens of the last block but one come from",
	alt: "Two rows of pictures, of two vision transformers: how similar one token of the last block but one is to each patch of the image.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [penultimate],
	chart: ({ vit, vitLarge }) =>
		localizationSpec([
			localizationPanel(vit.title, vit.localization[0], tokensOfVit),
			localizationPanel(vitLarge.title, vitLarge.localization[0], tokensOfLargeVit),
		]),
	provenance: ({ vit, vitLarge }) => provenanceOf([vit, vitLarge].flatMap((model) => model.localization)),
});
