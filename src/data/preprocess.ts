/** From an image's bytes to what a model reads. */
import type { Preprocessing } from "../zoo/preprocessing.ts";
import { resizeBilinear } from "./resize.ts";

export interface Picture {
	/** [height, width, 3], row by row, red, green, blue. */
	readonly pixels: Uint8Array;
	readonly height: number;
	readonly width: number;
}

/**
 * Writes image `index` of a batch: resized to the batch's sides where it has others, and normalised.
 * @param batch float32 [images, 3, height, width]
 */
export function preprocess(
	picture: Picture,
	preprocessing: Preprocessing,
	batch: Float32Array,
	index: number,
	[height, width]: readonly [height: number, width: number],
): void {
	const pixels = resizeBilinear(picture.pixels, [picture.height, picture.width], [height, width]);
	const area = height * width;
	for (const [channel, values] of normalised(preprocessing).entries()) {
		const start = (3 * index + channel) * area;
		for (let at = 0; at < area; at++) {
			batch[start + at] = values[pixels[3 * at + channel] as number] as number;
		}
	}
}

const tables = new WeakMap<Preprocessing, readonly Float32Array[]>();

/** For each channel, what each of the 256 bytes becomes: computed in float64, rounded once. */
function normalised(preprocessing: Preprocessing): readonly Float32Array[] {
	let table = tables.get(preprocessing);
	if (table === undefined) {
		const { mean, deviation } = preprocessing;
		table = mean.map((center, channel) =>
			Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - center) / (deviation[channel] as number)),
		);
		tables.set(preprocessing, table);
	}
	return table;
}
