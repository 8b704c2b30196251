/** The bytes that stand in one row of a Parquet file's column: the page that holds them is read, and kept for the next row. */
import { open } from "node:fs/promises";
import { SightlineError } from "../../errors.ts";
import type { BytePlace } from "../imageSet.ts";
import { stateOf, statFile } from "../stored/fileState.ts";
import { type ColumnPages, columnPages } from "./columnPages.ts";
import type { ParquetValue } from "./decodePage.ts";
import { readPage } from "./readPage.ts";

type ParquetPlace = Extract<BytePlace, { in: "parquet" }>;

/** @throws SightlineError BAD_INPUT where the row has no bytes, or the file is damaged */
export async function parquetBytes(place: ParquetPlace): Promise<Uint8Array> {
	const state = stateOf(await statFile(place.file));
	const pages = await pagesOfColumn(place, state);
	const found = pages.pageOf(place.row);
	if (found === null) throw new SightlineError("BAD_INPUT", `there is no row ${place.row}`);
	const values = await pageValues(place, state, pages, found.index);
	const value = values[place.row - found.firstRow];
	if (value instanceof Uint8Array) return value;
	throw new SightlineError("BAD_INPUT", "its bytes are not in the table");
}

/** Pages unpacked and not yet forgotten: a batch that was shuffled comes back to few of them, but a reader in order to all. */
const keptPages = 32;
/** Together; the page that was asked for last is always kept. */
const keptBytes = 2 ** 27;

const columns = new Map<string, Promise<ColumnPages>>();
const pageCache = new Map<string, { readonly values: Promise<readonly ParquetValue[]>; readonly bytes: number }>();

function pagesOfColumn({ file, column }: ParquetPlace, state: string): Promise<ColumnPages> {
	const key = JSON.stringify([file, column, state]);
	let pages = columns.get(key);
	if (pages === undefined) {
		pages = columnPages(file, column);
		columns.set(key, pages);
		pages.catch(() => columns.delete(key));
		if (columns.size > keptPages) columns.delete(columns.keys().next().value ?? "");
	}
	return pages;
}

function pageValues(
	{ file, column }: ParquetPlace,
	state: string,
	pages: ColumnPages,
	index: number,
): Promise<readonly ParquetValue[]> {
	const key = JSON.stringify([file, column, state, index]);
	const known = pageCache.get(key);
	pageCache.delete(key);
	const entry = known ?? { values: freshPage(file, pages, index), bytes: pages.unpackedBytes(index) };
	pageCache.set(key, entry); // at the end: those at the beginning are forgotten first
	entry.values.catch(() => pageCache.delete(key));
	let bytes = [...pageCache.values()].reduce((sum, page) => sum + page.bytes, 0);
	for (const [oldest, page] of pageCache) {
		if (oldest === key || (pageCache.size <= keptPages && bytes <= keptBytes)) break;
		pageCache.delete(oldest);
		bytes -= page.bytes;
	}
	return entry.values;
}

async function freshPage(file: string, pages: ColumnPages, index: number): Promise<readonly ParquetValue[]> {
	const handle = await open(file);
	try {
		return await readPage(handle, file, pages, index);
	} finally {
		await handle.close();
	}
}
