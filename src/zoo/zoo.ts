/**
 * The models that come along: small, trained on `leaves`, one for each role of the paper. Their weights and cards lie in
 * weights/, their recipes in training/. A further model is an entry here, a recipe and its weights.
 */
import type { Architecture } from "../architecture/architecture.ts";
import type { ExpectedAnatomy, ModelEntry } from "./entry.ts";
import { plusMinusOne } from "./preprocessing.ts";

const classes = 30;
const imageSide = 64;

const vitSmall = {
	family: "vit",
	imageSide,
	patch: 8,
	width: 96,
	depth: 6,
	heads: 6,
	mlpRatio: 4,
	pooling: "cls",
	classes,
	normEpsilon: 1e-6,
} as const satisfies Architecture;

const vitLarge = { ...vitSmall, width: 128, depth: 12, heads: 8 } as const satisfies Architecture;

const resnetSmall: Architecture = {
	family: "resnet",
	imageSide,
	stem: { kernel: 3, width: 16, pooling: false },
	width: 16,
	units: [2, 2, 2, 2],
	classes,
	normEpsilon: 1e-5,
};

const resnetLarge: Architecture = {
	...resnetSmall,
	width: 20,
	units: [4, 4, 4, 4],
};

const mixerSmall: Architecture = {
	family: "mixer",
	imageSide,
	patch: 8,
	width: 112,
	depth: 6,
	tokenRatio: 0.5,
	mlpRatio: 4,
	classes,
	normEpsilon: 1e-6,
};

/** 6 layers per block, and 3. */
const vitSmallAnatomy: ExpectedAnatomy = {
	family: "vit",
	blocks: 6,
	layers: 39,
	heads: 36,
	residualAdditions: 12,
	pooling: "cls",
	parameters: 699_006,
};

const vitLargeAnatomy: ExpectedAnatomy = {
	...vitSmallAnatomy,
	...{ blocks: 12, layers: 75, heads: 96, residualAdditions: 24, parameters: 2_416_542 },
};

/** 7 per unit, 2 per projection, 2 for the stem. */
const resnetLargeAnatomy: ExpectedAnatomy = {
	...{ family: "cnn", blocks: 16, layers: 122, heads: 0 },
	...{ residualAdditions: 16, pooling: "gap", parameters: 2_550_094 },
};

/** What none of them shares with the models of the paper. */
const allDiffer =
	"Generated images of 64 px in 30 classes stand for photographs of 224 px in thousands, so distances are shares of 64 px.";

const vitDiffers = `${allDiffer} 0.7 million parameters in 6 blocks of 6 heads, where ViT-B has 86 million in 12 of 12 and ViT-L 304 million in 24 of 16.`;
const resnetDiffers = "batch norm, where the paper's ResNets have group norm and standardised weights.";
const resnetLargeDiffers = `${allDiffer} 2.6 million parameters in 16 units, where ResNet-152x2 has 232 million in 50; ${resnetDiffers}`;
const resnetLargeSees =
	"It saw 120 000 images, where ViT-L saw 480 000 and ResNet-S 160 000: what it lacks beside them may be training.";
const vitLargeDiffers = `${allDiffer} 2.4 million parameters in 12 blocks of 8 heads, where ViT-L has 304 million in 24 of 16; and its patches are as large as ViT-S's, where ViT-L/16's are half as large as ViT-B/32's.`;

/** How much of the images, and what that leaves of them. */
const fractions = [
	{ percent: 3, images: "7 200" },
	{ percent: 10, images: "24 000" },
	{ percent: 30, images: "72 000" },
] as const;
const fewImages = (images: string) =>
	`${images} images are what the paper's fraction of 300 million is here. As many images are seen as with all of them, more often each; the paper does not say how it trained on its fractions.`;

export const zoo: readonly ModelEntry[] = [
	embedded({
		id: "vit-s",
		title: "ViT-S",
		architecture: vitSmall,
		expected: vitSmallAnatomy,
		standsFor: "ViT-L/16, a pre-norm ViT read at its class token",
		analogyEnds: vitDiffers,
	}),
	embedded({
		id: "vit-l",
		title: "ViT-L",
		architecture: vitLarge,
		expected: vitLargeAnatomy,
		standsFor: "ViT-L/16 where depth matters: twice the blocks of ViT-S",
		analogyEnds: vitLargeDiffers,
	}),
	embedded({
		id: "vit-s-gap",
		title: "ViT-S-GAP",
		architecture: { ...vitSmall, pooling: "gap" },
		expected: { ...vitSmallAnatomy, pooling: "gap", parameters: 698_814 },
		standsFor: "ViT-B/32-GAP, a ViT read at the mean of its tokens",
		analogyEnds: `${vitDiffers} The paper lowered the learning rate for it; here it is ViT-S's.`,
	}),
	embedded({
		id: "resnet-s",
		title: "ResNet-S",
		architecture: resnetSmall,
		// 7 per unit, 2 per projection, 2 for the stem.
		expected: {
			...{ family: "cnn", blocks: 8, layers: 66, heads: 0 },
			...{ residualAdditions: 8, pooling: "gap", parameters: 892_654 },
		},
		standsFor: "ResNet-50, bottleneck units in four stages",
		analogyEnds: `${allDiffer} 0.9 million parameters in 8 units, where ResNet-50 has 26 million in 16; ${resnetDiffers}`,
	}),
	embedded({
		id: "resnet-l",
		title: "ResNet-L",
		architecture: resnetLarge,
		expected: resnetLargeAnatomy,
		standsFor: "ResNet-152x2 where depth matters: twice the units of ResNet-S",
		analogyEnds: `${resnetLargeDiffers} ${resnetLargeSees}`,
	}),
	...fractions.map(({ percent, images }) =>
		embedded({
			id: `vit-s-${percent}pct`,
			title: `ViT-S on ${percent} % of the images`,
			architecture: vitSmall,
			expected: vitSmallAnatomy,
			standsFor: `ViT-B/32 trained on ${percent} % of JFT-300M`,
			analogyEnds: `${vitDiffers} ${fewImages(images)}`,
		}),
	),
	...fractions.map(({ percent, images }) =>
		embedded({
			id: `vit-l-${percent}pct`,
			title: `ViT-L on ${percent} % of the images`,
			architecture: vitLarge,
			expected: vitLargeAnatomy,
			standsFor: `ViT-L/16 trained on ${percent} % of JFT-300M${percent === 3 ? ", or on ImageNet alone" : ""}`,
			analogyEnds: `${vitLargeDiffers} ${fewImages(images)}`,
		}),
	),
	embedded({
		id: "resnet-l-3pct",
		title: "ResNet-L on 3 % of the images",
		architecture: resnetLarge,
		expected: resnetLargeAnatomy,
		standsFor: "no model of the paper, which trains ResNets on all images alone: ResNet-L beside ViT-L on little data",
		analogyEnds: `${resnetLargeDiffers} 7 200 images, each seen 17 times, where ResNet-L saw 120 000 once: as many as ViT-L's 3 % of 240 000. No figure of the paper uses it.`,
	}),
	embedded({
		id: "mixer-s",
		title: "Mixer-S",
		architecture: mixerSmall,
		expected: {
			...{ family: "mixer", blocks: 6, layers: 38, heads: 0 },
			...{ residualAdditions: 12, pooling: "gap", parameters: 677_118 },
		},
		standsFor: "MLP-Mixer: tokens are mixed by an MLP in place of attention",
		analogyEnds: `${allDiffer} 0.7 million parameters in 6 blocks, where Mixer-B/32 has 60 million in 12.`,
	}),
	withoutSkips("early", 1),
	withoutSkips("middle", 3),
	withoutSkips("late", 4),
	embedded({
		id: "vit-s-seed2",
		title: "ViT-S, second seed",
		architecture: vitSmall,
		expected: vitSmallAnatomy,
		standsFor: "ViT-L/16 trained once more, which the paper does not show: how much two runs differ",
		analogyEnds: `${vitDiffers} Weights and order of the images differ from ViT-S's; the images themselves are the same.`,
	}),
	embedded({
		id: "vit-s-finetuned",
		title: "ViT-S, fine-tuned",
		architecture: vitSmall,
		expected: vitSmallAnatomy,
		standsFor: "ViT-B/16 pretrained on JFT-300M and fine-tuned on ImageNet",
		analogyEnds: `${vitDiffers} The new images show the same 30 classes, in other colours, textures and noise, where ImageNet's classes are others than JFT-300M's; so the head is not a new one.`,
	}),
];

/** Trained without the two skips of one block. */
function withoutSkips(where: "early" | "middle" | "late", block: number): ModelEntry {
	return embedded({
		id: `vit-s-noskip-${where}`,
		title: `ViT-S without the skips of block ${block}`,
		architecture: { ...vitSmall, withoutSkips: [block] },
		expected: { ...vitSmallAnatomy, residualAdditions: 10 },
		standsFor: `ViT-B/32 trained without the skips of one ${where} block`,
		analogyEnds: `${vitDiffers} One of 6 blocks is a larger share of the network than one of 12.`,
	});
}

/** Of the zoo: weights in a file of its id, pixels in -1..1, classes of `leaves`. */
function embedded({
	architecture,
	...entry
}: Pick<ModelEntry, "id" | "title" | "expected" | "standsFor" | "analogyEnds"> & {
	readonly architecture: Architecture;
}): ModelEntry {
	const source = { kind: "safetensors", file: `${entry.id}.safetensors`, architecture } as const;
	return { ...entry, source, preprocessing: plusMinusOne, labels: "leaves", overrides: {} };
}
