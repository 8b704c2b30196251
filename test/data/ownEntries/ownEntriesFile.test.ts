import { writeFileSync } from "node:fs";
import { readdir, readFile, symlink, utimes, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { checkOwnEntry, putOwnEntry, readOwnEntries } from "../../../src/data/ownEntries/ownEntriesFile.ts";
import { folderOf } from "../../support/imageSetFiles.ts";

const known = { models: ["vit-s"], imageSets: ["leaves"] };
const entry = { id: "mine", title: "Mine", source: { kind: "tar", path: "mine.tar" } };
const never = () => false;
const put = (folder: string, given: typeof entry = entry, mayReplace: () => boolean = never) =>
	putOwnEntry(folder, known, { list: "imageSets", entry: given, mayReplace });
const written = (folder: string) => readFile(join(folder, "sightline.json"), "utf8");
const folderWith = (text: string) => folderOf({ "sightline.json": text });

test("without a file, one is made that can be read", async () => {
	const folder = await folderOf({});
	expect(await put(folder)).toBe("added");
	const schema = resolve(folder, JSON.parse(await written(folder)).$schema);
	expect(JSON.parse(await readFile(schema, "utf8")).title).toBe("sightline.json");
	const text = (await written(folder)).replace(/(?:\.\.\/)+.*(?=\/schema)/, "<package>");
	expect(text).toMatchInlineSnapshot(`
		"{
			"$schema": "<package>/schema/sightline.schema.json",
			"imageSets": [
				{
					"id": "mine",
					"title": "Mine",
					"source": {
						"kind": "tar",
						"path": "mine.tar"
					}
				}
			]
		}
		"
	`);
	expect((await readOwnEntries(folder, known)).imageSets.map(({ id }) => id)).toEqual(["mine"]);
});

const other = '{ "id": "a]}\\"", "title": "x" , "folder": "a, b" }';

test.each([
	["tabs", `{\n\t"models": [],\n\t"imageSets": [\n\t\t{"id": "one", "folder": "a"}\n\t]\n}\n`, "\n\t\t{\n\t\t\t"],
	["two spaces", `{\n  "imageSets": [\n    {"id": "one", "folder": "a"}\n  ],\n  "models": []\n}`, "\n    {\n      "],
	["one line", `{"imageSets": [{"id": "one", "folder": "[1, {\\"}"}]}`, "\n\t\t{\n\t\t\t"],
	["lines ended as on Windows", `{\r\n  "imageSets": [ {"id": "one", "folder": "a"} ]\r\n}\r\n`, "\r\n    {\r\n      "],
	["an empty list", `{ "imageSets": [ ] }`, "\n\t\t{\n\t\t\t"],
	["no such list", `{\n    "models": []\n}`, "\n        {\n            "],
])("in a file with %s the entry is added, and the rest stays to the byte", async (_what, text, indented) => {
	const folder = await folderWith(text);
	expect(await put(folder)).toBe("added");
	const after = await written(folder);
	expect(after).toContain(`${indented}"id": "mine"`);
	const before = JSON.parse(text);
	expect(JSON.parse(after)).toEqual({ ...before, imageSets: [...(before.imageSets ?? []), entry] });
	// What was added stands in one piece.
	const start = [...text].findIndex((character, at) => character !== after[at]);
	const end = [...text].reverse().findIndex((character, at) => character !== after.at(-1 - at));
	expect(start + (end < 0 ? text.length : end)).toBeGreaterThanOrEqual(text.trimEnd().length - 3);
});

test("an entry takes the place of the one with its id, where that is allowed", async () => {
	const text = `{\n  "imageSets": [\n    {"id": "mine", "folder": "a"},   {"id": "two",  "folder": "b"}\n  ]\n}`;
	const folder = await folderWith(text);
	await expect(put(folder)).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: 'sightline.json: "mine" is the id of another entry of imageSets',
	});
	expect(await written(folder)).toBe(text);
	expect(await put(folder, entry, () => true)).toBe("replaced");
	const after = await written(folder);
	expect(JSON.parse(after).imageSets).toEqual([entry, { id: "two", folder: "b" }]);
	expect(after.endsWith(`},   {"id": "two",  "folder": "b"}\n  ]\n}`)).toBe(true);
});

test("of an entry that is replaced, what is to be kept and is not stated anew stays", async () => {
	const before = { ...entry, digest: "0", strict: true, upright: true };
	const folder = await folderWith(JSON.stringify({ imageSets: [before] }));
	const change = { list: "imageSets", entry: { ...entry, strict: false }, kept: ["strict", "upright"] } as const;
	await putOwnEntry(folder, known, { ...change, mayReplace: () => true });
	expect(JSON.parse(await written(folder)).imageSets).toEqual([{ ...entry, strict: false, upright: true }]);
});

test("numbers stand on one line, as people write them", async () => {
	const folder = await folderOf({});
	const preprocessing = { resize: "bicubic", mean: [0.5, 0.5, 0.5], deviation: [0.1, 2e-3, 1] };
	const model = { id: "m", title: "[\n1, 2\n]", source: { kind: "onnx", file: "m.onnx" }, preprocessing };
	await putOwnEntry(folder, known, { list: "models", entry: model, mayReplace: never });
	expect(await written(folder)).toContain('"mean": [0.5, 0.5, 0.5],\n');
	expect((await readOwnEntries(folder, known)).models[0]).toMatchObject(model);
});

test.each([
	["that is no JSON", "{", /sightline.json is not JSON/],
	["that is wrong elsewhere", `{"models": [{}]}`, /models\[0\].id is missing/],
	["whose list is none", `{"imageSets": {}}`, /sightline.json.imageSets is \{\}, expected a list/],
	["with an entry of that kind of id twice", `{"imageSets": [${other}]}`, /imageSets\[0\].id is .*, expected letters/],
])("a file %s is left as it is", async (_what, text, message) => {
	const folder = await folderWith(text);
	await expect(put(folder)).rejects.toThrow(message);
	expect(await written(folder)).toBe(text);
});

test("an id that comes along, or an entry that is wrong, is refused before anything is written", async () => {
	const folder = await folderWith("{}");
	await expect(put(folder, { ...entry, id: "leaves" })).rejects.toThrow(/"leaves", which another has already/);
	await expect(put(folder, { ...entry, id: "../x" })).rejects.toThrow(/expected letters, digits/);
	const change = { list: "imageSets", entry: { ...entry, id: "leaves" }, mayReplace: never } as const;
	await expect(checkOwnEntry(folder, known, change)).rejects.toThrow(/which another has already/);
	expect(await written(folder)).toBe("{}");
});

test("several changes at once all arrive", async () => {
	const folder = await folderWith("{}\n");
	const ids = Array.from({ length: 8 }, (_, index) => `set-${index}`);
	await Promise.all(ids.map((id) => put(folder, { ...entry, id })));
	const { imageSets } = await readOwnEntries(folder, known);
	expect(imageSets.map(({ id }) => id).sort()).toEqual(ids);
});

test("where another process is at it, that is told; the mark of one that died is removed", async () => {
	const folder = await folderWith("{}\n");
	const mark = join(folder, "sightline.json.lock");
	await writeFile(mark, "");
	await expect(put(folder)).rejects.toMatchObject({ code: "STORAGE", hint: expect.stringContaining(mark) });
	expect(await written(folder)).toBe("{}\n");
	await utimes(mark, new Date(0), new Date(0));
	expect(await put(folder)).toBe("added");
});

test("what an editor saved meanwhile is not lost", async () => {
	const folder = await folderWith(`{"imageSets": [{"id": "mine", "folder": "a"}]}`);
	const saving = put(folder, entry, () => {
		writeFileSync(join(folder, "sightline.json"), "{}");
		return true;
	});
	await expect(saving).rejects.toMatchObject({
		code: "STORAGE",
		message: expect.stringContaining("changed meanwhile"),
	});
	expect(await written(folder)).toBe("{}");
	expect(await readdir(folder)).toEqual(["sightline.json"]);
});

test("of a link the file that it leads to is changed", async () => {
	const folder = await folderWith("{}\n");
	const elsewhere = await folderOf({});
	await symlink(join(folder, "sightline.json"), join(elsewhere, "sightline.json"));
	await put(elsewhere);
	expect(JSON.parse(await written(folder)).imageSets).toEqual([entry]);
});
