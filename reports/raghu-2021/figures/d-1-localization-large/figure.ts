/** Fig. D.1 of the paper: where tokens come from in the last two blocks of the largest ViT, and claim C27. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { localizationPanel, localizationSpec } from "../../../../src/report/localizationMaps.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { LocalizationResult } from "../../../../src/report/queryResult.ts";
import { localizedRule, localizedTests } from "../../localizationTests.ts";
import { tokensOfLargestVit } from "../../tokens.ts";

interface Data {
	readonly vitLarge: {
		readonly title: string;
		/** Of the last block, and the one before. */
		readonly localization: readonly LocalizationResult[];
	};
}

const large: Claim<Data> = {
	id: "C27",
	sentence: "The largest ViT is localised too, in its last block and in the one before.",
	rule: `As C23, in both blocks. ${localizedRule}`,
	paper: "The interior tokens shown of the last two blocks of ViT-H/14 peak at their own patch; no values.",
	cases: [
		{
			label: "$vitLarge",
			tests: [
				...localizedTests(({ vitLarge }: Data) => vitLarge.localization[0], ", last block"),
				...localizedTests(({ vitLarge }: Data) => vitLarge.localization[1], ", last but one"),
			],
		},
	],
};

export const localizationLarge = defineFigure<Data>({
	id: "d-1-localization-large",
	title: "Where tokens of the largest ViT come from",
	alt: "Two rows of pictures, of the last two blocks of a larger vision transformer: how similar one token is to each patch of the image.",
	howToRead:
		"Look for the brightest cell of each map, and whether it lies in the frame. If it does so in both rows, the tokens know their places up to the end.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [large],
	chart: ({ vitLarge: { title, localization } }) =>
		localizationSpec(localization.map((layer) => localizationPanel(title, layer, tokensOfLargestVit))),
	provenance: ({ vitLarge }) => provenanceOf(vitLarge.localization),
});
