/** Fig. E.1 of the paper: norms of skip and branch of every token, by block. Its claims are tested at Fig. 7. */
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import type { TokenRatiosResult } from "../../../../src/report/queryResult.ts";
import { tokenRatioPanel, tokenRatioProvenance, tokenRatioSpec } from "../../tokenRatios.ts";

interface Data {
	readonly vit: TokenRatiosResult;
}

export const skipNormsOfAllTokens = defineFigure<Data>({
	id: "e-1-skip-norms-of-all-tokens",
	title: "Norm of the skip over that of the branch, of all tokens",
	alt: "Two heat maps of the ratio of the norm carried by the skip to the norm added by the branch, of every token (rightwards) in each block (upwards): of the MLP and of self-attention.",
	howToRead:
		"The first column is the class token, the others are the patches in reading order. If all columns but the first look alike, the few patches that Figure 7b draws speak for the rest.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	bearsOn: ["C18"],
	chart: ({ vit }) => tokenRatioSpec([tokenRatioPanel(vit, "MLP"), tokenRatioPanel(vit, "ATTENTION")]),
	provenance: ({ vit }) => tokenRatioProvenance(vit),
});
