/** How linear CKA is measured: of layers, and of subsets of heads. */
import { html } from "../../html.ts";
import { accent, formula, frac, inline, math, root, sub, sum, sup } from "../../mathml.ts";
import { type MethodSection, raghu, settings } from "./section.ts";

const hsic = (first: string, second: string) => math`${sub("HSIC", "1")} (${sub(first, "b")}, ${sub(second, "b")})`;
const entry = (i: string, j: string) => sub("K", math`${i} ${j}`);

export const similarity: MethodSection = {
	id: "cka",
	title: "Similarity of two layers: linear CKA",
	body: html`<p>The images are cut into batches ${inline("b")} of ${inline("n")}. In each, a layer is one matrix ${inline("X")} of ${inline("n")} rows, an image each, with all its tokens and channels side by side; the mean over the batch is taken off each column, on the device, since a large common mean would eat up the digits of float32. What leaves the device is the Gram matrix:</p>
${formula("K of batch b is X times X transposed", math`${sub("K", "b")} = X ${sup("X", "T")}`)}
<p>It is U-centred: its diagonal counts as zero, and every row and column sums to zero.</p>
${formula(
	"Each entry of the U-centred matrix is the entry less the means of its row and column, plus the total's share",
	math`${sub(accent("K", "~"), math`i j`)} = ${entry("i", "j")} − ${frac("1", math`n − 2`)} ${sum(math`k ≠ i`)} ${entry("i", "k")} − ${frac("1", math`n − 2`)} ${sum(math`k ≠ j`)} ${entry("k", "j")} + ${frac("1", math`(n − 1) (n − 2)`)} ${sum(math`k ≠ l`)} ${entry("k", "l")}`,
)}
<p>The product of two such matrices, entry by entry, is the unbiased estimate of HSIC, which is 0 on average where two layers have nothing in common, however many features they have:</p>
${formula(
	"HSIC 1 of K and L is the sum over all pairs of images of the product of their U-centred entries, over n times n minus 3",
	math`${hsic("K", "L")} = ${frac("1", math`n (n − 3)`)} ${sum(math`i ≠ j`)} ${sub(accent("K", "~"), math`i j`)} ${sub(accent("L", "~"), math`i j`)}`,
)}
<p>CKA sums over the batches first and divides then; it is not a mean of ratios:</p>
${formula(
	"CKA is the sum over batches of HSIC of K and L, over the root of the product of the sums of HSIC of K with itself and of L with itself",
	math`CKA = ${frac(math`${sum("b")} ${hsic("K", "L")}`, root(math`${sum("b")} ${hsic("K", "K")} · ${sum("b")} ${hsic("L", "L")}`))}`,
)}
<p>It is 1 for layers that are the same up to rotation and scale, 0 on average for unrelated ones; the estimate may fall slightly below 0, and is not cut off there. A layer that does not vary over the images has no CKA, and says so: the class token before the first attention is one.</p>
${settings([
	[
		"Tokens",
		"All of them with the class token, as one long vector an image (the reference implementation's way; the paper does not say). The class token alone, the patches alone and their mean can be asked for.",
	],
	[
		"Layers",
		"Every tensor of a block: both norms, attention, the hidden layer of the MLP, the MLP, and the block's output; of a ResNet each convolution, norm and unit.",
	],
	[
		"Batches",
		"Full ones only, of 64 images in the reports; how images are grouped is part of the estimate. At least 4 images a batch.",
	],
	["Precision", "Gram matrices in float32 on the device; U-centring and all sums over pairs and batches in float64."],
	["Error", "The jackknife over batches; of a single batch, over its images."],
])}
<h3>Subsets of heads</h3>
<p>For Figure 5 the heads of a block are sorted by their attention distance and a window slides over them, a quarter of the heads wide. What a window sees is its heads' values mixed by attention, side by side, before the output projection; the Gram matrix of features side by side is the sum of theirs. With the distances of the windows goes Spearman's rank correlation.</p>`,
	sources: [
		{
			text: "Kornblith et al. 2019, Similarity of Neural Network Representations Revisited",
			url: "https://arxiv.org/abs/1905.00414",
		},
		{
			text: "Nguyen, Raghu, Kornblith 2021, Do Wide and Deep Networks Learn the Same Things?, eq. 3",
			url: "https://arxiv.org/abs/2010.15327",
		},
		{
			text: "Song et al. 2012, Feature Selection via Dependence Maximization",
			url: "https://jmlr.org/papers/v13/song12a.html",
		},
		{
			text: "Székely, Rizzo 2014, Partial Distance Correlation with Methods for Dissimilarities",
			url: "https://arxiv.org/abs/1310.2926",
		},
		raghu,
	],
};
