/** Image sets as files in a temporary folder, and the numbers of the images that are read from them. */
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ImageSet } from "../../src/data/imageSet.ts";
import { readImage } from "../../src/data/readImage.ts";
import { pixelDigests } from "./imageSetBytes.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

/** A temporary folder with these files, by relative path. */
export async function folderOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
	const folder = await temporaryFolder();
	for (const [name, content] of Object.entries(files)) {
		const path = join(folder, name);
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, content);
	}
	return folder;
}

/** Number and label of each image of a split, in the order of the numbers; -1 for an image that is none of the fixture's. */
export async function numbered(set: ImageSet, split = "all"): Promise<(readonly [number: number, label: number])[]> {
	const count = set.splits.get(split)?.count ?? 0;
	const images = await Promise.all(Array.from({ length: count }, (_, index) => readImage(set.source(split, index))));
	return images
		.map(({ pixels, label }) => {
			const sha256 = createHash("sha256").update(pixels).digest("hex");
			return [pixelDigests.indexOf(sha256), label] as const;
		})
		.sort((a, b) => a[0] - b[0]);
}

/** All of the fixture's images, with their usual labels. */
export const all: readonly (readonly [number: number, label: number])[] = Array.from({ length: 12 }, (_, number) => [
	number,
	number % 3,
]);
