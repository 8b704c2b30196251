/** Image sets that other programs wrote (test/fixtures/imageSets), as files in a temporary folder. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inflateSync } from "node:zlib";
import type { ImageSet } from "../../src/data/imageSet.ts";
import { readImage } from "../../src/data/readImage.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

interface Fixture {
	readonly images: { readonly sha256: readonly string[]; readonly png: readonly string[] };
	readonly tars: Readonly<Record<string, string>>;
	readonly tables: Readonly<Record<string, string>>;
	readonly metaMat: Readonly<Record<string, string>>;
}
const fixture: Fixture = JSON.parse(
	readFileSync(new URL("../fixtures/imageSets/imageSets.json", import.meta.url), "utf8"),
);

/** PNG files of the numbered images. */
export const pngs: readonly Uint8Array[] = fixture.images.png.map((text) => Buffer.from(text, "base64"));

export const tarNames = Object.keys(fixture.tars);
export const tableNames = Object.keys(fixture.tables);

export function tar(name: string): Buffer {
	return inflated(fixture.tars[name], name);
}

export function table(name: string): Buffer {
	return inflated(fixture.tables[name], name);
}

export function metaMat(name: string): Buffer {
	return inflated(fixture.metaMat[name], name);
}

function inflated(text: string | undefined, name: string): Buffer {
	if (text === undefined) throw new Error(`no ${name} in the fixture`);
	return inflateSync(Buffer.from(text, "base64"));
}

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
			return [fixture.images.sha256.indexOf(sha256), label] as const;
		})
		.sort((a, b) => a[0] - b[0]);
}

/** All of the fixture's images, with their usual labels. */
export const all: readonly (readonly [number: number, label: number])[] = Array.from({ length: 12 }, (_, number) => [
	number,
	number % 3,
]);
