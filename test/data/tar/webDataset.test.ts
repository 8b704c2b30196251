import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openImageSet } from "../../../src/data/imageSets.ts";
import { tar } from "../../support/imageSetBytes.ts";
import { all, folderOf, numbered } from "../../support/imageSetFiles.ts";

const opened = async (files: Readonly<Record<string, Uint8Array | string>>, path = "") =>
	openImageSet(join(await folderOf(files), path));

test.each(["ustar", "ustar with a prefix", "pax", "GNU", "json"])(
	"an archive with %s names gives its images and labels",
	async (name) => {
		const set = await opened({ "a.tar": tar(name) }, "a.tar");
		expect(await numbered(set)).toEqual(all);
		expect([set.classNames, set.width, set.height, set.skipped]).toEqual([["0", "1", "2"], 6, 5, []]);
	},
);

test.each(["names", "folders"])("classes by %s are in the order of their names", async (name) => {
	const set = await opened({ "a.tar": tar(name) }, "a.tar");
	expect(await numbered(set)).toEqual(all);
	expect(set.classNames).toEqual(["ant", "bee", "cat"]);
});

test("numbers are named by classnames.txt or classes.tsv beside the archives", async () => {
	const lines = await opened({ "a.tar": tar("ustar"), "classnames.txt": "ant\nbee\ncat\ndog\n" });
	expect(lines.classNames).toEqual(["ant", "bee", "cat", "dog"]);
	const table = await opened({ "a.tar": tar("ustar"), "classes.tsv": "index\tfolder\n0\tant\n1\tbee\n2\tcat\n" });
	expect(table.classNames).toEqual(["ant", "bee", "cat"]);
	await expect(opened({ "a.tar": tar("ustar"), "classnames.txt": "ant\nbee\n" })).rejects.toThrow(
		/label 2 has no name among the 2 classes/,
	);
});

test("several archives are one set, divided where all their names tell a split", async () => {
	const set = await opened(
		{ "imagenet-train-0.tar": tar("ustar"), "imagenet-validation-0.tar": tar("names") },
		"",
	).catch((error: Error) => error.message);
	expect(set).toMatch(/some labels are numbers \(0\), others names \("ant"\)/);
	const divided = await opened({
		"in-train-0.tar": tar("ustar"),
		"in-train-1.tar": tar("pax"),
		"val/0.tar": tar("GNU"),
	});
	expect(Object.fromEntries(divided.splits)).toEqual({
		train: { start: 0, count: 24 },
		validation: { start: 24, count: 12 },
		all: { start: 0, count: 36 },
	});
	expect(await numbered(divided, "validation")).toEqual(all);
	const whole = await opened({ "in-train-0.tar": tar("ustar"), "1.tar": tar("pax") });
	expect([...whole.splits.keys()]).toEqual(["probe", "test", "all"]);
});

test("names that lead out of the archive are names alone: nothing is written, links are skipped and named", async () => {
	const folder = await folderOf({ "sub/a.tar": tar("hostile") });
	const set = await openImageSet(join(folder, "sub/a.tar"));
	expect((await numbered(set)).filter(([number]) => number >= 0)).toEqual(all);
	expect(set.skipped).toEqual([
		{ file: "000099.png", reason: "it is a link or no file" },
		{ file: "000098.png", reason: "it is a link or no file" },
	]);
	expect(await readdir(join(folder, "sub"))).toEqual(["a.tar"]);
});

test("what the end of an archive cuts off is named, or refused where the entry is strict", async () => {
	const whole = tar("ustar");
	// The eighth sample's image begins with its header at block 7 * 4 and has 1 block.
	const set = await opened({ "a.tar": whole.subarray(0, 7 * 4 * 512 + 512 + 100) }, "a.tar");
	expect((await numbered(set)).map(([number]) => number)).toEqual([0, 1, 2, 3, 4, 5, 6]);
	expect(set.skipped).toEqual([{ file: "000007.png", reason: "the archive ends within it" }]);
});

test("of a damaged archive what stands before the damage is read, and beside it the other archives", async () => {
	const set = await opened({ "a.tar": damaged(tar("ustar"), 6 * 1024 + 3), "b.tar": tar("GNU") });
	expect((await numbered(set)).map(([number]) => number).filter((number) => number < 3)).toEqual([0, 0, 1, 1, 2, 2]);
	expect(set.splits.get("all")?.count).toBe(15);
	expect(set.skipped).toEqual([{ file: "a.tar", reason: "it is damaged at byte 6144: no header where one should be" }]);
});

test.each([
	["no archive", Buffer.alloc(2000, 65), /is no tar archive/],
	["a compressed one", Buffer.concat([Buffer.of(0x1f, 0x8b), Buffer.alloc(2000)]), /is no tar archive/],
	["a damaged first header", damaged(tar("ustar"), 3), /a.tar \(it is no tar archive/],
	["one without images", Buffer.alloc(1024), /has no images/],
])("%s is refused in words", async (_what, bytes, message) => {
	await expect(opened({ "a.tar": bytes }, "a.tar")).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: expect.stringMatching(message),
	});
});

test("a size of 8 exabytes, or a long name of a gigabyte, takes no memory", async () => {
	const huge = withSize(tar("ustar"), Buffer.from([0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]));
	await expect(opened({ "a.tar": huge }, "a.tar")).rejects.toThrow(/damaged at byte 0: a size that is no number/);
	const long = withSize(tar("GNU"), Buffer.from("07777777777\0"));
	await expect(opened({ "a.tar": long }, "a.tar")).rejects.toThrow(/a header that is longer than it can be/);
});

test("a folder with archives is told from a folder with images", async () => {
	const folder = await folderOf({ "a.tar": tar("ustar") });
	await mkdir(join(folder, "other"));
	await writeFile(join(folder, "other/readme.txt"), "x");
	expect((await openImageSet(folder)).splits.get("all")?.count).toBe(12);
});

function damaged(bytes: Buffer, at: number): Buffer {
	const copy = Buffer.from(bytes);
	copy[at] = (copy[at] ?? 0) ^ 1;
	return copy;
}

/** The first member's size replaced, and its checksum made right. */
function withSize(bytes: Buffer, size: Buffer): Buffer {
	const copy = Buffer.from(bytes);
	size.copy(copy, 124);
	copy.fill(0x20, 148, 156);
	const sum = copy.subarray(0, 512).reduce((total, byte) => total + byte, 0);
	copy.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
	return copy;
}
