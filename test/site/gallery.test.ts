import { readdir, readFile, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { writeGallery } from "../../site/gallery.ts";
import { imageSet, imageSets } from "../../src/data/imageSets.ts";
import { readImage } from "../../src/data/readImage.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const folders = async () => ({ folder: await temporaryFolder(), cacheDir: join(await temporaryFolder(), "stills") });

test("each class has one example, the first of its split, and a page at most 60 images", async () => {
	const { folder, cacheDir } = await folders();
	const gallery = await writeGallery(imageSets, folder, cacheDir);
	expect(gallery.flatMap(({ images }) => images).length).toBeLessThanOrEqual(60);
	for (const { set, split, images } of gallery) {
		expect(images.map(({ className }) => className)).toEqual(set.classNames);
		const [first] = images.toSorted((a, b) => a.index - b.index);
		expect(first?.index).toBe(0);
		for (const { className, index } of images.slice(0, 4)) {
			const { label } = await readImage(set.source(split, index));
			expect(set.classNames[label]).toBe(className);
		}
	}
});

test("an example's file holds the image's own pixels", async () => {
	const { folder, cacheDir } = await folders();
	const [{ set, split, images }] = (await writeGallery([imageSet("leaves")], folder, cacheDir)) as [
		Awaited<ReturnType<typeof writeGallery>>[number],
	];
	const example = images[7];
	if (example === undefined) throw new Error("there are fewer than 8 classes");
	const { data, info } = await sharp(join(folder, example.file))
		.removeAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	const { pixels, width, height } = await readImage(set.source(split, example.index));
	expect([info.width, info.height, info.channels]).toEqual([width, height, 3]);
	expect(data.equals(pixels)).toBe(true);
});

test("examples are drawn once: the second time they come from the cache", async () => {
	const { folder, cacheDir } = await folders();
	const first = await writeGallery(imageSets, folder, cacheDir);
	const [name] = (await readdir(cacheDir)).filter((file) => file.endsWith(".png"));
	const cached = join(cacheDir, name ?? "");
	const longAgo = new Date(1_000_000_000_000);
	await utimes(cached, longAgo, longAgo);
	const other = await temporaryFolder();
	expect(await writeGallery(imageSets, other, cacheDir)).toEqual(first);
	expect((await stat(cached)).mtimeMs).toBe(longAgo.getTime());
	const file = first[0]?.images[0]?.file ?? "";
	expect((await readFile(join(other, file))).equals(await readFile(join(folder, file)))).toBe(true);
});
