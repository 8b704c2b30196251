/** The pages of a column's chunk, found by their headers without reading what they hold. */
import type { FileHandle } from "node:fs/promises";
import { broken, type ColumnChunk, read } from "./footer.ts";
import { readStruct, type ThriftStruct } from "./thrift.ts";

export interface Page {
	readonly kind: "dictionary" | "data" | "dataV2";
	/** Of its content, behind the header, in bytes of the file. */
	readonly start: number;
	readonly length: number;
	readonly unpackedLength: number;
	readonly values: number;
	readonly encoding: number;
	/** Of version 2: repetition and definition levels, which stand unpacked before the values. */
	readonly levelBytes: number;
	readonly isPacked: boolean;
}

/** A page that holds at least one image; writers begin a new one after a megabyte. */
const maxPageBytes = 2 ** 28;
/** Headers hold statistics: the least and the greatest value, which writers cut off. */
const headerBytes = [2 ** 12, 2 ** 20];

/** @throws SightlineError BAD_INPUT where the pages do not fill the chunk, or claim more than they can hold */
export async function pagesOf(handle: FileHandle, chunk: ColumnChunk, place: string): Promise<readonly Page[]> {
	const pages: Page[] = [];
	let values = 0;
	for (let at = chunk.start; at < chunk.end && values < chunk.values; ) {
		const { struct, length } = await readHeader(handle, at, chunk.end, place);
		const page = pageOf(struct, at + length, place);
		at = page === null ? at + length + lengthOf(struct, place) : page.start + page.length;
		if (at > chunk.end) throw broken(place, `a page ends at byte ${at}, behind its column's end at ${chunk.end}`);
		if (page === null) continue;
		pages.push(page);
		if (page.kind !== "dictionary") values += page.values;
	}
	if (values !== chunk.values) throw broken(place, `a column claims ${chunk.values} values, its pages ${values}`);
	return pages;
}

async function readHeader(
	handle: FileHandle,
	at: number,
	end: number,
	place: string,
): Promise<ReturnType<typeof readStruct>> {
	let reason: unknown;
	for (const length of headerBytes) {
		try {
			return readStruct(await read(handle, at, Math.min(length, end - at)));
		} catch (error) {
			reason = error;
		}
	}
	throw broken(place, `there is no page at byte ${at}`, reason);
}

/** Numbers of fields are those of PageHeader in parquet.thrift. @returns null for an index, which holds no values */
function pageOf(header: ThriftStruct, start: number, place: string): Page | null {
	const kind = kinds[numberOf(header, 1)] ?? null;
	if (kind === null) return null;
	const inner = header.get({ data: 5, dictionary: 7, dataV2: 8 }[kind]);
	if (!(inner instanceof Map)) throw broken(place, `a page at byte ${start} lacks its header`);
	const page: Page = {
		...{ kind, start, length: lengthOf(header, place), unpackedLength: numberOf(header, 2) },
		values: numberOf(inner, 1),
		encoding: numberOf(inner, { data: 2, dictionary: 2, dataV2: 4 }[kind]),
		levelBytes: kind === "dataV2" ? numberOf(inner, 5) + numberOf(inner, 6) : 0,
		isPacked: kind !== "dataV2" || inner.get(7) !== false,
	};
	const { unpackedLength, values, encoding, levelBytes } = page;
	const isRight = [unpackedLength, values, encoding, levelBytes].every(
		(number) => number >= 0 && Number.isInteger(number),
	);
	if (!isRight || unpackedLength > maxPageBytes || levelBytes > unpackedLength) {
		throw broken(place, `a page at byte ${start} claims ${values} values in ${unpackedLength} bytes`);
	}
	return page;
}

const kinds: Readonly<Record<number, Page["kind"]>> = { 0: "data", 2: "dictionary", 3: "dataV2" };

function lengthOf(header: ThriftStruct, place: string): number {
	const length = numberOf(header, 3);
	if (Number.isInteger(length) && length >= 0 && length <= maxPageBytes) return length;
	throw broken(place, `a page claims ${length} bytes, at most ${maxPageBytes} are read`);
}

/** NaN where there is none. */
function numberOf(struct: ThriftStruct, field: number): number {
	const value = struct.get(field);
	return typeof value === "number" ? value : Number.NaN;
}
