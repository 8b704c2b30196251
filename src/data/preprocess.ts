/** From an image's bytes to what a model reads. */
import { SightlineError } from "../errors.ts";
import { channelCount, type Preprocessing } from "../zoo/preprocessing.ts";
import { resize, type Sides } from "./resize.ts";

export interface Picture {
	/** [height, width, 3], row by row, red, green, blue. */
	readonly pixels: Uint8Array;
	readonly height: number;
	readonly width: number;
}

/**
 * Writes image `index` of a batch: resized, cropped to the batch's sides and normalised.
 * @param batch float32 [images, channels, height, width]
 * @throws SightlineError BAD_INPUT where the image is less than what shall be cut out, and nothing is said to fill it up
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
	const channels = channelCount(preprocessing);
	for (const [channel, values] of normalised(preprocessing).entries()) {
		const start = (channels * index + channel) * area;
		const source = preprocessing.channels === "bgr" ? channels - 1 - channel : channel;
		for (let at = 0; at < area; at++) {
			batch[start + at] = values[pixels[channels * at + source] as number] as number;
		}
	}
}

/** The bytes that a model of these sides sees, [height, width, 3], or [height, width, 1] where it wants grey. */
export function fitted(picture: Picture, preprocessing: Preprocessing, sides: Sides): Uint8Array {
	const channels = channelCount(preprocessing);
	const pixels = channels === 1 ? greyOf(picture.pixels) : picture.pixels;
	const from: Sides = [picture.height, picture.width];
	const to = resizedSides(from, preprocessing, sides);
	const top = cutAlong(to[0], sides[0], preprocessing);
	const left = cutAlong(to[1], sides[1], preprocessing);
	const region = { top: top.from, left: left.from, height: top.length, width: left.length };
	const resized = resize(pixels, from, to, preprocessing.resize, region, channels);
	if (top.length === sides[0] && left.length === sides[1]) return resized;
	return surrounded(resized, { top, left }, sides, filling(preprocessing, to, sides));
}

/** PIL's convert("L"): ITU-R 601 luma in 16 fractional bits (libImaging/Convert.c, L24). */
function greyOf(pixels: Uint8Array): Uint8Array {
	const greys = new Uint8Array(pixels.length / 3);
	for (let pixel = 0; pixel < greys.length; pixel++) {
		const at = 3 * pixel;
		const [red, green, blue] = [pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number];
		greys[pixel] = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
	}
	return greys;
}

function resizedSides(from: Sides, { shortSide, box }: Preprocessing, sides: Sides): Sides {
	if (shortSide !== null) return withShortSide(from, shortSide);
	if (box === undefined) return sides;
	if (box.fit === "stretch") return box.sides;
	const [tall, wide] = [from[0] / box.sides[0], from[1] / box.sides[1]];
	const ratio = box.fit === "cover" ? Math.min(tall, wide) : Math.max(tall, wide);
	// Not in timm, whose side of 0 PIL would refuse.
	return [Math.max(1, roundEven(from[0] / ratio)), Math.max(1, roundEven(from[1] / ratio))];
}

/** As torchvision's Resize: the long side is cut off to whole pixels. */
function withShortSide([height, width]: Sides, side: number): Sides {
	return width <= height ? [Math.trunc((side * height) / width), side] : [side, Math.trunc((side * width) / height)];
}

/** Which part of a resized side is shown, and where it stands in the model's. */
interface Cut {
	readonly from: number;
	readonly length: number;
	readonly at: number;
}

function cutAlong(side: number, wanted: number, { cropRounding = "even" }: Preprocessing): Cut {
	const half = (side - wanted) / 2;
	if (half >= 0) return { from: cropRounding === "even" ? roundEven(half) : Math.floor(half), length: wanted, at: 0 };
	// The greater half of what is lacking stands before the image in transformers, behind it in torchvision.
	return { from: 0, length: side, at: cropRounding === "even" ? Math.floor(-half) : Math.ceil(-half) };
}

/** Python rounds halves to the even number. */
function roundEven(value: number): number {
	return value % 1 === 0.5 ? 2 * Math.round(value / 2) : Math.round(value);
}

function filling(preprocessing: Preprocessing, to: Sides, sides: Sides): readonly number[] {
	if (preprocessing.fill !== undefined) return preprocessing.fill;
	const wanted = `${sides.join(" x ")} pixels cannot be cut out of`;
	const { shortSide } = preprocessing;
	throw new SightlineError(
		"BAD_INPUT",
		shortSide === null ? `${wanted} ${to.join(" x ")}` : `${wanted} a short side of ${shortSide}`,
		{
			hint: "Correct `shortSide` or `box` of the model's preprocessing, or say in `fill` what stands around the image.",
		},
	);
}

/** @param fill a byte per channel */
function surrounded(
	pixels: Uint8Array,
	{ top, left }: { readonly top: Cut; readonly left: Cut },
	[height, width]: Sides,
	fill: readonly number[],
): Uint8Array {
	const channels = fill.length;
	const result = Uint8Array.from({ length: height * width * channels }, (_, at) => fill[at % channels] ?? 0);
	const line = left.length * channels;
	for (let row = 0; row < top.length; row++) {
		const start = ((top.at + row) * width + left.at) * channels;
		result.set(pixels.subarray(row * line, (row + 1) * line), start);
	}
	return result;
}

const tables = new WeakMap<Preprocessing, readonly Float32Array[]>();

/** For each channel, what each of the 256 bytes becomes: computed in float64, rounded once. */
function normalised(preprocessing: Preprocessing): readonly Float32Array[] {
	let table = tables.get(preprocessing);
	if (table === undefined) {
		const { scale, mean, deviation } = preprocessing;
		const scaled = (byte: number) => (scale === undefined ? byte / 255 : byte * scale);
		table = mean.map((center, channel) =>
			Float32Array.from({ length: 256 }, (_, byte) => (scaled(byte) - center) / (deviation[channel] as number)),
		);
		tables.set(preprocessing, table);
	}
	return table;
}
