/** Fig. D.2 of the paper: where tokens of the last block but one come from, and claim C27 for the smaller ViTs. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, present, textBeside } from "../../../../src/report/definition.ts";
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
		{ label: "$vit", tests: localizedTests(({ vit }: Data) => vit.localization[0]) },
		{ label: "$vitLarge", tests: localizedTests(({ vitLarge }: Data) => vitLarge.localization[0]) },
	],
};

export const localizationPenultimate = defineFigure<Data, "vitLarge">({
	id: "d-2-localization-penultimate",
	title: "Where tokens of the last block but one come from",
	alt: "Rows of pictures, one for each vision transformer: how similar one token of the last block but one is to each patch of the image.",
	howToRead:
		"Look for the brightest cell of each map, and whether it lies in the frame. Then compare with the same token of the last block in Figure 9: it may be sharper here, before the model prepares its answer.",
	query: textBeside(import.meta.url, "query.graphql"),
	optional: ["vitLarge"],
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [penultimate],
	chart: ({ vit, vitLarge }) =>
		localizationSpec(
			(
				[
					[vit, tokensOfVit],
					[vitLarge, tokensOfLargeVit],
				] as const
			).flatMap(([model, tokens]) =>
				model === undefined ? [] : localizationPanel(model.title, model.localization[0], tokens),
			),
		),
	provenance: ({ vit, vitLarge }) => provenanceOf(present([vit, vitLarge]).flatMap((model) => model.localization)),
});
