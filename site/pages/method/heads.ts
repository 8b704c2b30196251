/** How attention heads are measured. */
import { html } from "../../html.ts";
import { fenced, formula, frac, inline, math, sub, sum } from "../../mathml.ts";
import { type MethodSection, raghu, settings } from "./section.ts";

const weight = sub("A", math`i j`);

export const attentionDistance: MethodSection = {
	id: "attention-distance",
	title: "Mean attention distance of a head",
	body: html`<p>How far a head looks: the distance between the patch ${inline("i")} that asks and the patch ${inline("j")} that it looks at, weighted by attention and averaged over all patches that ask. ${inline("N")} is the number of patches, ${inline("P")} the side of one in pixels, and row and column tell its place in the grid:</p>
${formula(
	"D of i and j is P times the Euclidean distance of their places",
	math`${sub("D", math`i j`)} = P ${fenced("‖", math`(${sub("row", "i")}, ${sub("column", "i")}) − (${sub("row", "j")}, ${sub("column", "j")})`, "‖")}`,
)}
${formula(
	"d is one over N times the sum over all pairs of patches of attention weight times distance",
	math`d = ${frac("1", "N")} ${sum("i")} ${sum("j")} ${weight} ${sub("D", math`i j`)}`,
)}
<p>${inline("A")} are the weights after the softmax. The row and the column of the class token are dropped and nothing is divided anew, so a head that looks at the class token alone has a distance near 0. A patch's distance to itself is 0. The dashed line of the figures is the same with ${inline(math`${weight} = 1 / N`)}: attention spread evenly over the patches.</p>
${settings([
	["Average", "Over images, with the standard error of that mean."],
	[
		"Variants",
		"With rows divided anew by what is left of them; with the class token as a patch in the middle; on a grid from 0 to 1. The reports take the paper's.",
	],
	["Precision", "Weights times distances in float32 on the device; sums over images in float64."],
])}`,
	sources: [
		raghu,
		{
			text: "Dosovitskiy et al. 2021, An Image is Worth 16x16 Words, appendix D.7",
			url: "https://arxiv.org/abs/2010.11929",
		},
	],
};

export const attentionEntropy: MethodSection = {
	id: "attention-entropy",
	title: "Entropy of a head's attention",
	body: html`<p>How widely a head spreads its attention, wherever it looks: over all ${inline("T")} tokens, the class token included, averaged over all that ask.</p>
${formula(
	"H is minus one over T times the sum over all pairs of tokens of attention weight times its natural logarithm",
	math`H = − ${frac("1", "T")} ${sum("i")} ${sum("j")} ${weight} ln ${weight}`,
)}
<p>In nats: 0 where every token looks at one other alone, ${inline(math`ln T`)} where all look everywhere alike. The mean over images with its standard error; float32 on the device, ${inline(math`0 ln 0`)} counts as 0. No figure of the paper shows it; the playground answers it.</p>`,
	sources: [],
};
