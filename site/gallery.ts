/** Examples of image sets: of each class the first image of a split, as small files beside the page that shows them. */
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodePng } from "../src/data/encodePng.ts";
import type { ImageSet, LabelledImage } from "../src/data/imageSet.ts";
import { readImage } from "../src/data/readImage.ts";

export interface GallerySet {
	readonly set: ImageSet;
	readonly split: string;
	/** In the order of the classes. */
	readonly images: readonly GalleryImage[];
}

export interface GalleryImage {
	readonly className: string;
	/** Within the split. */
	readonly index: number;
	/** From the gallery's folder: "leaves/0.png". */
	readonly file: string;
}

/** Folder of the gallery from the site's root. */
export const galleryPath = "images/";

/** A page is to be looked at, not scrolled through; and classes beyond this many have no example. */
const mostImages = 60;
/** Images that are looked through for one of each class: with 30 classes of one size, all but surely enough. */
const mostTried = 2000;
/** Goes up when other images would be chosen, or drawn otherwise. */
const galleryVersion = 1;

/**
 * Writes the examples of some sets, which share the images that one page may show.
 * @param folder of the gallery
 * @param cacheDir images that were drawn before, by the digest of their set
 */
export async function writeGallery(
	sets: readonly ImageSet[],
	folder: string,
	cacheDir: string,
): Promise<readonly GallerySet[]> {
	const written: GallerySet[] = [];
	for (const set of sets) written.push(await writeSet(set, Math.floor(mostImages / sets.length), folder, cacheDir));
	return written;
}

async function writeSet(set: ImageSet, most: number, folder: string, cacheDir: string): Promise<GallerySet> {
	const split = "test";
	const digest = createHash("sha256")
		.update(JSON.stringify([galleryVersion, set.digest, split, most]))
		.digest("hex");
	const cached = (name: string) => join(cacheDir, `${digest.slice(0, 32)}-${name}`);
	const images = (await readList(cached("gallery.json"))) ?? (await drawSet(set, split, most, cacheDir, cached));
	await mkdir(join(folder, set.id), { recursive: true });
	for (const { file } of images) await copyFile(cached(nameOf(file)), join(folder, file));
	return { set, split, images };
}

/** null where there is none, or none of this kind. */
async function readList(file: string): Promise<readonly GalleryImage[] | null> {
	try {
		return JSON.parse(await readFile(file, "utf8"));
	} catch {
		return null;
	}
}

/** Draws the examples into the cache; the list of them is there when all of them are. */
async function drawSet(
	set: ImageSet,
	split: string,
	most: number,
	cacheDir: string,
	cached: (name: string) => string,
): Promise<readonly GalleryImage[]> {
	await mkdir(cacheDir, { recursive: true });
	const wanted = Math.min(most, set.classNames.length);
	const found = new Map<number, { readonly index: number; readonly image: LabelledImage }>();
	for (let index = 0; index < mostTried && found.size < wanted; index++) {
		const image = await readImage(set.source(split, index));
		if (image.label < wanted && !found.has(image.label)) found.set(image.label, { index, image });
	}
	const images: GalleryImage[] = [];
	for (const [label, className] of set.classNames.entries()) {
		const example = found.get(label);
		if (example === undefined) continue;
		const file = `${set.id}/${label}.png`;
		await put(cached(nameOf(file)), encodePng(example.image));
		images.push({ className, index: example.index, file });
	}
	await put(cached("gallery.json"), JSON.stringify(images));
	return images;
}

function nameOf(file: string): string {
	return file.replace("/", "-");
}

/** Renamed into place, so that nobody ever reads half a file. */
async function put(file: string, content: Buffer | string): Promise<void> {
	await writeFile(`${file}.${process.pid}`, content);
	await rename(`${file}.${process.pid}`, file);
}
