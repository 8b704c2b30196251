import { join } from "node:path";
import { expect, test } from "vitest";
import { openImageSet } from "../../../src/data/imageSets.ts";
import { readImage } from "../../../src/data/readImage.ts";
import { storedSetOpener } from "../../../src/data/stored/storedSet.ts";
import { plainEntry } from "../../../src/zoo/imageSetEntry.ts";
import { npz, pngs } from "../../support/imageSetBytes.ts";
import { all, folderOf, numbered } from "../../support/imageSetFiles.ts";

const opened = async (name: string, more: Readonly<Record<string, string>> = {}) =>
	openImageSet(join(await folderOf({ "a.npz": npz(name), ...more }), "a.npz"));

test.each(["images and labels", "compressed", "channels first", "Fortran order"])(
	"an .npz with %s gives its images and labels",
	async (name) => {
		const set = await opened(name);
		expect(await numbered(set)).toEqual(all);
		expect([set.classNames, set.width, set.height, set.skipped]).toEqual([["0", "1", "2"], 6, 5, []]);
	},
);

test.each([
	["Keras", "test"],
	["MedMNIST", "validation"],
])("arrays named as by %s are splits", async (name, split) => {
	const set = await opened(name);
	expect([...set.splits.keys()]).toEqual(["train", split, "all"]);
	expect(await numbered(set, "train")).toEqual(all.slice(0, 8));
	expect(await numbered(set, split)).toEqual(all.slice(8));
});

test("labels are taken from the arrays that are asked for; without any, images have none", async () => {
	const entry = plainEntry(
		"mine",
		"Mine",
		"npz",
		join(await folderOf({ "a.npz": npz("two kinds of labels") }), "a.npz"),
	);
	const coarse = await storedSetOpener()({ ...entry, source: { ...entry.source, labels: "coarse" } });
	expect(await numbered(coarse)).toEqual(all.map(([number, label]) => [number, Math.floor(label / 2)]));
	expect((await numbered(await opened("no labels"))).map(([, label]) => label)).toEqual(all.map(() => -1));
	expect((await opened("images and labels", { "classnames.txt": "ant\nbee\ncat" })).classNames[2]).toBe("cat");
});

test("grey images are shown in equal red, green and blue", async () => {
	const set = await opened("grey");
	const colours = await readImage((await openImageSet(await folderOf({ "0.png": pngs[0] ?? "" }))).source("all", 0));
	const reds = [...colours.pixels].filter((_, at) => at % 3 === 0);
	const images = await Promise.all(all.map(([number]) => readImage(set.source("all", number))));
	const shown = images.find(({ pixels }) => String([...pixels].filter((_, at) => at % 3 === 2)) === String(reds));
	expect(shown?.pixels.length).toBe(90);
});

test.each([
	["floats", /images is float64 \[12, 5, 6, 3\], expected uint8/],
	["vectors", /labels is float64 \[12, 3\], expected 12 whole numbers/],
	["too few labels", /labels is int64 \[5\], expected 12 whole numbers/],
	["four channels", /images is uint8 .*, expected uint8 \[images, height, width, 3\]/],
	["other arrays", /a.npz has no array of images/],
])("an .npz with %s is refused in words", async (name, message) => {
	await expect(opened(name)).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringMatching(message) });
});
