/**
 * The record of linearCka: float32, of all layers the strict upper triangles of the U-centred Gram matrices, then the
 * diagonals of the column-centred ones, then the mean squared norms of an image's features. Layers to which the choice of
 * tokens does not apply are zeros.
 */
import { fullBatches } from "./fullBatches.ts";
import type { RecordSite, Records } from "./metric.ts";
import { choiceAbsence, type TokenChoice } from "./representation.ts";

/** One full batch of n images. */
export interface BatchGrams {
	readonly n: number;
	/** [layers, n (n - 1) / 2] */
	readonly triangles: Float32Array;
	/** [layers, n] */
	readonly diagonals: Float32Array;
	/** [layers] */
	readonly norms: Float32Array;
}

/** Numbers that are kept of each layer. */
export function gramLength(n: number): number {
	return pairs(n) + n + 1;
}

/** Pairs of different images: the length of a layer's triangle. */
export function pairs(images: number): number {
	return (images * (images - 1)) / 2;
}

/** Where two different images stand in a triangle. */
export function pairAt(n: number, image: number, other: number): number {
	const low = Math.min(image, other);
	return low * n - (low * (low + 3)) / 2 + Math.max(image, other) - 1;
}

/** The parts of a record's values. */
export function partsOf(values: Float32Array, layers: number, n: number): BatchGrams {
	const [triangles, diagonals] = [layers * pairs(n), layers * n];
	return {
		n,
		triangles: values.subarray(0, triangles),
		diagonals: values.subarray(triangles, triangles + diagonals),
		norms: values.subarray(triangles + diagonals),
	};
}

/** The full batches of a measurement, in order; each is read when it is called for, and kept by nobody but the caller. */
export function gramsOf(side: Records): readonly (() => BatchGrams)[] {
	const { layers, batchSize } = side;
	return fullBatches(side).map((record) => () => {
		const { values } = record;
		return partsOf(values instanceof Float32Array ? values : Float32Array.from(values), layers.length, batchSize);
	});
}

/** Per layer why it could not be read; null where it could. */
export function absencesOf({ anatomy, layers, parameters }: RecordSite): readonly (string | null)[] {
	// The one parameter of linearCka, whose records these are.
	const tokens = parameters.tokens as TokenChoice;
	return layers.map((layer) => choiceAbsence(anatomy, layer, tokens));
}
