/** The paper's story in six parts, each with the figures that tell it; what it measured, and what to look for here. */
import type { ReportSection } from "../../src/report/definition.ts";

export const story: readonly ReportSection[] = [
	{
		id: "structure",
		title: "How the layers hang together",
		text: "Raghu et al. begin with a map of every layer against every other. A ViT's came out nearly even, as if one representation were refined from the first block to the last, while a ResNet's fell into a lower and an upper half; laid side by side, the ViT had reached after a quarter of its depth what takes a ResNet half of its own. Look for what is dark: layers that see the images differently.",
		figures: ["1", "2"],
	},
	{
		id: "local-and-global",
		title: "Looking near and looking far",
		text: "A convolution can only look at its neighbourhood, attention may look anywhere. In the paper the lowest blocks of well-trained ViTs do both at once, each head in its own way, and the heads that look close by see what a ResNet's first units see; with too little data, large ViTs never learn to look close by. Look at how low the lowest points of a block lie, and how soon the receptive fields fill the image.",
		figures: ["3", "4", "5", "6"],
	},
	{
		id: "skips",
		title: "What the skips carry",
		text: "Each block adds something to what it was given; the rest passes by it, along the skip. The paper found that a ViT passes on far more than a ResNet does, first the class token and later the patches, and that without the skips of one block its even map breaks in two. Look for where the lines cross half-way up, and for the dark corners of the maps in Figure 8.",
		figures: ["7", "7b", "8"],
	},
	{
		id: "localisation",
		title: "Whether tokens remember their place",
		text: "After many blocks of mixing, a token might have forgotten which patch it came from. In the paper the last tokens of a ViT still resembled their own patch the most, unlike the positions of a ResNet, and unlike those of a ViT that is read at the mean over its tokens. Look whether the brightest cell lies in the frame.",
		figures: ["9", "10"],
	},
	{
		id: "probes",
		title: "Where the class can be read",
		text: "A linear classifier that is fitted to one layer tells what a layer has made easy to read. In the paper the class gathers in the class token and is hardly found in the patches beside it, whereas with average pooling every place comes to know it. Compare what one token tells with what the mean over all tells.",
		figures: ["11"],
	},
	{
		id: "scale",
		title: "What more data and larger models change",
		text: "The paper ends with scale: low layers come out nearly the same from a fraction of the images, high ones need all of them, and large ViTs trained on 300 million images hold far more of the class half-way up than those trained on one million, or than ResNets. Look at the right end of the curves in Figure 12 and at the middle of those in Figure 13.",
		figures: ["12", "13"],
	},
];
