/** How the place is found that a token speaks of. */
import { html } from "../../html.ts";
import { formula, inline, math, sub } from "../../mathml.ts";
import { type MethodSection, raghu, settings } from "./section.ts";

export const localization: MethodSection = {
	id: "localisation",
	title: "Localisation: which patch a token resembles",
	body: html`<p>For each token ${inline("t")} of a layer and each patch ${inline("p")} of the input, over the same images: ${inline(sub("X", "t"))} holds the token's vector for every image, ${inline(sub("Y", "p"))} the raw pixels of the patch after the model's normalisation. Their similarity is <a href="#cka">linear CKA</a>, unbiased and summed over batches as above:</p>
${formula("The map at t and p is CKA of X of t and Y of p", math`M (t, p) = CKA (${sub("X", "t")}, ${sub("Y", "p")})`)}
<p>A token's own patch is the one that holds the centre of its cell. It finds the patch with the largest ${inline("M")}. The class token has no place and is left out; of a ResNet each position with all its channels counts as a token.</p>
${settings([
	["Own share", "The share of interior tokens, those off the border of the grid, that find their own patch."],
	["Distance", "The median over interior tokens from their own patch to the one they find, in patches."],
	["Own less mean", "CKA with the own patch less the mean over all patches."],
	["Patches", "As many as the layer has tokens or positions."],
	[
		"Precision",
		"Gram matrices, centring and products in float32 on the device; sums over batches in float64. Full batches only, of at least 4 images.",
	],
	["Error", "The jackknife over batches. A share and a median move in steps: their intervals are rough."],
])}`,
	sources: [raghu],
};
