/**
 * Resizing as PIL does it (Pillow, src/libImaging/Resample.c, 8 bits a channel), to the byte: a filter that is stretched by
 * the scale when shrinking (so it antialiases), along the rows first, then along the columns, each pass rounded to bytes.
 */
import type { ResizeFilter } from "../zoo/preprocessing.ts";

export type Sides = readonly [height: number, width: number];

/** A part of the resized image: what is cropped away is not computed. */
export interface Region {
	readonly top: number;
	readonly left: number;
	readonly height: number;
	readonly width: number;
}

/** Weights are integers of this many fractional bits, so that sums are exact. */
const precisionBits = 22;

/**
 * @param pixels [height, width, channels]
 * @param to sides of the whole resized image
 * @param region all of it if left out
 * @returns [region.height, region.width, channels]; the pixels themselves where nothing changes
 */
export function resize(
	pixels: Uint8Array,
	[height, width]: Sides,
	[toHeight, toWidth]: Sides,
	filter: ResizeFilter,
	region: Region = { top: 0, left: 0, height: toHeight, width: toWidth },
	channels = 3,
): Uint8Array {
	const columns = windowsOf(width, toWidth, filter, { start: region.left, count: region.width });
	const rows = windowsOf(height, toHeight, filter, { start: region.top, count: region.height });
	// Seen from an axis, an image is `outer` lines of so many elements, `inner` bytes each.
	const narrowed = resample(pixels, width, columns, { outer: height, inner: channels });
	return resample(narrowed, height, rows, { outer: 1, inner: region.width * channels });
}

/** What an output element is made of. */
interface Window {
	readonly first: number;
	readonly weights: Int32Array;
}

function resample(
	pixels: Uint8Array,
	from: number,
	windows: readonly Window[],
	{ outer, inner }: { readonly outer: number; readonly inner: number },
): Uint8Array {
	if (windows.length === from && windows.every(({ first, weights }, index) => first === index && weights.length === 1))
		return pixels;
	const result = new Uint8Array(outer * windows.length * inner);
	const sums = new Int32Array(inner);
	let at = 0;
	for (let line = 0; line < outer; line++) {
		for (const { first, weights } of windows) {
			sums.fill(2 ** (precisionBits - 1));
			let source = (line * from + first) * inner;
			for (const weight of weights) {
				for (let byte = 0; byte < inner; byte++)
					sums[byte] = (sums[byte] as number) + (pixels[source++] as number) * weight;
			}
			for (const sum of sums) result[at++] = Math.max(0, Math.min(255, sum >> precisionBits));
		}
	}
	return result;
}

/** @param asked the elements of the output that are needed: all of a long panorama's would not fit into memory */
function windowsOf(
	from: number,
	to: number,
	filter: ResizeFilter,
	asked: { readonly start: number; readonly count: number },
): Window[] {
	// PIL leaves an axis alone that keeps its length.
	if (from === to) return windows(asked, (first) => ({ first, weights: whole }));
	if (filter === "nearest") return nearest(from / to, asked);
	const { support, weight } = filters[filter];
	const scale = from / to;
	const stretch = Math.max(scale, 1);
	const reach = support * stretch;
	return windows(asked, (index) => {
		const center = (index + 0.5) * scale;
		const first = Math.max(0, Math.trunc(center - reach + 0.5));
		const last = Math.min(from, Math.trunc(center + reach + 0.5));
		const shares = Array.from({ length: last - first }, (_, tap) =>
			weight((first + tap - center + 0.5) * (1 / stretch)),
		);
		const sum = shares.reduce((total, share) => total + share, 0);
		const weights = Int32Array.from(shares, (share) => {
			const fixed = (share / sum) * 2 ** precisionBits;
			return fixed < 0 ? fixed - 0.5 : fixed + 0.5; // Int32Array cuts off towards zero
		});
		return { first, weights };
	});
}

function windows(
	{ start, count }: { readonly start: number; readonly count: number },
	windowAt: (index: number) => Window,
): Window[] {
	return Array.from({ length: count }, (_, offset) => windowAt(start + offset));
}

/** PIL walks along the axis in steps, whose rounding adds up, instead of multiplying (libImaging/Geometry.c). */
function nearest(scale: number, { start, count }: { readonly start: number; readonly count: number }): Window[] {
	const found: Window[] = [];
	let place = scale * 0.5;
	for (let index = 0; index < start + count; index++, place += scale) {
		if (index >= start) found.push({ first: Math.trunc(place), weights: whole });
	}
	return found;
}

const whole = Int32Array.of(2 ** precisionBits);

interface Filter {
	/** Zero from this distance on, in pixels of the coarser side. */
	readonly support: number;
	weight(distance: number): number;
}

const filters: Readonly<Record<Exclude<ResizeFilter, "nearest">, Filter>> = {
	box: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
	bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
	hamming: { support: 1, weight: (x) => (Math.abs(x) < 1 ? sinc(x) * hamming(x) : 0) },
	bicubic: { support: 2, weight: (x) => cubic(Math.abs(x)) },
	lanczos: { support: 3, weight: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** With the two numbers in single precision, as they stand in PIL. */
function hamming(x: number): number {
	return Math.fround(0.54) + Math.fround(0.46) * Math.cos(x * Math.PI);
}

/** Keys' cubic with a = -0.5. */
function cubic(x: number): number {
	const a = -0.5;
	if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
	return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

function sinc(x: number): number {
	const angle = x * Math.PI;
	return x === 0 ? 1 : Math.sin(angle) / angle;
}
