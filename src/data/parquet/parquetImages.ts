/**
 * Images in Parquet tables, as Hugging Face publishes data sets: a column of structs {bytes, path}, a column of labels, and
 * a file or several for each split ("data/train-00000-of-00004.parquet").
 */
import { open, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { SightlineError } from "../../errors.ts";
import type { ImageSetEntry } from "../../zoo/imageSetEntry.ts";
import type { SkippedFile } from "../imageSet.ts";
import { stateOf, statFile } from "../stored/fileState.ts";
import type { ListedImage, Listing } from "../stored/listing.ts";
import { labelsOf, type RawLabel } from "../stored/rawLabels.ts";
import { type Shard, shardsIn } from "../stored/shards.ts";
import { columnPages } from "./columnPages.ts";
import { type ImageColumns, imageColumns } from "./features.ts";
import { readFooter } from "./footer.ts";
import { readPage } from "./readPage.ts";

export async function listParquet({ source, upright }: ImageSetEntry): Promise<Listing> {
	const { path } = source;
	const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
	const shards = isFolder ? await shardsIn(path, ".parquet") : [{ file: path, name: "", part: null }];
	if (shards.length === 0) throw new SightlineError("BAD_INPUT", `${path} has no .parquet file`);
	const tables: Table[] = [];
	const skipped: SkippedFile[] = [];
	for (const shard of shards) {
		try {
			tables.push(await tableOf(shard, source.labels));
		} catch (error) {
			// A damaged file is left out; that a column is not there is a mistake of whoever named it.
			if (!(error instanceof SightlineError && error.code === "BAD_INPUT")) throw error;
			skipped.push({ file: shard.name || basename(shard.file), reason: error.message });
		}
	}
	const named = tables.find(({ columns }) => columns.classNames !== null)?.columns.classNames ?? null;
	for (const { shard, columns } of tables) {
		if (columns.classNames !== null && String(columns.classNames) !== String(named)) {
			throw new SightlineError("BAD_INPUT", `${shard.file} names other classes than the files before it`, {
				hint: "Name the files of one data set alone.",
			});
		}
	}
	const raw = tables.flatMap(({ labels }) => labels);
	const { labels, classNames } =
		named === null ? await labelsOf(raw, isFolder ? path : dirname(path)) : byName(raw, named);
	const rows = tables.flatMap(({ shard, columns, state, rowBytes }) =>
		rowBytes.map(
			(sizeBytes, row): Omit<ListedImage, "label"> => ({
				...{ name: `${shard.name}#${row}`, part: shard.part, sizeBytes, state },
				place: { in: "parquet", file: shard.file, column: columns.image, row },
				form: { kind: "encoded", upright },
			}),
		),
	);
	return { images: rows.map((row, index) => ({ ...row, label: labels[index] ?? -1 })), classNames, skipped };
}

interface Table {
	readonly shard: Shard;
	readonly columns: ImageColumns;
	readonly state: string;
	readonly labels: readonly RawLabel[];
	/** Of each row, about: what a page takes, shared by its rows. */
	readonly rowBytes: readonly number[];
}

async function tableOf(shard: Shard, wanted: string | null): Promise<Table> {
	const { file } = shard;
	const state = stateOf(await statFile(file));
	const handle = await open(file);
	try {
		const table = await readFooter(handle, file);
		const columns = imageColumns(table, wanted, file);
		const images = await columnPages(file, columns.image);
		const rowBytes = Array.from({ length: images.count }, (_, index) => images.at(index).page).flatMap(
			({ values, unpackedLength }) => Array.from({ length: values }, () => unpackedLength / values),
		);
		const labels = columns.label === null ? rowBytes.map(() => null) : await readLabels(file, columns.label);
		return { shard, columns, state, labels, rowBytes };
	} finally {
		await handle.close();
	}
}

async function readLabels(file: string, path: string): Promise<readonly RawLabel[]> {
	const pages = await columnPages(file, path);
	const labels: RawLabel[] = [];
	const handle = await open(file);
	try {
		for (let index = 0; index < pages.count; index++) {
			for (const value of await readPage(handle, file, pages, index)) labels.push(labelOf(value));
		}
	} finally {
		await handle.close();
	}
	return labels;
}

/** -1 stands for none, as in the test splits of competitions. */
function labelOf(value: Uint8Array | number | null): RawLabel {
	if (value instanceof Uint8Array) return new TextDecoder().decode(value);
	return value === -1 ? null : value;
}

/** Numbers into the names that the table gives. */
function byName(
	raw: readonly RawLabel[],
	classNames: readonly string[],
): { labels: number[]; classNames: readonly string[] } {
	const labels = raw.map((label) => {
		if (label === null) return -1;
		const index = typeof label === "number" ? label : classNames.indexOf(label);
		if (Number.isInteger(index) && index >= 0 && index < classNames.length) return index;
		throw new SightlineError(
			"BAD_INPUT",
			`label ${label} is none of the ${classNames.length} classes that the table names`,
		);
	});
	return { labels, classNames };
}
