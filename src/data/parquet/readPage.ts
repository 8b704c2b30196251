/** One page of a column, with what its chunk's dictionary says. */
import type { FileHandle } from "node:fs/promises";
import type { ColumnPages } from "./columnPages.ts";
import { decodePage, type ParquetValue } from "./decodePage.ts";

/** @throws SightlineError BAD_INPUT: what is wrong with it */
export async function readPage(
	handle: FileHandle,
	file: string,
	pages: ColumnPages,
	index: number,
): Promise<readonly ParquetValue[]> {
	const { page, dictionary, codec } = pages.at(index);
	const reader = { handle, place: file, codec, column: pages.column };
	const entries = dictionary === null ? null : await decodePage(reader, dictionary, null);
	return decodePage(reader, page, entries);
}
