/**
 * What a Parquet file says of itself in its footer (Apache Parquet, parquet.thrift, FileMetaData): the tree of columns, the
 * row groups with the place of each column's chunk in them, and what the writer noted besides.
 */
import type { FileHandle } from "node:fs/promises";
import { SightlineError } from "../../errors.ts";
import { readStruct, type ThriftStruct, type ThriftValue } from "./thrift.ts";

export interface ParquetFile {
	readonly rows: number;
	/** Those with values, not the groups that hold them. */
	readonly columns: readonly ParquetColumn[];
	readonly rowGroups: readonly RowGroup[];
	/** Texts by key. */
	readonly notes: ReadonlyMap<string, string>;
}

export interface ParquetColumn {
	/** Of names, from the outermost group: "image.bytes". */
	readonly path: string;
	readonly type: "int32" | "int64" | "bytes" | "other";
	/** How many of the path's parts may be null. */
	readonly maxDefinition: number;
	/** Whether it holds lists, whose values are not one a row. */
	readonly isRepeated: boolean;
}

export interface RowGroup {
	readonly rows: number;
	/** By the column's path. */
	readonly chunks: ReadonlyMap<string, ColumnChunk>;
}

export interface ColumnChunk {
	readonly codec: number;
	readonly values: number;
	/** Of its first page, in bytes of the file. */
	readonly start: number;
	readonly end: number;
}

/** Of a table of a million row groups; more would only take memory. */
const maxFooterBytes = 2 ** 26;

/** @param place the file's name, for messages. @throws SightlineError BAD_INPUT: what is wrong with it */
export async function readFooter(handle: FileHandle, place: string): Promise<ParquetFile> {
	const { size } = await handle.stat();
	const tail = await read(handle, Math.max(0, size - 8), Math.min(8, size));
	if (size < 12 || String.fromCharCode(...tail.subarray(4)) !== "PAR1")
		throw broken(place, "it does not end as Parquet");
	const length = new DataView(tail.buffer).getUint32(0, true);
	if (length > size - 12 || length > maxFooterBytes) throw broken(place, `its footer claims ${length} bytes`);
	try {
		const { struct } = readStruct(await read(handle, size - 8 - length, length));
		return fileOf(struct, size, place);
	} catch (cause) {
		if (cause instanceof SightlineError) throw cause;
		throw broken(place, `its footer is damaged: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
	}
}

export async function read(handle: FileHandle, start: number, length: number): Promise<Uint8Array> {
	const bytes = new Uint8Array(length);
	const { bytesRead } = await handle.read(bytes, 0, length, start);
	return bytes.subarray(0, bytesRead);
}

export function broken(place: string, what: string, cause?: unknown): SightlineError {
	const hint = "The file is damaged or is no Parquet file: fetch or write it again.";
	return new SightlineError("BAD_INPUT", `${place}: ${what}`, { hint, cause });
}

/** Numbers of fields are those of parquet.thrift. */
function fileOf(file: ThriftStruct, size: number, place: string): ParquetFile {
	const rows = countOf(file, 3);
	// An image takes more than a byte: so a small file claims no large table.
	if (rows > size) throw broken(place, `it claims ${rows} rows in ${size} bytes`);
	const columns = columnsOf(listOf(file, 2).map(structOf));
	const rowGroups = listOf(file, 4).map((group) => rowGroupOf(structOf(group), size, place));
	const grouped = rowGroups.reduce((sum, group) => sum + group.rows, 0);
	if (grouped !== rows) throw broken(place, `it claims ${rows} rows, its row groups ${grouped}`);
	const notes = listOf(file, 5).map((note) => [textOf(structOf(note), 1), textOf(structOf(note), 2)] as const);
	return { rows, columns, rowGroups, notes: new Map(notes) };
}

/** The tree stands there in depth-first order, each group with the number of its children. */
function columnsOf(elements: readonly ThriftStruct[]): ParquetColumn[] {
	const columns: ParquetColumn[] = [];
	let next = 0;
	const walk = (path: readonly string[], maxDefinition: number, isRepeated: boolean): void => {
		const element = elements[next++];
		if (element === undefined || path.length > 16) throw new RangeError("a schema that is no tree");
		const isRoot = next === 1;
		const repetition = element.get(3);
		const own = isRoot ? [] : [...path, textOf(element, 4)];
		const definition = maxDefinition + (isRoot || repetition === required ? 0 : 1);
		const repeated = isRepeated || (!isRoot && repetition === repeatedType);
		const children = element.has(5) ? countOf(element, 5) : 0;
		if (children === 0 && !isRoot) {
			const type = types[Number(element.get(1))] ?? "other";
			columns.push({ path: own.join("."), type, maxDefinition: definition, isRepeated: repeated });
		}
		if (children > elements.length) throw new RangeError(`a group of ${children} columns`);
		for (let child = 0; child < children; child++) walk(own, definition, repeated);
	};
	walk([], 0, false);
	return columns;
}

const [required, repeatedType] = [0, 2];
const types: Readonly<Record<number, ParquetColumn["type"]>> = { 1: "int32", 2: "int64", 6: "bytes" };

function rowGroupOf(group: ThriftStruct, size: number, place: string): RowGroup {
	const chunks = new Map<string, ColumnChunk>();
	for (const chunk of listOf(group, 1).map(structOf)) {
		if (chunk.has(1)) throw broken(place, "it keeps columns in other files");
		const column = structOf(chunk.get(3));
		const path = listOf(column, 3)
			.map((name) => new TextDecoder().decode(bytesOf(name)))
			.join(".");
		const dictionary = column.has(11) ? countOf(column, 11) : 0;
		const start = dictionary > 0 ? Math.min(dictionary, countOf(column, 9)) : countOf(column, 9);
		const end = start + countOf(column, 7);
		if (end > size) throw broken(place, `column ${path} ends at byte ${end} of ${size}`);
		chunks.set(path, { codec: countOf(column, 4), values: countOf(column, 5), start, end });
	}
	return { rows: countOf(group, 3), chunks };
}

function countOf(struct: ThriftStruct, field: number): number {
	const value = struct.get(field);
	if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
	throw new RangeError(`field ${field} is no count`);
}

/** Empty where there is none. */
function listOf(struct: ThriftStruct, field: number): readonly ThriftValue[] {
	const value = struct.get(field);
	if (value === undefined) return [];
	if (Array.isArray(value)) return value;
	throw new RangeError(`field ${field} is no list`);
}

function structOf(value: ThriftValue | undefined): ThriftStruct {
	if (value instanceof Map) return value;
	throw new RangeError("no struct where one should be");
}

function bytesOf(value: ThriftValue | undefined): Uint8Array {
	if (value instanceof Uint8Array) return value;
	throw new RangeError("no text where one should be");
}

/** "" where there is none. */
function textOf(struct: ThriftStruct, field: number): string {
	return struct.has(field) ? new TextDecoder().decode(bytesOf(struct.get(field))) : "";
}
