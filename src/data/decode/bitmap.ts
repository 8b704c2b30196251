/**
 * BMP files, which sharp does not read: 1, 4 and 8 bits with a palette, 16, 24 and 32 bits, from the bottom up or the top
 * down (Microsoft, "Bitmap Header Types"). Run-length encoding is refused.
 */
import { SightlineError } from "../../errors.ts";
import type { Picture } from "../preprocess.ts";
import { requireReasonable } from "./limits.ts";

export function isBitmap(bytes: Uint8Array): boolean {
	return bytes.length > 26 && bytes[0] === 0x42 && bytes[1] === 0x4d;
}

/** @throws SightlineError BAD_INPUT: what is wrong with the bytes */
export function decodeBitmap(bytes: Uint8Array): Picture {
	const header = readHeader(bytes);
	const { width, height, bits, dataStart, isTopDown } = header;
	requireReasonable(width, height, bytes.length);
	// Rows begin at multiples of 4 bytes.
	const rowBytes = Math.ceil((width * bits) / 32) * 4;
	if (dataStart + rowBytes * height > bytes.length) throw torn();
	const colourAt = coloursOf(bytes, header);
	const pixels = new Uint8Array(3 * width * height);
	for (let row = 0, at = 0; row < height; row++) {
		const start = dataStart + (isTopDown ? row : height - 1 - row) * rowBytes;
		for (let column = 0; column < width; column++) {
			const colour = colourAt(start, column);
			pixels[at++] = colour >>> 16;
			pixels[at++] = (colour >>> 8) & 255;
			pixels[at++] = colour & 255;
		}
	}
	return { pixels, width, height };
}

interface Header {
	readonly width: number;
	readonly height: number;
	readonly isTopDown: boolean;
	readonly bits: number;
	/** Of red, green and blue in a pixel of 16 or 32 bits. */
	readonly masks: readonly number[];
	readonly palette: { readonly start: number; readonly colours: number; readonly entryBytes: number };
	readonly dataStart: number;
}

function readHeader(bytes: Uint8Array): Header {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const size = view.getUint32(14, true);
	// The oldest header is 12 bytes long and knows neither compression nor colours of 4 bytes.
	const isOld = size === 12;
	if (!isOld && !(size >= 40 && size <= 124 && bytes.length >= 14 + size)) throw torn();
	const signedHeight = isOld ? view.getUint16(20, true) : view.getInt32(22, true);
	const bits = view.getUint16(isOld ? 24 : 28, true);
	const compression = isOld ? plain : view.getUint32(30, true);
	if (![1, 4, 8, 16, 24, 32].includes(bits)) throw unread(`${bits} bits a pixel`);
	const hasMasks = compression === bitFields || compression === alphaBitFields;
	if (compression !== plain && !(hasMasks && bits >= 16 && bytes.length >= 66)) {
		throw unread(`compression ${compression}`);
	}
	const masks = [54, 58, 62].map((at, index) =>
		hasMasks ? view.getUint32(at, true) : ((bits === 16 ? masks555 : masks888)[index] as number),
	);
	const stated = isOld ? 0 : view.getUint32(46, true);
	const most = bits <= 8 ? 2 ** bits : 0;
	const palette = {
		start: 14 + size,
		colours: stated === 0 ? most : Math.min(stated, most),
		entryBytes: isOld ? 3 : 4,
	};
	return {
		width: isOld ? view.getUint16(18, true) : view.getInt32(18, true),
		height: Math.abs(signedHeight),
		isTopDown: signedHeight < 0,
		bits,
		masks,
		palette,
		dataStart: view.getUint32(10, true),
	};
}

const plain = 0;
const bitFields = 3;
const alphaBitFields = 6;
const masks555 = [0x7c00, 0x3e0, 0x1f];
const masks888 = [0xff0000, 0xff00, 0xff];

/** @returns the colour 0xRRGGBB of a column of the row that begins at a byte */
function coloursOf(bytes: Uint8Array, { bits, masks, palette }: Header): (start: number, column: number) => number {
	if (bits <= 8) {
		const colours = Array.from({ length: palette.colours }, (_, index) =>
			blueFirst(bytes, palette.start + index * palette.entryBytes),
		);
		const mask = 2 ** bits - 1;
		return (start, column) => {
			const bit = column * bits;
			const byte = bytes[start + (bit >> 3)] as number;
			return colours[(byte >> (8 - bits - (bit & 7))) & mask] ?? 0;
		};
	}
	if (bits === 24) return (start, column) => blueFirst(bytes, start + 3 * column);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const [red, green, blue] = masks.map(channelOf) as [Channel, Channel, Channel]; // of three masks
	return (start, column) => {
		const pixel = bits === 16 ? view.getUint16(start + 2 * column, true) : view.getUint32(start + 4 * column, true);
		return (red(pixel) << 16) | (green(pixel) << 8) | blue(pixel);
	};
}

type Channel = (pixel: number) => number;

/** Spreads the values of so many bits over 0 to 255, as PIL does it: the nearest lower byte. */
function channelOf(mask: number): Channel {
	if (mask === 0) return () => 0;
	const shift = 31 - Math.clz32(mask & -mask);
	const most = mask >>> shift;
	return (pixel) => Math.trunc((((pixel & mask) >>> shift) * 255) / most);
}

function blueFirst(bytes: Uint8Array, at: number): number {
	return ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0);
}

function torn(): SightlineError {
	return new SightlineError("BAD_INPUT", "its bmp data is torn or damaged");
}

function unread(what: string): SightlineError {
	return new SightlineError("BAD_INPUT", `it is a bmp file with ${what}, which is not read`);
}
