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

export const zoo: readonly ModelEntry[] = [
	embedded("vit-s", "ViT-S", vitSmall, vitSmallAnatomy, "ViT-L/16, a pre-norm ViT read at its class token"),
	embedded("vit-l", "ViT-L", vitLarge, vitLargeAnatomy, "ViT-L/16 where depth matters: twice the blocks of ViT-S"),
	embedded(
		"vit-s-gap",
		"ViT-S-GAP",
		{ ...vitSmall, pooling: "gap" },
		{ ...vitSmallAnatomy, pooling: "gap", parameters: 698_814 },
		"ViT-B/32-GAP, a ViT read at the mean of its tokens",
	),
	embedded(
		"resnet-s",
		"ResNet-S",
		resnetSmall,
		// 7 per unit, 2 per projection, 2 for the stem.
		{ family: "cnn", blocks: 8, layers: 66, heads: 0, residualAdditions: 8, pooling: "gap", parameters: 892_654 },
		"ResNet-50, bottleneck units in four stages",
	),
	...[3, 10, 30].map((percent) =>
		embedded(
			`vit-s-${percent}pct`,
			`ViT-S on ${percent} % of the images`,
			vitSmall,
			vitSmallAnatomy,
			`ViT-B/32 trained on ${percent} % of JFT-300M`,
		),
	),
	withoutSkips("early", 1),
	embedded(
		"vit-s-seed2",
		"ViT-S, second seed",
		vitSmall,
		vitSmallAnatomy,
		"ViT-L/16 trained once more, which the paper does not show: how much two runs differ",
	),
	embedded(
		"vit-s-finetuned",
		"ViT-S, fine-tuned",
		vitSmall,
		vitSmallAnatomy,
		"ViT-B/16 pretrained on JFT-300M and fine-tuned on ImageNet",
	),
];

/** Trained without the two skips of one block. */
function withoutSkips(where: "early" | "middle" | "late", block: number): ModelEntry {
	return embedded(
		`vit-s-noskip-${where}`,
		`ViT-S without the skips of block ${block}`,
		{ ...vitSmall, withoutSkips: [block] },
		{ ...vitSmallAnatomy, residualAdditions: 10 },
		`ViT-B/32 trained without the skips of one ${where} block`,
	);
}

function embedded(
	id: string,
	title: string,
	architecture: Architecture,
	expected: ExpectedAnatomy,
	standsFor: string,
): ModelEntry {
	const source = { kind: "safetensors", file: `${id}.safetensors`, architecture } as const;
	return { id, title, source, preprocessing: plusMinusOne, labels: "leaves", standsFor, overrides: {}, expected };
}
