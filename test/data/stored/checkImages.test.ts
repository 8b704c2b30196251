import { readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { imageChecker, type KeptChecks } from "../../../src/data/stored/checkImages.ts";
import type { ListedImage } from "../../../src/data/stored/listing.ts";
import { type StoredSet, storedSetOpener } from "../../../src/data/stored/storedSet.ts";
import { plainEntry } from "../../../src/zoo/imageSetEntry.ts";
import { type FileContent, pictureFolder, threeClasses } from "../../support/pictureFolder.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const hourAgo = new Date(Date.now() - 3_600_000);

/** Checks of many processes, which a test can look at and change. */
class Notebook implements KeptChecks {
	readonly pages = new Map<string, Uint8Array>();
	written = 0;

	async get(key: string): Promise<Uint8Array | undefined> {
		return this.pages.get(key);
	}

	async put(key: string, bytes: Uint8Array): Promise<void> {
		this.pages.set(key, bytes);
		this.written++;
	}
}

/** What is kept, with a word replaced: whoever reads it says the word, and has not read the image. */
function forge(pages: Map<string, Uint8Array>, from: string, to: string): void {
	for (const [key, bytes] of pages) pages.set(key, Buffer.from(Buffer.from(bytes).toString().replaceAll(from, to)));
}

async function folderOf(files: Readonly<Record<string, FileContent>>, changedAt: Date): Promise<string> {
	const folder = await pictureFolder(files);
	for (const file of Object.keys(files)) await utimes(join(folder, file), changedAt, changedAt);
	return folder;
}

/** As another process opens it. */
const open = (folder: string, kept: KeptChecks): Promise<StoredSet> =>
	storedSetOpener(kept)(plainEntry("mine", "Mine", "folder", folder));

test("a second process reads no image that the first has read", async () => {
	const folder = await folderOf(threeClasses, hourAgo);
	const kept = new Notebook();
	const first = await open(folder, kept);
	expect(await open(folder, kept)).toMatchObject({ digest: first.digest, width: 8 });
	forge(kept.pages, '"width":8', '"width":99');
	expect((await open(folder, kept)).width).toBe(99);
});

test("an image that changed, by its bytes, its time or its place, is read again", async () => {
	const folder = await folderOf(threeClasses, hourAgo);
	// What follows the end of a PNG is nothing to a decoder: of one size all the same.
	const [file, other] = [join(folder, "ant/0.png"), join(folder, "ant/1.png")];
	const padded = async (from: string) => Buffer.concat([await readFile(from)], 1000);
	await writeFile(file, await padded(file));
	await utimes(file, hourAgo, hourAgo);
	const kept = new Notebook();
	const before = await open(folder, kept);
	forge(kept.pages, '"width":8', '"width":99');
	await writeFile(file, await padded(other));
	// As a program does that keeps times: the time of the change itself it cannot set.
	await utimes(file, hourAgo, hourAgo);
	const after = await open(folder, kept);
	expect([after.width, after.digest === before.digest]).toEqual([8, false]);
	const elsewhere = await folderOf(threeClasses, hourAgo);
	expect((await open(elsewhere, kept)).width).toBe(8);
});

test("an image that was written just now is not kept, since a clock tells no two changes within its tick apart", async () => {
	const kept = new Notebook();
	await open(await folderOf(threeClasses, new Date(Date.now() + 60_000)), kept);
	expect(kept.pages.size).toBe(0);
});

test("what cannot be read is tried again each time, and nothing is kept anew for it", async () => {
	const folder = await folderOf({ ...threeClasses, "ant/torn.png": Buffer.from("no image") }, hourAgo);
	const kept = new Notebook();
	await open(folder, kept);
	forge(kept.pages, '"width":8', '"width":99');
	const again = await open(folder, kept);
	expect([again.width, again.skipped.map(({ file }) => file)]).toEqual([99, ["ant/torn.png"]]);
	expect(kept.written).toBe(1);
});

test("a label that changes beside the images is seen by a process that knows them", async () => {
	const folder = await folderOf(threeClasses, hourAgo);
	const openAgain = storedSetOpener();
	const entry = plainEntry("mine", "Mine", "folder", folder);
	expect((await openAgain(entry)).classNames).toEqual(["ant", "bee", "cat"]);
	const rows = ["index\tfolder\tname", "2\tant\tants", "1\tbee\tbees", "0\tcat\tcats"];
	await writeFile(join(folder, "classes.tsv"), rows.join("\n"));
	const set = await openAgain(entry);
	const ants = Array.from({ length: 12 }, (_, index) => set.source("all", index)).filter(
		(source) => source.kind === "stored" && source.place.file.includes("ant"),
	);
	expect(ants.map((source) => source.kind === "stored" && source.label)).toEqual([2, 2, 2, 2]);
});

test("of thousands of images one more has its neighbours kept anew, and no others", async () => {
	const file = join(await temporaryFolder(), "pixels");
	await writeFile(file, new Uint8Array(12));
	const listed = (name: string): ListedImage => ({
		...{ name, part: null, label: -1, sizeBytes: 12, state: "1000 1000 12 1" },
		place: { in: "range", file, start: 0, length: 12 },
		form: { kind: "raw", height: 2, width: 2, channels: 3, layout: "interleaved" },
	});
	const images = Array.from({ length: 2500 }, (_, index) => listed(`${index}.png`));
	const kept = new Notebook();
	const check = async (all: readonly ListedImage[]) => {
		let count = 0;
		for await (const { check } of imageChecker(kept)("/set", all)) count += "reason" in check ? 0 : 1;
		return count;
	};
	expect(await check(images)).toBe(2500);
	const { size } = kept.pages;
	expect(size).toBeGreaterThan(2);
	expect(await check([...images.slice(0, 1000), listed("new.png"), ...images.slice(1000)])).toBe(2501);
	expect(kept.pages.size).toBe(size + 1);
});
