/** Receptive fields by PyTorch's autograd in float64: what test/fixtures/receptiveField/receptiveField.py wrote. */
import { readFileSync } from "node:fs";
import type { GradientVariant } from "../../src/metrics/centreGradients.ts";
import type { Concentration } from "../../src/metrics/concentration.ts";

export interface FieldReference {
	/** SHA-256 of the weights file. */
	readonly weights: string;
	readonly images: number;
	/** Photographs, relative to images/imagenet-sample; else the images are the first of the test split of `leaves`. */
	readonly files?: readonly string[];
	readonly batchSize: number;
	/** By width. */
	readonly channels: Readonly<Record<string, readonly number[]>>;
	readonly patchPx: number;
	readonly stride: number;
	/** By variant and layer. */
	readonly fields: Readonly<Record<GradientVariant, Readonly<Record<string, LayerReference>>>>;
}

interface LayerReference {
	/** Every `stride`-th number of the map as it is shown. */
	readonly samples: readonly number[];
	readonly largest: number;
	readonly statistics: Readonly<Record<keyof Concentration, readonly [value: number, error: number]>>;
	/** Pixels. */
	readonly squares: readonly (readonly [side: number | null, error: number | null])[];
}

export function readFieldReference(model: string): FieldReference {
	return JSON.parse(readFileSync(new URL(`../fixtures/receptiveField/${model}.json`, import.meta.url), "utf8"));
}
