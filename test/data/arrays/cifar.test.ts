import { join } from "node:path";
import { expect, test } from "vitest";
import { openImageSet } from "../../../src/data/imageSets.ts";
import { readImage } from "../../../src/data/readImage.ts";
import { storedSetOpener } from "../../../src/data/stored/storedSet.ts";
import { plainEntry } from "../../../src/zoo/imageSetEntry.ts";
import { folderOf } from "../../support/imageSetFiles.ts";

const ten = "airplane automobile bird cat deer dog frog horse ship truck".split(" ");

/** Records whose red, green and blue are the number, one more and two more. */
function records(labels: readonly (readonly number[])[]): Buffer {
	return Buffer.concat(
		labels.flatMap((label, number) => [
			Buffer.from(label),
			...[0, 1, 2].map((channel) => Buffer.alloc(1024, number + channel)),
		]),
	);
}

const cifar10 = {
	"data_batch_1.bin": records([[3], [5]]),
	"data_batch_2.bin": records([[9]]),
	"test_batch.bin": records([[0], [1]]),
	"batches.meta.txt": `${ten.join("\n")}\n\n`,
};

test("CIFAR-10's binary files are a set with the splits train and test", async () => {
	const set = await openImageSet(await folderOf(cifar10));
	expect(Object.fromEntries(set.splits)).toEqual({
		train: { start: 0, count: 3 },
		test: { start: 3, count: 2 },
		all: { start: 0, count: 5 },
	});
	expect([set.classNames, set.width, set.height]).toEqual([ten, 32, 32]);
	const images = await Promise.all([0, 1].map((index) => readImage(set.source("test", index))));
	const shown = images.map(({ label, pixels }) => [label, ...pixels.subarray(0, 3), ...pixels.subarray(-3)]);
	expect(shown.sort()).toEqual([
		[0, 0, 1, 2, 0, 1, 2],
		[1, 1, 2, 3, 1, 2, 3],
	]);
});

test("CIFAR-100's labels are the fine ones unless the coarse ones are asked for", async () => {
	const names = (count: number) => Array.from({ length: count }, (_, index) => `class ${index}`).join("\n");
	const folder = await folderOf({
		"train.bin": records([[19, 99]]),
		"test.bin": records([[1, 2]]),
		"fine_label_names.txt": names(100),
		"coarse_label_names.txt": names(20),
	});
	const fine = await openImageSet(folder);
	expect([fine.classNames.length, (await readImage(fine.source("train", 0))).label]).toEqual([100, 99]);
	const entry = plainEntry("mine", "Mine", "cifar", folder);
	const coarse = await storedSetOpener()({ ...entry, source: { ...entry.source, labels: "coarse" } });
	expect([coarse.classNames.length, (await readImage(coarse.source("test", 0))).label]).toEqual([20, 1]);
	const third = storedSetOpener()({ ...entry, source: { ...entry.source, labels: "course" } });
	await expect(third).rejects.toMatchObject({ code: "NOT_FOUND", hint: "Did you mean coarse?" });
});

test("a record that is torn or has no such class is named", async () => {
	const folder = await folderOf({ "data_batch_1.bin": Buffer.concat([records([[3], [10]]), Buffer.alloc(100)]) });
	const set = await openImageSet(join(folder, "data_batch_1.bin"));
	expect(set.splits.get("train")?.count).toBe(1);
	expect(set.skipped).toEqual([
		{ file: "data_batch_1.bin#2", reason: "the file ends within it: records have 3073 bytes" },
		{ file: "data_batch_1.bin#1", reason: "its label is 10, there are 10 classes" },
	]);
});

test("names of too few classes are refused, and the pickled version with the way out", async () => {
	await expect(openImageSet(await folderOf({ ...cifar10, "batches.meta.txt": "cat\ndog\n" }))).rejects.toThrow(
		/batches.meta.txt names 2 classes, not 10/,
	);
	await expect(openImageSet(await folderOf({ data_batch_1: "x", "batches.meta": "x" }))).rejects.toMatchObject({
		code: "BAD_INPUT",
		hint: expect.stringContaining("binary version"),
	});
});
