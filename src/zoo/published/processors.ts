/**
 * What transformers' image processors do where a `preprocessor_config.json` leaves it out: the attributes of their
 * classes (transformers 5: models/<model>/image_processing_pil_<model>.py).
 */
import type { ResizeFilter } from "../preprocessing.ts";
import { clip, halves, imagenet } from "./means.ts";

export interface Processor {
	readonly resample: ResizeFilter;
	readonly normalization: { readonly mean: readonly number[]; readonly deviation: readonly number[] };
	/** A square's side, or the shorter side. */
	readonly size: { readonly square: number } | { readonly shortest: number };
	/** Whether `size` as a bare number is a square's side. */
	readonly isSquare: boolean;
	/** Side of what is cut out; null where nothing is, unless the configuration says so. */
	readonly crop: number | null;
	/** What the resizing of the class does besides. */
	readonly rule: "plain" | "convNext" | "levit" | "poolFormer" | "efficientNet";
	readonly normalizes: boolean;
	readonly flipsChannels: boolean;
}

const plain = { rule: "plain", normalizes: true, flipsChannels: false, normalization: halves } as const;
const square = { ...plain, resample: "bicubic", size: { square: 224 }, isSquare: true, crop: null } as const;
const cut = { ...plain, resample: "bicubic", size: { shortest: 224 }, isSquare: false, crop: 224 } as const;

/** By the name of the class, without "ImageProcessor" or "FeatureExtractor" behind it. */
export const processors: Readonly<Record<string, Processor>> = {
	ViT: { ...square, resample: "bilinear" },
	DeiT: { ...square, size: { square: 256 }, crop: 224 },
	Beit: square,
	Pvt: { ...square, normalization: imagenet },
	Siglip: { ...square, isSquare: false },
	DINOv3ViT: { ...square, resample: "bilinear", normalization: imagenet },
	ConvNext: { ...cut, size: { shortest: 384 }, crop: null, rule: "convNext" },
	Bit: { ...cut, normalization: clip },
	CLIP: { ...cut, normalization: clip },
	ChineseCLIP: { ...cut, normalization: clip },
	MobileNetV1: { ...cut, resample: "bilinear", size: { shortest: 256 } },
	MobileNetV2: { ...cut, resample: "bilinear", size: { shortest: 256 } },
	MobileViT: { ...cut, crop: 256, normalizes: false, flipsChannels: true },
	Levit: { ...cut, normalization: imagenet, rule: "levit" },
	PoolFormer: { ...cut, normalization: imagenet, rule: "poolFormer" },
	EfficientNet: { ...square, size: { square: 346 }, rule: "efficientNet" },
};
