/** Fig. 7 (left) of the paper: norms of skip and branch of the first tokens, by block. Its claims are tested at Fig. 7. */
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import type { TokenRatiosResult } from "../../../../src/report/queryResult.ts";
import { tokenRatioPanel, tokenRatioProvenance, tokenRatioSpec } from "../../tokenRatios.ts";

interface Data {
	readonly vit: TokenRatiosResult;
}

/** As many as the paper draws. */
const tokens = 10;

export const skipNormsByToken = defineFigure<Data>({
	id: "07b-skip-norms-by-token",
	title: "Norm of the skip over that of the branch, of the first tokens",
	alt: "Two heat maps of the ratio of the norm carried by the skip to the norm added by the branch, of the class token and nine patches (rightwards) in each block (upwards).",
	howToRead:
		"Compare the first column, the class token, with the others row by row from the bottom up. Where it is brighter than they are, a block leaves the class token alone and works on the patches.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	bearsOn: ["C18"],
	chart: ({ vit }) => tokenRatioSpec([tokenRatioPanel(vit, "ATTENTION", tokens), tokenRatioPanel(vit, "MLP", tokens)]),
	provenance: ({ vit }) => tokenRatioProvenance(vit),
});
