/** What an image of a stranger may claim: told from its header, before memory is taken. */
import { SightlineError } from "../../errors.ts";

/** Where PIL warns of a decompression bomb (it refuses at twice as many): 537 MB as red, green and blue. */
export const maxPixels = 178_956_970;

/** Along a side: what is made while one side is resized and the other not yet grows with it. */
const maxSide = 2 ** 17;

/** More pixels than this are believed only of a file that has some bytes for them: no photograph or scan is as empty. */
const freePixels = 2 ** 25;
const pixelsPerByte = 256;

/**
 * @param fileBytes of the whole file
 * @throws SightlineError BAD_INPUT: what it claims, and what is allowed
 */
export function requireReasonable(width: number, height: number, fileBytes: number): void {
	if (!(width > 0 && height > 0)) throw new SightlineError("BAD_INPUT", `it claims ${width} x ${height} pixels`);
	if (width * height > maxPixels || Math.max(width, height) > maxSide) {
		throw new SightlineError(
			"BAD_INPUT",
			`its ${width} x ${height} pixels are more than the ${maxPixels}, or ${maxSide} along a side, that are allowed`,
			{ hint: "Make it smaller, or leave it out: no model sees so many." },
		);
	}
	if (width * height > Math.max(freePixels, pixelsPerByte * fileBytes)) {
		throw new SightlineError(
			"BAD_INPUT",
			`its ${fileBytes} bytes claim ${width} x ${height} pixels: it is taken for a decompression bomb`,
		);
	}
}
