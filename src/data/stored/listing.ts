/** What is found at the path of an image set, before any image of it is read: the same for every kind of set. */
import type { BytePlace, ImageForm, SkippedFile } from "../imageSet.ts";

export interface Listing {
	/** In an order that the same content always has. */
	readonly images: readonly ListedImage[];
	/** By label; empty where the images carry none. */
	readonly classNames: readonly string[];
	/** What looks like an image and cannot be one. */
	readonly skipped: readonly SkippedFile[];
}

export interface ListedImage {
	/** Of the file, member or row, with slashes on every system; part of what determines the set. */
	readonly name: string;
	/** In a set that is divided so; null in any other. */
	readonly part: Part | null;
	/** Index into classNames, or -1. */
	readonly label: number;
	readonly place: BytePlace;
	readonly form: ImageForm;
	readonly sizeBytes: number;
	/** Changes whenever the bytes do. */
	readonly state: string;
}

export type Part = (typeof parts)[number];
export const parts = ["train", "validation", "test"] as const;

/** What the parts of a divided set are called, and by which split they are asked for. */
const partNames: Readonly<Record<string, Part>> = {
	train: "train",
	training: "train",
	val: "validation",
	valid: "validation",
	validation: "validation",
	test: "test",
};

/** The part that a folder or the beginning of a file's name stands for; null where it stands for none. */
export function partOf(name: string): Part | null {
	return Object.hasOwn(partNames, name) ? (partNames[name] ?? null) : null;
}

const imageExtensions = ".jpg .jpeg .jpe .jfif .png .webp .gif .tif .tiff .avif .heic .bmp .ppm .pgm".split(" ");

/** @param extension with its dot */
export function isImageExtension(extension: string): boolean {
	return imageExtensions.includes(extension.toLowerCase());
}

/** The same order on every machine, whatever its language. */
export function byCodePoints(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
