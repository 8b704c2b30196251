/** The pattern of test/fixtures/resize/pil.py: sharp and noisy, with many bytes at both ends. */
import type { Sides } from "../../src/data/resize.ts";

/** [height, width, 3] */
export function pattern([height, width]: Sides): Uint8Array {
	return Uint8Array.from({ length: height * width * 3 }, (_, index) => {
		const channel = index % 3;
		const x = ((index - channel) / 3) % width;
		const y = Math.floor(index / 3 / width);
		return Math.min(255, Math.max(0, ((x * x * 7 + y * 13 * x + channel * 31 + y * y * 3) % 400) - 70));
	});
}
