/** How effective receptive fields are measured. */
import { html } from "../../html.ts";
import { fenced, formula, frac, inline, math, sub, sum } from "../../mathml.ts";
import { type MethodSection, raghu, settings } from "./section.ts";

export const receptiveField: MethodSection = {
	id: "receptive-field",
	title: "Effective receptive field of a layer",
	body: html`<p>Which pixels the middle of a layer depends on. Of its cells (tokens of a ViT, positions of a ResNet's map) the one at row ${inline(math`⌊ rows / 2 ⌋`)} and column ${inline(math`⌊ columns / 2 ⌋`)} counts. For each of its ${inline("C")} channels ${inline("c")} the gradient with respect to the pixels ${inline("x")} at ${inline(math`(u, v)`)} is taken, and its absolute values are averaged over channels and images, summed over the colours ${inline("k")}:</p>
${formula(
	"R at u and v is the mean over images and channels of the sum over colours of the absolute gradient of the centre cell's channel with respect to the pixel",
	math`R (u, v) = ${frac("1", math`images · C`)} ${sum("images")} ${sum("c")} ${sum("k")} ${fenced("|", frac(math`∂ ${sub("z", "c")} (centre)`, math`∂ ${sub("x", "k")} (u, v)`), "|")}`,
)}
<p>The pixels are those the model is given, after normalisation. The gradients are nodes of the same graph, made by walking it backwards; nothing is approximated by differences. Each map is drawn by its own largest value.</p>
${settings([
	[
		"Radii",
		"r50 and r90: of the circles about the middle of the centre cell that hold 50 % and 90 % of the map, between two pixels linearly.",
	],
	[
		"Centre patch",
		"The map's share in the square of one patch about the centre, over that square's share of the image: 1 for an even map.",
	],
	[
		"Channels",
		"The reports draw 16 of each layer's, the same for all images and for all layers of one width: an unbiased sample of the mean over all. The errors do not cover this draw.",
	],
	["Where", "After the addition to the stream (Figures 6, C.1 to C.3), or the branch alone before it (C.4)."],
	[
		"Variants",
		"The gradient of the sum over channels, in which signs cancel; RepLKNet's, of positive parts. The reports take neither.",
	],
	[
		"Precision",
		"float32 on the device, sums over images in float64; an image with a gradient that is not finite is left out and counted.",
	],
	["Error", "The jackknife over batches."],
])}`,
	sources: [
		{ text: "Luo et al. 2016, Understanding the Effective Receptive Field", url: "https://arxiv.org/abs/1701.04128" },
		{ text: "Ding et al. 2022, Scaling Up Your Kernels to 31x31 (RepLKNet)", url: "https://arxiv.org/abs/2203.06717" },
		raghu,
	],
};
