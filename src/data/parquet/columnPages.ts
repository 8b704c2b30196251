/** Where each row of a column is: the pages of all row groups, in order, each with its first row and its dictionary. */
import { open } from "node:fs/promises";
import { broken, type ParquetColumn, readFooter } from "./footer.ts";
import { type Page, pagesOf } from "./pages.ts";

export interface PlacedPage {
	readonly page: Page;
	/** Of the chunk that it is in. */
	readonly dictionary: Page | null;
	readonly codec: number;
}

export class ColumnPages {
	readonly column: ParquetColumn;
	readonly #pages: readonly PlacedPage[];
	/** Of each page, and behind the last. */
	readonly #firstRows: readonly number[];

	constructor(column: ParquetColumn, pages: readonly PlacedPage[]) {
		this.column = column;
		this.#pages = pages;
		let row = 0;
		this.#firstRows = [0, ...pages.map(({ page }) => (row += page.values))];
	}

	get count(): number {
		return this.#pages.length;
	}

	/** null behind the last row. */
	pageOf(row: number): { readonly index: number; readonly firstRow: number } | null {
		let [low, high] = [0, this.#pages.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#firstRows[middle + 1] as number) <= row) low = middle + 1;
			else high = middle;
		}
		return low < this.#pages.length ? { index: low, firstRow: this.#firstRows[low] as number } : null;
	}

	at(index: number): PlacedPage {
		return this.#pages[index] as PlacedPage; // pageOf found it
	}

	unpackedBytes(index: number): number {
		const { page, dictionary } = this.at(index);
		return page.unpackedLength + (dictionary?.unpackedLength ?? 0);
	}
}

/** @param path of the column: "image.bytes". @throws SightlineError BAD_INPUT where there is none, or the file is damaged */
export async function columnPages(file: string, path: string): Promise<ColumnPages> {
	const handle = await open(file);
	try {
		const { columns, rowGroups } = await readFooter(handle, file);
		const column = columns.find((one) => one.path === path);
		if (column === undefined) throw broken(file, `it has no column ${path}`);
		const placed: PlacedPage[] = [];
		for (const group of rowGroups) {
			const chunk = group.chunks.get(path);
			if (chunk === undefined || chunk.values !== group.rows) throw broken(file, `a row group lacks values of ${path}`);
			const pages = await pagesOf(handle, chunk, file);
			const dictionary = pages.find(({ kind }) => kind === "dictionary") ?? null;
			const data = pages.filter(({ kind }) => kind !== "dictionary");
			placed.push(...data.map((page) => ({ page, dictionary, codec: chunk.codec })));
		}
		return new ColumnPages(column, placed);
	} finally {
		await handle.close();
	}
}
