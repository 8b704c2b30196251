import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ImageSet } from "../../../src/data/imageSet.ts";
import { readImage } from "../../../src/data/readImage.ts";
import { storedSetOpener } from "../../../src/data/stored/storedSet.ts";
import { plainEntry } from "../../../src/zoo/imageSetEntry.ts";
import { type FileContent, pictureFolder, threeClasses } from "../../support/pictureFolder.ts";

const open = (folder: string): Promise<ImageSet> => storedSetOpener()(plainEntry("mine", "Mine", "folder", folder));
const opened = async (files: Readonly<Record<string, FileContent>>) => open(await pictureFolder(files));

/** Label and shade of each image of a split. */
async function shown(set: ImageSet, split: string): Promise<(readonly [label: number, shade: number])[]> {
	const count = set.splits.get(split)?.count ?? 0;
	const images = await Promise.all(Array.from({ length: count }, (_, index) => readImage(set.source(split, index))));
	return images.map(({ label, pixels }) => [label, pixels[0] ?? -1] as const);
}

test("a folder per class gives labels in the order of the folders' names", async () => {
	const set = await opened(threeClasses);
	expect(set.classNames).toEqual(["ant", "bee", "cat"]);
	for (const [label, shade] of await shown(set, "all")) expect(Math.floor(shade / 60)).toBe(label);
	expect([set.width, set.height, set.skipped]).toEqual([8, 8, []]);
});

test("a class without a readable image keeps its number", async () => {
	const set = await opened({ ...threeClasses, "apes/torn.png": Buffer.from("x"), "bugs/notes.txt": Buffer.from("x") });
	expect(set.classNames).toEqual(["ant", "apes", "bee", "bugs", "cat"]);
	expect(new Set((await shown(set, "all")).map(([label]) => label))).toEqual(new Set([0, 2, 4]));
});

test('"probe" and "test" halve every class and share no image; "all" is one after the other', async () => {
	const set = await opened(threeClasses);
	const [all, probe, rest] = await Promise.all(["all", "probe", "test"].map((split) => shown(set, split)));
	expect(all).toEqual([...(probe ?? []), ...(rest ?? [])]);
	expect(new Set(all?.map(([, shade]) => shade)).size).toBe(12);
	for (const half of [probe, rest]) {
		expect(half?.map(([label]) => label).sort()).toEqual([0, 0, 1, 1, 2, 2]);
		expect(new Set(half?.slice(0, 3).map(([label]) => label)).size).toBe(3);
	}
});

test("any first images hold the classes in proportion", async () => {
	const many = Object.fromEntries(
		Array.from({ length: 60 }, (_, index) => [`${index % 3 === 0 ? "rare" : "usual"}/${index}.png`, { shade: index }]),
	);
	const order = await shown(await opened(many), "test");
	for (let first = 3; first <= order.length; first++) {
		const rare = order.slice(0, first).filter(([label]) => label === 0).length;
		expect(Math.abs(rare - first / 3)).toBeLessThanOrEqual(1);
	}
});

test("images without folders carry no labels; a single one is for testing", async () => {
	const set = await opened({ "a.png": { shade: 1 }, "b.jpg": { shade: 2, width: 9 }, "c.png": { shade: 3 } });
	expect([set.classNames, set.width, set.height]).toEqual([[], null, 8]);
	expect((await shown(set, "all")).map(([label]) => label)).toEqual([-1, -1, -1]);
	expect([...(await opened({ "a.png": { shade: 1 } })).splits.keys()]).toEqual(["test", "all"]);
});

test('a folder of "train" and "val" keeps that division', async () => {
	const set = await opened({
		"train/ant/1.png": { shade: 1 },
		"train/bee/2.png": { shade: 2 },
		"train/bee/3.png": { shade: 3 },
		"val/bee/4.png": { shade: 4 },
	});
	expect(Object.fromEntries(set.splits)).toEqual({
		train: { start: 0, count: 3 },
		validation: { start: 3, count: 1 },
		all: { start: 0, count: 4 },
	});
	expect(await shown(set, "validation")).toEqual([[1, 4]]);
	expect(set.classNames).toEqual(["ant", "bee"]);
});

test("classes.tsv says which number a folder's class has", async () => {
	const table = Buffer.from("index\twnid\tname\n4\tbee\thoney bee\n2\tant\tant\n7\tcat\ttabby\n");
	const set = await opened({ ...threeClasses, "classes.tsv": table });
	expect(set.classNames).toEqual(["0", "1", "ant", "3", "honey bee", "5", "6", "tabby"]);
	for (const [label, shade] of await shown(set, "all")) expect(label).toBe([2, 4, 7][Math.floor(shade / 60)]);
});

test.each([
	["without a folder's line", "index\tfolder\n0\tant\n1\tbee\n", /no line for the folder "cat"/],
	["with other columns", "number\tfolder\n0\tant\n", /begins with "number folder"/],
	["with a word for a number", "index\tfolder\nfirst\tant\n", /line 2: "first ant"/],
	["with a number beyond reason", "index\tfolder\n99999999999\tant\n", /line 2/],
	["with a folder twice", "index\tfolder\n0\tant\n1\tant\n", /line 3: "1 ant"/],
])("a classes.tsv %s is refused", async (_what, table, message) => {
	await expect(opened({ ...threeClasses, "classes.tsv": Buffer.from(table) })).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: expect.stringMatching(message),
	});
});

test("files that cannot be read are left out and named", async () => {
	const folder = await pictureFolder({
		...threeClasses,
		"ant/text.png": Buffer.from("no image"),
		"ant/empty.webp": new Uint8Array(0),
		"ant/deep/1.png": { shade: 1 },
		"beside.png": { shade: 1 },
		"whole.jpg": { shade: 9, width: 200, height: 200 },
		"ant/readme.txt": Buffer.from("an ant"),
		"ant/.hidden.png": Buffer.from("no image"),
	});
	const whole = await readFile(join(folder, "whole.jpg"));
	await writeFile(join(folder, "bee/torn.jpg"), whole.subarray(0, whole.length - 20));
	await symlink(join(folder, "nothing.png"), join(folder, "bee/nowhere.png"));
	const set = await open(folder);
	expect(set.splits.get("all")?.count).toBe(12);
	expect(Object.fromEntries(set.skipped.map(({ file, reason }) => [file, reason]))).toEqual({
		"ant/text.png": "it is in no known image format, or torn at its beginning",
		"ant/empty.webp": "it is in no known image format, or torn at its beginning",
		"ant/deep": "it is a folder within a class",
		"beside.png": "it lies beside the folders of the classes",
		"whole.jpg": "it lies beside the folders of the classes",
		"bee/torn.jpg": "its jpeg data is torn or damaged",
		"bee/nowhere.png": "it cannot be opened, or is a link to nothing",
	});
});

test("a link to an image elsewhere is that image", async () => {
	const elsewhere = await pictureFolder({ "there.png": { shade: 77 } });
	const folder = await pictureFolder({ "ant/here.png": { shade: 5 } });
	await symlink(join(elsewhere, "there.png"), join(folder, "ant/linked.png"));
	expect((await shown(await open(folder), "all")).map(([, shade]) => shade).sort()).toEqual([5, 77]);
});

test("the same files in another place are the same images; another byte or name makes them others", async () => {
	const digests = await Promise.all(
		[
			threeClasses,
			threeClasses,
			{ ...threeClasses, "ant/0.png": { shade: 1 } },
			Object.fromEntries(Object.entries(threeClasses).map(([file, content]) => [file.replace("cat", "dog"), content])),
		].map(async (files) => (await opened(files)).digest),
	);
	expect(digests[0]).toBe(digests[1]);
	expect(new Set(digests).size).toBe(3);
});

test("a file that changes after its set was opened is refused, and read anew when the set is opened again", async () => {
	const folder = await pictureFolder({ "a.png": { shade: 1 } });
	const entry = plainEntry("mine", "Mine", "folder", folder);
	const openAgain = storedSetOpener();
	const before = await openAgain(entry);
	const source = before.source("all", 0);
	expect((await openAgain(entry)).digest).toBe(before.digest);
	await writeFile(
		join(folder, "a.png"),
		await readFile(join(await pictureFolder({ "b.png": { shade: 200 } }), "b.png")),
	);
	await expect(readImage(source)).rejects.toThrow("a.png is no longer what it was when its image set was opened");
	expect((await openAgain(entry)).digest).not.toBe(before.digest);
	await rm(join(folder, "a.png"));
	await expect(readImage(source)).rejects.toThrow("is no longer what it was");
});

test("a folder that is not there, and one without an image that can be read, are told so", async () => {
	const folder = await pictureFolder({ "notes.txt": Buffer.from("x") });
	await expect(open(join(folder, "gone"))).rejects.toMatchObject({ code: "NOT_FOUND" });
	await expect(open(folder)).rejects.toThrow(`${folder} has no images`);
	await mkdir(join(folder, "ant"));
	await expect(open(folder)).rejects.toThrow(`${folder} has no images`);
	await writeFile(join(folder, "ant/a.png"), "x");
	await expect(open(folder)).rejects.toThrow(/no image that can be read: ant\/a.png \(.*\)/);
});

test("an unknown split and an image beyond its end are told with what there is", async () => {
	const set = await opened(threeClasses);
	expect(() => set.source("train", 0)).toThrow(expect.objectContaining({ hint: "There is: probe, test, all." }));
	expect(() => set.source("probe", 6)).toThrow('mine: there is no image 6 in split "probe", which has 6');
});
