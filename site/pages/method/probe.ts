/** How linear probes are fitted and tested. */
import { html } from "../../html.ts";
import { accent, fenced, formula, frac, inline, math, sub, subsup, sup } from "../../mathml.ts";
import { type MethodSection, raghu, settings } from "./section.ts";

export const probe: MethodSection = {
	id: "probe",
	title: "Few-shot linear probes",
	body: html`<p>How well a linear classifier reads the class from a layer. It is fitted on a few images of each class and tested on others. Each feature ${inline("j")} loses its mean ${inline(sub("μ", "j"))} over the images fitted on and is divided by their standard deviation ${inline(sub("σ", "j"))}:</p>
${formula(
	"The standardised feature is the feature less its mean, over its standard deviation plus ten to the minus five",
	math`${sub(accent("x", "^"), math`i j`)} = ${frac(math`${sub("x", math`i j`)} − ${sub("μ", "j")}`, math`${sub("σ", "j")} + ${sup("10", math`− 5`)}`)}`,
)}
<p>Beside the features stands a constant one of 100, for the bias. The target ${inline(sub("y", math`i k`))} is 1 where ${inline("k")} is the class of image ${inline("i")}, and −1 for the others. The weights are those of ridge regression, in closed form:</p>
${formula(
	"W minimises the squared difference of X W and Y plus lambda times the squared norm of W: it is the inverse of X transposed X plus lambda, times X transposed Y",
	math`W = arg ${sub("min", "W")} ${subsup(fenced("‖", math`${accent("X", "^")} W − Y`, "‖"), "F", "2")} + λ ${subsup(fenced("‖", "W", "‖"), "F", "2")} = ${sup(fenced("(", math`${sup(accent("X", "^"), "T")} ${accent("X", "^")} + λ I`, ")"), math`− 1`)} ${sup(accent("X", "^"), "T")} Y`,
)}
<p>The class told is the one with the largest output. Solved by Cholesky over the features or over the images, whichever are fewer, in float64.</p>
${settings([
	[
		"Images",
		"Ten of each class, drawn for several seeds from a split that no model was trained on; on other image sets all of the training split.",
	],
	[
		"λ",
		"Of 1, 4, 16, …, 4096 the one with which most of the images held out of the fit are right, for each seed; of equals the largest. The paper tunes it too, without telling how.",
	],
	[
		"Readouts",
		"The class token; each patch token by a probe of its own (the accuracy is their mean); the first patch; the mean over patches, with or without the class token.",
	],
	[
		"ResNets",
		"Maps are pooled to the rows and columns of the last. Before that, patches of k × k positions are laid side by side, with the k that brings the channels nearest to the last map's; the paper does not give its patches.",
	],
	[
		"Interval",
		"95 %, over the choice of images to fit on (Student's t over seeds) and over test images (Wilson), joined by their squares.",
	],
	["Precision", "Features float32 from the device, the rest float64."],
])}`,
	sources: [
		raghu,
		{
			text: "big_vision, evaluators/fewshot_lsr.py",
			url: "https://github.com/google-research/big_vision/blob/main/big_vision/evaluators/fewshot_lsr.py",
		},
		{
			text: "Zou, Donner 2008, Construction of Confidence Limits about Effect Measures",
			url: "https://doi.org/10.1002/sim.3095",
		},
	],
};
