/** From an image's bytes to what a model reads. */
import { SightlineError } from "../errors.ts";
import type { Preprocessing } from "../zoo/preprocessing.ts";
import { resize, type Sides } from "./resize.ts";

export interface Picture {
	/** [height, width, 3], row by row, red, green, blue. */
	readonly pixels: Uint8Array;
	readonly height: number;
	readonly width: number;
}

/**
 * Writes image `index` of a batch: resized, cropped to the batch's sides and normalised.
 * @param batch float32 [images, 3, height, width]
 * @throws SightlineError BAD_INPUT where the short side is less than what shall be cut out
 */
export function preprocess(
	picture: Picture,
	preprocessing: Preprocessing,
	batch: Float32Array,
	index: number,
	[height, width]: Sides,
): void {
	const pixels = fitted(picture, preprocessing, [height, width]);
	const area = height * width;
	for (const [channel, values] of normalised(preprocessing).entries()) {
		const start = (3 * index + channel) * area;
		for (let at = 0; at < area; at++) {
			batch[start + at] = values[pixels[3 * at + channel] as number] as number;
		}
	}
}

/** The bytes that a model of these sides sees, [height, width, 3]. */
export function fitted(picture: Picture, { resize: filter, shortSide }: Preprocessing, sides: Sides): Uint8Array {
	const from: Sides = [picture.height, picture.width];
	if (shortSide === null) return resize(picture.pixels, from, sides, filter);
	const [height, width] = sides;
	if (shortSide < Math.max(height, width)) {
		throw new SightlineError(
			"BAD_INPUT",
			`${height} x ${width} pixels cannot be cut out of a short side of ${shortSide}`,
			{
				hint: "Correct `shortSide` of the model's preprocessing.",
			},
		);
	}
	const to = withShortSide(from, shortSide);
	const region = { top: offset(to[0], height), left: offset(to[1], width), height, width };
	return resize(picture.pixels, from, to, filter, region);
}

/** As torchvision's Resize: the long side is cut off to whole pixels. */
function withShortSide([height, width]: Sides, side: number): Sides {
	return width <= height ? [Math.trunc((side * height) / width), side] : [side, Math.trunc((side * width) / height)];
}

/** Where torchvision's CenterCrop begins: Python rounds halves to the even number. */
function offset(side: number, cut: number): number {
	const half = (side - cut) / 2;
	return Number.isInteger(half) ? half : 2 * Math.round(half / 2);
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
