/**
 * The first frame of a GIF (CompuServe, GIF89a). Read here and not by sharp, which makes transparent pixels black: to PIL's
 * convert("RGB") they have the colour that the palette gives them.
 */
import { SightlineError } from "../../errors.ts";
import type { Picture } from "../preprocess.ts";
import { requireReasonable } from "./limits.ts";

export function isGif(bytes: Uint8Array): boolean {
	return /^GIF8[79]a$/.test(String.fromCharCode(...bytes.subarray(0, 6)));
}

/** @throws SightlineError BAD_INPUT: what is wrong with the bytes */
export function decodeGif(bytes: Uint8Array): Picture {
	const reader = new Reader(bytes, 6);
	const width = reader.short();
	const height = reader.short();
	requireReasonable(width, height, bytes.length);
	const flags = reader.byte();
	reader.skip(2);
	const common = flags & 0x80 ? reader.take(3 * 2 ** ((flags & 7) + 1)) : null;
	const transparent = skipToFrame(reader);
	const frame = { left: reader.short(), top: reader.short(), width: reader.short(), height: reader.short() };
	const frameFlags = reader.byte();
	const palette = frameFlags & 0x80 ? reader.take(3 * 2 ** ((frameFlags & 7) + 1)) : (common ?? greys);
	if (frame.left + frame.width > width || frame.top + frame.height > height) throw torn();
	const indices = decompress(reader, frame.width * frame.height);
	// What the frame leaves free has the transparent colour, or the first.
	const screen = new Uint8Array(width * height).fill(transparent);
	const rows = frameFlags & 0x40 ? interlaced(frame.height) : Array.from({ length: frame.height }, (_, row) => row);
	for (const [place, row] of rows.entries()) {
		const line = indices.subarray(place * frame.width, (place + 1) * frame.width);
		screen.set(line, (frame.top + row) * width + frame.left);
	}
	const pixels = new Uint8Array(3 * screen.length);
	for (const [at, index] of screen.entries()) {
		for (let channel = 0; channel < 3; channel++) pixels[3 * at + channel] = palette[3 * index + channel] ?? 0;
	}
	return { pixels, width, height };
}

/** Of a file without any palette. */
const greys = Uint8Array.from({ length: 768 }, (_, at) => Math.floor(at / 3));

/** @returns the transparent colour's number, 0 where none is */
function skipToFrame(reader: Reader): number {
	let transparent = 0;
	for (;;) {
		const block = reader.byte();
		if (block === 0x2c) return transparent;
		if (block !== 0x21) throw torn();
		const isControl = reader.byte() === 0xf9;
		for (let size = reader.byte(), first = true; size > 0; size = reader.byte(), first = false) {
			const data = reader.take(size);
			if (isControl && first && (data[0] ?? 0) & 1) transparent = data[3] ?? 0;
		}
	}
}

/** The rows in the order in which an interlaced frame gives them. */
function interlaced(height: number): number[] {
	const passes = [
		[0, 8],
		[4, 8],
		[2, 4],
		[1, 2],
	] as const;
	return passes.flatMap(([first, step]) =>
		Array.from({ length: Math.ceil(Math.max(0, height - first) / step) }, (_, index) => first + step * index),
	);
}

/** Codes of 12 bits at most: no table is larger. */
const tableSize = 4096;

/** LZW with codes of growing width, in blocks of up to 255 bytes. */
function decompress(reader: Reader, count: number): Uint8Array {
	const literalBits = reader.byte();
	if (!(literalBits >= 1 && literalBits <= 11)) throw torn();
	const clear = 2 ** literalBits;
	const end = clear + 1;
	/** Each code is another followed by a value. */
	const prefixes = new Uint16Array(tableSize);
	const values = new Uint8Array(tableSize);
	for (let code = 0; code < Math.min(clear, 256); code++) values[code] = code;
	const stack = new Uint8Array(tableSize);
	const result = new Uint8Array(count);
	const bits = new BlockBits(reader);
	let [width, next, previous, first, filled] = [literalBits + 1, clear + 2, -1, 0, 0];
	while (filled < count) {
		const code = bits.take(width);
		if (code === end) throw torn();
		if (code === clear) {
			[width, next, previous] = [literalBits + 1, clear + 2, -1];
			continue;
		}
		if (previous < 0 ? code >= clear : code > next) throw torn();
		let depth = 0;
		let rest = code;
		// The one code that is not in the table yet: the last one, followed by its own beginning.
		if (code === next) {
			stack[depth++] = first;
			rest = previous;
		}
		for (; rest >= clear; rest = prefixes[rest] as number) stack[depth++] = values[rest] as number;
		first = rest;
		stack[depth++] = first;
		if (previous >= 0 && next < tableSize) {
			prefixes[next] = previous;
			values[next++] = first;
			if (next === 2 ** width && width < 12) width++;
		}
		previous = code;
		while (depth > 0 && filled < count) result[filled++] = stack[--depth] as number;
	}
	return result;
}

/** Bits from the lowest on, over the borders of blocks. */
class BlockBits {
	readonly #reader: Reader;
	#left = 0;
	#value = 0;
	#held = 0;

	constructor(reader: Reader) {
		this.#reader = reader;
	}

	take(width: number): number {
		while (this.#held < width) {
			if (this.#left === 0) this.#left = this.#reader.byte();
			if (this.#left === 0) throw torn();
			this.#value |= this.#reader.byte() << this.#held;
			this.#left--;
			this.#held += 8;
		}
		const code = this.#value & (2 ** width - 1);
		this.#value >>>= width;
		this.#held -= width;
		return code;
	}
}

class Reader {
	readonly #bytes: Uint8Array;
	#at: number;

	constructor(bytes: Uint8Array, at: number) {
		this.#bytes = bytes;
		this.#at = at;
	}

	byte(): number {
		const byte = this.#bytes[this.#at++];
		if (byte === undefined) throw torn();
		return byte;
	}

	short(): number {
		return this.byte() | (this.byte() << 8);
	}

	take(count: number): Uint8Array {
		this.skip(count);
		return this.#bytes.subarray(this.#at - count, this.#at);
	}

	skip(count: number): void {
		this.#at += count;
		if (this.#at > this.#bytes.length) throw torn();
	}
}

function torn(): SightlineError {
	return new SightlineError("BAD_INPUT", "its gif data is torn or damaged");
}
