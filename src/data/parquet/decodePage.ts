/**
 * The values of a page (Apache Parquet, "Data Pages" and "Encodings"): which of its rows have one, in definition levels, and
 * those values, as they are or as numbers of a dictionary's. The encodings that writers use for bytes and labels are read.
 */
import type { FileHandle } from "node:fs/promises";
import { decompress } from "./decompress.ts";
import { broken, type ParquetColumn, read } from "./footer.ts";
import type { Page } from "./pages.ts";

/** null where a row has none. */
export type ParquetValue = Uint8Array | number | null;

export interface PageReader {
	readonly handle: FileHandle;
	/** The file's name, for messages. */
	readonly place: string;
	readonly codec: number;
	readonly column: Pick<ParquetColumn, "type" | "maxDefinition">;
}

/**
 * @param dictionary of the chunk; null where it has none
 * @returns a value for each row, or for each entry of a dictionary
 * @throws SightlineError BAD_INPUT: what is wrong with it
 */
export async function decodePage(
	reader: PageReader,
	page: Page,
	dictionary: readonly ParquetValue[] | null,
): Promise<readonly ParquetValue[]> {
	const { place, column } = reader;
	const bytes = await contentOf(reader, page);
	try {
		if (page.kind === "dictionary") return plain(new Cursor(bytes), page.values, column.type);
		const cursor = new Cursor(bytes);
		const isPresent = presence(cursor, page, column.maxDefinition);
		const count = isPresent === null ? page.values : isPresent.reduce((sum, present) => sum + present, 0);
		const values = await valuesOf(cursor, count, page.encoding, column.type, dictionary);
		if (isPresent === null) return values;
		let next = 0;
		return Array.from(isPresent, (present) => (present === 1 ? (values[next++] ?? null) : null));
	} catch (cause) {
		const words = cause instanceof Error ? cause.message : String(cause);
		throw broken(place, `the page at byte ${page.start} is damaged: ${words}`, cause);
	}
}

async function contentOf({ handle, place, codec }: PageReader, page: Page): Promise<Uint8Array> {
	const bytes = await read(handle, page.start, page.length);
	if (bytes.length < page.length) throw broken(place, "the file ends within a page");
	if (!page.isPacked) return bytes;
	// Of version 2 the levels stand before what is packed.
	const levels = bytes.subarray(0, page.levelBytes);
	const values = await decompress(bytes.subarray(page.levelBytes), codec, page.unpackedLength - page.levelBytes);
	if (levels.length === 0) return values;
	const content = new Uint8Array(page.unpackedLength);
	content.set(levels);
	content.set(values, levels.length);
	return content;
}

/** 1 for each row with a value, 0 for one without; null where every row has one. */
function presence(cursor: Cursor, page: Page, maxDefinition: number): Uint8Array | null {
	if (maxDefinition === 0) {
		if (page.kind === "dataV2") cursor.skip(page.levelBytes);
		return null;
	}
	const length = page.kind === "dataV2" ? page.levelBytes : cursor.number(4);
	const levels = hybrid(cursor.part(length), 32 - Math.clz32(maxDefinition), page.values);
	return Uint8Array.from(levels, (level) => (level === maxDefinition ? 1 : 0));
}

async function valuesOf(
	cursor: Cursor,
	count: number,
	encoding: number,
	type: ParquetColumn["type"],
	dictionary: readonly ParquetValue[] | null,
): Promise<readonly ParquetValue[]> {
	if (encoding === plainEncoding) return plain(cursor, count, type);
	if (encoding !== plainDictionary && encoding !== rleDictionary) {
		throw new RangeError(`its values are in encoding ${encoding}, which is not read`);
	}
	if (count === 0) return [];
	if (dictionary === null) throw new RangeError("its chunk has no dictionary");
	const width = cursor.number(1);
	const indices = hybrid(cursor, width, count);
	return Array.from(indices, (index) => {
		const value = dictionary[index];
		if (value === undefined) throw new RangeError(`the dictionary has no entry ${index}`);
		return value;
	});
}

const [plainEncoding, plainDictionary, rleDictionary] = [0, 2, 8];

function plain(cursor: Cursor, count: number, type: ParquetColumn["type"]): readonly ParquetValue[] {
	if (type === "other") throw new RangeError("its values are neither bytes nor whole numbers");
	const size = { int32: 4, int64: 8, bytes: 4 }[type];
	if (count * size > cursor.left) throw new RangeError(`${count} values in ${cursor.left} bytes`);
	return Array.from({ length: count }, () => {
		if (type === "bytes") return cursor.take(cursor.number(4));
		return type === "int32" ? cursor.number(4) | 0 : cursor.long();
	});
}

/** Runs of one number repeated, and groups of eight numbers of so many bits. */
function hybrid(cursor: Cursor, width: number, count: number): Int32Array {
	if (width > 32) throw new RangeError(`numbers of ${width} bits`);
	const result = new Int32Array(count);
	let filled = 0;
	while (filled < count) {
		const header = cursor.varint();
		if (header % 2 === 0) {
			const value = cursor.number(Math.ceil(width / 8));
			const end = Math.min(count, filled + header / 2);
			if (end === filled) throw new RangeError("a run of nothing");
			result.fill(value, filled, end);
			filled = end;
			continue;
		}
		const groups = (header - 1) / 2;
		if (groups === 0) throw new RangeError("a run of nothing");
		const needed = Math.min(groups * 8, count - filled);
		// The last group may be cut off behind the last number.
		const bytes = cursor.take(Math.min(groups * width, cursor.left));
		if (bytes.length * 8 < needed * width) throw new RangeError("a torn run");
		for (let index = 0; index < needed; index++) result[filled++] = bitsAt(bytes, index * width, width);
	}
	return result;
}

/** From the lowest bit of the first byte on. */
function bitsAt(bytes: Uint8Array, bit: number, width: number): number {
	let value = 0;
	for (let at = 0; at < width; at++) value += (((bytes[(bit + at) >> 3] ?? 0) >> ((bit + at) & 7)) & 1) * 2 ** at;
	return value;
}

class Cursor {
	readonly #bytes: Uint8Array;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	get left(): number {
		return this.#bytes.length - this.#at;
	}

	skip(length: number): void {
		this.take(length);
	}

	take(length: number): Uint8Array {
		if (length > this.left) throw new RangeError(`${length} bytes where ${this.left} are left`);
		this.#at += length;
		return this.#bytes.subarray(this.#at - length, this.#at);
	}

	part(length: number): Cursor {
		return new Cursor(this.take(length));
	}

	/** Of up to 4 bytes, from the lowest on. */
	number(length: number): number {
		return this.take(length).reduceRight((value, byte) => value * 256 + byte, 0);
	}

	/** Of 8 bytes, with its sign. */
	long(): number {
		const bytes = this.take(8);
		return Number(new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true));
	}

	varint(): number {
		let [value, factor] = [0, 1];
		for (let read = 0; read < 5; read++, factor *= 128) {
			const byte = this.number(1);
			value += (byte & 127) * factor;
			if (byte < 128) return value;
		}
		throw new RangeError("a number that does not end");
	}
}
