/** How skips are weighed against branches. */
import { html } from "../../html.ts";
import { fenced, formula, frac, inline, math, words } from "../../mathml.ts";
import { type MethodSection, raghu, settings } from "./section.ts";

const norm = (of: string) => fenced("‖", of, "‖");

export const residualNorms: MethodSection = {
	id: "residual-norms",
	title: "What a skip carries and a branch adds",
	body: html`<p>Each block adds the output of a branch, ${inline(math`f (z)`)}, to the vector ${inline("z")} that the skip carries past it: once for attention and once for the MLP of a ViT, once for a unit of a ResNet. At every token (of a ResNet, at every position):</p>
${formula("The ratio is the norm of z over the norm of f of z", math`${words("ratio")} = ${frac(norm("z"), norm("f (z)"))}`)}
${formula(
	"The cosine with the sum is z dot z plus f of z over the product of their norms, the cosine with the branch z dot f of z over the product of theirs",
	math`cos (z, z + f (z)) = ${frac(math`z · (z + f (z))`, math`${norm("z")} ${norm("z + f (z)")}`)} , cos (z, f (z)) = ${frac(math`z · f (z)`, math`${norm("z")} ${norm("f (z)")}`)}`,
)}
<p>A ratio above 1 means that the skip prevails; a cosine with the sum of 1, that the branch does not turn the token.</p>
${settings([
	[
		"Average",
		"The mean over images of each token's own ratio (not the ratio of mean norms, which can be asked for). The class token by itself; the patches, or positions, as the mean over them.",
	],
	[
		"Projections",
		"Where a ResNet's unit changes the width, z is what the projection on its shortcut makes: that is what the branch is added to.",
	],
	["Precision", "Squares and products in float32 on the device; roots, ratios and sums in float64."],
	["Error", "The standard error of the mean over images."],
])}`,
	sources: [raghu],
};
