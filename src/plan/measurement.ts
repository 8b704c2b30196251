/** A question: one metric, of one model, on one run of images. Its key is the digest of everything that determines the answer. */
import { createHash } from "node:crypto";
import type { LayerPreset } from "../anatomy/anatomy.ts";
import type { Parameters } from "../metrics/metric.ts";

/** Which images, and how they are grouped. Batch b holds images [b * batchSize, (b + 1) * batchSize) of the split. */
export interface ImageSelection {
	/** "leaves", or the id or path of a folder. */
	readonly set: string;
	readonly split: string;
	/** Digest of the images themselves, or the generator with its version and seed. */
	readonly digest: string;
	readonly count: number;
	readonly batchSize: number;
}

export interface Measurement {
	readonly model: ModelIdentity;
	readonly metric: { readonly name: string; readonly version: number };
	readonly parameters: Parameters;
	/** "all", "blocks", or layer names; empty where the metric reads no layers. */
	readonly layers: LayerPreset | readonly string[];
	readonly images: ImageSelection;
}

/** What determines a model's answers. */
export interface ModelIdentity {
	readonly id: string;
	/** SHA-256 over graph and weights. */
	readonly digest: string;
	readonly anatomyVersion: number;
	readonly preprocessing: string;
	/** Of the weights and arithmetic on the device. */
	readonly precision: "float32";
}

/**
 * The address of a measurement's records: the SHA-256 of everything but the number of images and the names of model and
 * image set, which their digests stand for. Batch b of a larger run is batch b of a smaller one, so a refined or resumed
 * run finds what is there.
 */
export function measurementKey(measurement: Measurement): string {
	const { model, metric, parameters, layers, images } = measurement;
	const { count: _count, set: _set, ...selection } = images;
	const { id: _id, ...identity } = model;
	return digestOf({ identity, metric, parameters, layers, selection });
}

/** The address of one batch's record within a measurement; a last, shorter batch is another record than the full one. */
export function recordKey(measurement: string, index: number, images: number): string {
	return `${measurement}/${String(index).padStart(5, "0")}-${images}`;
}

/** SHA-256, in hex, of a value written as JSON with sorted keys. */
export function digestOf(value: unknown): string {
	return createHash("sha256").update(canonical(value)).digest("hex");
}

function canonical(value: unknown): string {
	return JSON.stringify(value, (_key, item: unknown) =>
		item !== null && typeof item === "object" && !Array.isArray(item)
			? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
			: item,
	);
}
