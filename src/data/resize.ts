/**
 * Resizing as PIL does it (Pillow, src/libImaging/Resample.c, 8 bits a channel), to the byte: a triangle filter as wide as
 * an output pixel when shrinking (so it antialiases) and as an input pixel when enlarging, along the rows first, then
 * along the columns, each pass rounded to bytes.
 */

/** Weights are integers of this many fractional bits, so that sums are exact. */
const precisionBits = 22;

/**
 * @param pixels [height, width, channels]
 * @returns [toHeight, toWidth, channels]; the pixels themselves where nothing changes
 */
export function resizeBilinear(
	pixels: Uint8Array,
	[height, width]: readonly [height: number, width: number],
	[toHeight, toWidth]: readonly [height: number, width: number],
	channels = 3,
): Uint8Array {
	// Seen from an axis, an image is `outer` lines of so many elements, `inner` bytes each.
	const rows = resample(pixels, width, toWidth, { outer: height, inner: channels });
	return resample(rows, height, toHeight, { outer: 1, inner: toWidth * channels });
}

function resample(
	pixels: Uint8Array,
	from: number,
	to: number,
	{ outer, inner }: { readonly outer: number; readonly inner: number },
): Uint8Array {
	if (from === to) return pixels;
	const windows = windowsOf(from, to);
	const result = new Uint8Array(outer * to * inner);
	for (let line = 0; line < outer; line++) {
		for (const [index, { first, weights }] of windows.entries()) {
			for (let at = 0; at < inner; at++) {
				let sum = 2 ** (precisionBits - 1);
				for (let tap = 0; tap < weights.length; tap++) {
					const source = (line * from + first + tap) * inner + at;
					sum += (pixels[source] as number) * (weights[tap] as number);
				}
				// Weights are not negative and add up to one: nothing needs clipping but the carry of their rounding.
				result[(line * to + index) * inner + at] = Math.min(255, sum >> precisionBits);
			}
		}
	}
	return result;
}

/** What an output element is made of. */
interface Window {
	readonly first: number;
	readonly weights: Int32Array;
}

function windowsOf(from: number, to: number): Window[] {
	const scale = from / to;
	const reach = Math.max(scale, 1);
	return Array.from({ length: to }, (_, index) => {
		const center = (index + 0.5) * scale;
		const first = Math.max(0, Math.trunc(center - reach + 0.5));
		const last = Math.min(from, Math.trunc(center + reach + 0.5));
		const shares = Array.from({ length: last - first }, (_, tap) =>
			Math.max(0, 1 - Math.abs((first + tap - center + 0.5) / reach)),
		);
		const sum = shares.reduce((total, share) => total + share, 0);
		return { first, weights: Int32Array.from(shares, (share) => 0.5 + (share / sum) * 2 ** precisionBits) };
	});
}
