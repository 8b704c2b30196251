/**
 * Stored images as a set, whatever holds them: read and decoded once to know which can be, shuffled once for all, and
 * divided into splits. What cannot be read is left out and named.
 */
import { resolve } from "node:path";
import { SightlineError } from "../../errors.ts";
import { type Random, random } from "../../numerics/random.ts";
import { shuffle } from "../../numerics/shuffle.ts";
import { digestOf } from "../../plan/measurement.ts";
import type { ImageSetEntry } from "../../zoo/imageSetEntry.ts";
import { type ImageSet, positionIn, type SkippedFile, type Split, type StoredImage } from "../imageSet.ts";
import type { Sides } from "../resize.ts";
import type { ReadableImage } from "./checkImage.ts";
import { imageChecker, type KeptChecks, keepNoChecks } from "./checkImages.ts";
import { deal } from "./deal.ts";
import { listImages } from "./listImages.ts";
import { type ListedImage, type Listing, parts as partNames } from "./listing.ts";

/** Goes up with every change that gives the same files other pixels, labels, splits or another order. */
const storedVersion = 1;
/** Of the shuffle. */
const seed = 0;

export interface StoredSet extends ImageSet {
	/** Of the images that can be read, together. */
	readonly sizeBytes: number;
	/** In pixels, by their area. */
	readonly smallest: Sides;
	readonly largest: Sides;
}

/** @param onRead after each image, with how many there are */
export type OpenStoredSet = (
	entry: ImageSetEntry,
	onRead?: (done: number, total: number) => void,
) => Promise<StoredSet>;

/**
 * Opens sets; an image whose file has not changed since (by size and times) is not read again.
 *
 * The images are shuffled once for all, so that each prefix of a split holds its classes in proportion. Splits: "probe",
 * the first half of each class, "test", the rest, and "all", one after the other; or, in a set that is divided into
 * "train", "validation" and "test", those and "all". A split without images is not there.
 * @param kept where it is noted which images could be read, for processes to come
 * @throws SightlineError NOT_FOUND where there is nothing at the path; BAD_INPUT without any readable image, with an
 *   unreadable one where the entry is strict, or with another digest than the entry states
 */
export function storedSetOpener(kept: KeptChecks = keepNoChecks): OpenStoredSet {
	const checkImages = imageChecker(kept);
	return async (entry, onRead) => {
		const path = resolve(entry.source.path);
		const { images, classNames, skipped } = await listImages({ ...entry, source: { ...entry.source, path } });
		const readable: SetImage[] = [];
		const unreadable: SkippedFile[] = [...skipped];
		for await (const { listed, check } of checkImages(path, images)) {
			if ("reason" in check) unreadable.push({ file: listed.name, reason: check.reason });
			else readable.push({ ...check, listed });
			onRead?.(readable.length + unreadable.length - skipped.length, images.length);
		}
		if (readable.length === 0) throw noImages(path, unreadable);
		if (entry.strict && unreadable.length > 0) throw refused(path, unreadable);
		return withDigest(entry, setOf(entry, classNames, readable, unreadable));
	};
}

interface SetImage extends ReadableImage {
	readonly listed: ListedImage;
}

function setOf(
	{ id, title }: ImageSetEntry,
	classNames: Listing["classNames"],
	readable: readonly SetImage[],
	skipped: readonly SkippedFile[],
): StoredSet {
	const parts = partsOf(readable, random(seed, 0));
	const order = parts.flatMap(({ images }) => images);
	const splits = splitsOf(parts);
	const files = order.map(({ listed: { name, label, form }, sha256 }) => ({
		...{ file: name, sha256, label },
		// A plain image file's form is not mentioned.
		...(form.kind === "raw" || form.upright ? { form } : {}),
	}));
	const byArea = [...readable].sort((a, b) => a.height * a.width - b.height * b.width);
	const set: StoredSet = {
		id,
		title,
		width: commonOf(order.map(({ width }) => width)),
		height: commonOf(order.map(({ height }) => height)),
		seed,
		digest: digestOf({ folderVersion: storedVersion, splits: [...splits], classNames, files }),
		classNames,
		labels: id,
		splits,
		skipped,
		sizeBytes: readable.reduce((sum, { listed }) => sum + listed.sizeBytes, 0),
		smallest: sidesOf(byArea[0]),
		largest: sidesOf(byArea.at(-1)),
		source(split, index): StoredImage {
			const { listed, sha256 } = order[positionIn(set, split, index)] as SetImage; // within the split
			return { kind: "stored", place: listed.place, form: listed.form, sha256, label: listed.label };
		},
	};
	return set;
}

function sidesOf(image: SetImage | undefined): Sides {
	return [image?.height ?? 0, image?.width ?? 0];
}

interface Share {
	readonly name: string;
	readonly images: readonly SetImage[];
}

/** The images by split, each in its order for ever. */
function partsOf(images: readonly SetImage[], source: Random): Share[] {
	const named = partNames.map((name) => {
		const own = images.filter(({ listed }) => listed.part === name);
		return { name, images: deal(shuffledClasses(own, source), source) };
	});
	const rest = images.filter(({ listed }) => listed.part === null);
	const halves = shuffledClasses(rest, source).map((items) => {
		const middle = Math.floor(items.length / 2);
		return [items.slice(0, middle), items.slice(middle)] as const;
	});
	const probe = deal(
		halves.map(([first]) => first),
		source,
	);
	const test = deal(
		halves.map(([, second]) => second),
		source,
	);
	return [...named, { name: "probe", images: probe }, { name: "test", images: test }].filter(
		(part) => part.images.length > 0,
	);
}

/** @returns the images of each class */
function shuffledClasses(images: readonly SetImage[], source: Random): SetImage[][] {
	const classes = new Map<number, SetImage[]>();
	for (const image of images) {
		const items = classes.get(image.listed.label) ?? [];
		items.push(image);
		classes.set(image.listed.label, items);
	}
	return [...classes.values()].map((items) => shuffle(items, source));
}

function splitsOf(parts: readonly Share[]): Map<string, Split> {
	let start = 0;
	const splits = new Map<string, Split>();
	for (const { name, images } of parts) {
		splits.set(name, { start, count: images.length });
		start += images.length;
	}
	return splits.set("all", { start: 0, count: start });
}

/** The one number that all are, or null. */
function commonOf(numbers: readonly number[]): number | null {
	const [first = 0] = numbers;
	return numbers.every((number) => number === first) ? first : null;
}

function withDigest({ digest }: ImageSetEntry, set: StoredSet): StoredSet {
	if (digest === null || digest === set.digest) return set;
	throw new SightlineError("BAD_INPUT", `the images of ${set.id} are ${set.digest}, not ${digest} as its entry says`, {
		hint: "The files, their names or labels are others than when the set was added: add it again, or remove `digest`.",
	});
}

function noImages(path: string, unreadable: readonly SkippedFile[]): SightlineError {
	const hint = "Expected JPEG, PNG, WebP, GIF, TIFF, AVIF or BMP images.";
	if (unreadable.length === 0) return new SightlineError("BAD_INPUT", `${path} has no images`, { hint });
	return new SightlineError("BAD_INPUT", `${path} has no image that can be read: ${named(unreadable, 1)}`, { hint });
}

function refused(path: string, unreadable: readonly SkippedFile[]): SightlineError {
	const hint = "Mend or remove what is named, or leave out `strict`: it is then skipped.";
	return new SightlineError("BAD_INPUT", `${path} holds what cannot be read: ${named(unreadable, 5)}`, { hint });
}

function named(files: readonly SkippedFile[], most: number): string {
	const words = files.slice(0, most).map(({ file, reason }) => `${file} (${reason})`);
	const more = files.length > most ? ` and ${files.length - most} more` : "";
	return `${words.join(", ")}${more}`;
}
