import { join } from "node:path";
import { expect, test } from "vitest";
import { openImageSet } from "../../../src/data/imageSets.ts";
import { storedSetOpener } from "../../../src/data/stored/storedSet.ts";
import { plainEntry } from "../../../src/zoo/imageSetEntry.ts";
import { table } from "../../support/imageSetBytes.ts";
import { all, folderOf, numbered } from "../../support/imageSetFiles.ts";

const opened = async (files: Readonly<Record<string, Uint8Array | string>>, path = "") =>
	openImageSet(join(await folderOf(files), path));

test.each([
	..."snappy,plain,small pages and groups,page index,gzip,brotli,zstd,lz4,int32".split(","),
	...["dictionary, then plain", "version 2 pages", "img and fine_label"],
])("a table written with %s gives its images, labels and the names of the classes", async (name) => {
	const set = await opened({ "a.parquet": table(name) }, "a.parquet");
	expect(await numbered(set)).toEqual(all);
	expect([set.classNames, set.width, set.height, set.skipped]).toEqual([["ant", "bee", "cat"], 6, 5, []]);
});

test.each([
	["no features", ["0", "1", "2"]],
	["names", ["ant", "bee", "cat"]],
	["bare bytes", ["0", "1", "2"]],
])("a table with %s is read by the names of its columns", async (name, classNames) => {
	const set = await opened({ "a.parquet": table(name) }, "a.parquet");
	expect(await numbered(set)).toEqual(all);
	expect(set.classNames).toEqual(classNames);
});

test("a table without labels, or with lists of them, has images alone", async () => {
	for (const name of ["no labels", "lists of labels"]) {
		const set = await opened({ "a.parquet": table(name) }, "a.parquet");
		expect(await numbered(set)).toEqual(all.map(([number]) => [number, -1]));
		expect(set.classNames).toEqual([]);
	}
});

test("rows without bytes are named, a label of -1 is none", async () => {
	const set = await opened({ "a.parquet": table("nulls") }, "a.parquet");
	const expected = all.filter(([number]) => ![2, 5, 7].includes(number));
	expect(await numbered(set)).toEqual(expected.map(([number, label]) => [number, number === 3 ? -1 : label]));
	expect(set.skipped).toEqual(["#2", "#5", "#7"].map((file) => ({ file, reason: "its bytes are not in the table" })));
});

test("files are divided into splits by their names, as Hugging Face names them", async () => {
	const set = await opened({
		"data/train-00000-of-00002.parquet": table("first half"),
		"data/train-00001-of-00002.parquet": table("second half"),
		"data/validation-00000-of-00001.parquet": table("plain"),
		"README.md": "# a card",
	});
	expect(Object.fromEntries(set.splits)).toEqual({
		train: { start: 0, count: 12 },
		validation: { start: 12, count: 12 },
		all: { start: 0, count: 24 },
	});
	expect(await numbered(set, "train")).toEqual(all);
	expect(await numbered(set, "validation")).toEqual(all);
});

test("tables of the same rows have one digest, however they are written; other labels make another", async () => {
	const digests = await Promise.all(
		["snappy", "small pages and groups", "no features"].map(
			async (name) => (await opened({ "a.parquet": table(name) }, "a.parquet")).digest,
		),
	);
	expect(digests[1]).toBe(digests[0]);
	expect(digests[2]).not.toBe(digests[0]);
});

test("the labels may be taken from another column, which must be there", async () => {
	const folder = await folderOf({ "a.parquet": table("no features") });
	const entry = plainEntry("mine", "Mine", "parquet", folder);
	const set = await storedSetOpener()({ ...entry, source: { ...entry.source, labels: "caption" } });
	expect(set.classNames.length).toBe(12);
	await expect(storedSetOpener()({ ...entry, source: { ...entry.source, labels: "captoin" } })).rejects.toMatchObject({
		message: 'no column of labels "captoin"',
		hint: "Did you mean caption?",
	});
});

test("files of different classes are refused together", async () => {
	await expect(opened({ "a.parquet": table("snappy"), "b.parquet": table("other classes") })).rejects.toThrow(
		/b.parquet names other classes than the files before it/,
	);
});

test("a damaged file among others is left out and named", async () => {
	const set = await opened({ "a.parquet": table("snappy"), "b.parquet": Buffer.from("torn") });
	expect(await numbered(set)).toEqual(all);
	expect(set.skipped).toEqual([{ file: "b.parquet", reason: expect.stringMatching(/it does not end as Parquet$/) }]);
});

test.each([
	["a text", Buffer.from("PAR1 is what it begins with"), /it does not end as Parquet/],
	["nothing", Buffer.alloc(0), /it does not end as Parquet/],
	["a footer of 2 GB", footerOf(2 ** 31), /its footer claims 2147483648 bytes/],
	["a torn end", table("snappy").subarray(0, -20), /it does not end as Parquet/],
	["a torn beginning", table("snappy").subarray(300), /damaged|no page|claims|ends at byte/],
	["an encoding that is not read", table("delta"), /its values are in encoding 6, which is not read/],
])("%s is refused in words", async (_what, bytes, message) => {
	await expect(opened({ "a.parquet": bytes }, "a.parquet")).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: expect.stringMatching(message),
	});
});

function footerOf(length: number): Buffer {
	const bytes = Buffer.from(table("snappy"));
	bytes.writeUInt32LE(length, bytes.length - 8);
	return bytes;
}
