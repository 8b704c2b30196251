import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { openImageSet } from "../../../src/data/imageSets.ts";
import { readImage } from "../../../src/data/readImage.ts";
import { storedSetOpener } from "../../../src/data/stored/storedSet.ts";
import { plainEntry } from "../../../src/zoo/imageSetEntry.ts";
import { pngs } from "../../support/imageSetBytes.ts";
import { folderOf } from "../../support/imageSetFiles.ts";
import { pictureFolder, threeClasses } from "../../support/pictureFolder.ts";

test("a strict set is refused where anything in it cannot be read, with the names of the first five", async () => {
	const torn = Object.fromEntries([1, 2, 3, 4, 5, 6].map((number) => [`ant/x${number}.png`, Buffer.from("x")]));
	const entry = plainEntry("mine", "Mine", "folder", await pictureFolder({ ...threeClasses, ...torn }));
	expect((await storedSetOpener()(entry)).skipped.length).toBe(6);
	await expect(storedSetOpener()({ ...entry, strict: true })).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: expect.stringMatching(/holds what cannot be read: ant\/x1.png \(.*ant\/x5.png \(.*\) and 1 more$/),
	});
	const whole = plainEntry("mine", "Mine", "folder", await pictureFolder(threeClasses));
	expect((await storedSetOpener()({ ...whole, strict: true })).splits.get("all")?.count).toBe(12);
});

test("a set with a digest is refused once its images are others", async () => {
	const entry = plainEntry("mine", "Mine", "folder", await pictureFolder(threeClasses));
	const { digest } = await storedSetOpener()(entry);
	expect((await storedSetOpener()({ ...entry, digest })).digest).toBe(digest);
	await writeFile(join(entry.source.path, "ant/more.png"), pngs[0] ?? "");
	await expect(storedSetOpener()({ ...entry, digest })).rejects.toThrow(
		new RegExp(`the images of mine are [0-9a-f]{64}, not ${digest} as its entry says`),
	);
});

test("an upright set turns its images as EXIF says, and has another digest", async () => {
	const plain = sharp({ create: { width: 9, height: 5, channels: 3, background: "red" } });
	const turned = await plain.jpeg().withMetadata({ orientation: 6 }).toBuffer();
	const entry = plainEntry("mine", "Mine", "folder", await folderOf({ "a.jpg": turned }));
	const [asIs, upright] = await Promise.all([entry, { ...entry, upright: true }].map((one) => storedSetOpener()(one)));
	expect([asIs?.width, asIs?.height, upright?.width, upright?.height]).toEqual([9, 5, 5, 9]);
	expect(upright?.digest).not.toBe(asIs?.digest);
	const image = upright && (await readImage(upright.source("all", 0)));
	expect([image?.width, image?.height]).toEqual([5, 9]);
});

test.each([
	["an image", "a.png", "It is an image: name the folder that it lies in."],
	["an archive that is compressed", "a.tar.gz", "Unpack it first: images are read from where they stand."],
	["a pickle", "a.pkl", expect.stringContaining("Pickles can run code")],
	["a text", "a.txt", expect.stringContaining("Expected a folder")],
])("%s is no image set, and told what to do", async (_what, name, hint) => {
	const folder = await folderOf({ [name]: pngs[0] ?? "" });
	await expect(openImageSet(join(folder, name))).rejects.toMatchObject({ code: "BAD_INPUT", hint });
});

test("a path where nothing is, is not found", async () => {
	await expect(openImageSet("./nowhere/at-all.tar")).rejects.toMatchObject({ code: "NOT_FOUND" });
	const gone = plainEntry("mine", "Mine", "tar", join(await folderOf({}), "gone.tar"));
	await expect(storedSetOpener()(gone)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
