/** The entry of an image set: what holds the images, and how they are read. */
import type { Fields } from "./fields.ts";

export interface ImageSetEntry {
	/** Names it in queries, on the command line and in `labels` of models. */
	readonly id: string;
	/** For people. */
	readonly title: string;
	readonly source: ImageSetSource;
	/** Refuses the set where anything in it cannot be read; otherwise that is left out and named. */
	readonly strict: boolean;
	/** Turns each image as EXIF says that the camera was held, as datasets' loader does; PIL of itself does not. */
	readonly upright: boolean;
	/** Refuses the set where its images, their names or labels are others than when this was written; null: any will do. */
	readonly digest: string | null;
}

export interface ImageSetSource {
	readonly kind: ImageSetKind;
	/** A folder or a file; relative to the entry's own place. */
	readonly path: string;
	/** The column, array, extension or file that the labels are taken from, where there are several; null: the usual one. */
	readonly labels: string | null;
}

export type ImageSetKind = (typeof imageSetKinds)[number];
export const imageSetKinds = ["folder", "imagenet", "tar", "parquet", "cifar"] as const;

/** An entry of images at a path, read as they are. */
export function plainEntry(id: string, title: string, kind: ImageSetKind, path: string): ImageSetEntry {
	return { id, title, source: { kind, path, labels: null }, strict: false, upright: false, digest: null };
}

/** What stands in `source`, or in `folder` alone, which is the folder of a plain one. */
export function parseImageSetSource(fields: Fields): ImageSetSource {
	if (fields.has("folder")) return { kind: "folder", path: fields.text("folder"), labels: null };
	if (!fields.has("source")) throw fields.wrong("source", "where the images are: { kind, path }");
	const source = fields.object("source");
	const parsed: ImageSetSource = {
		kind: source.oneOf("kind", imageSetKinds),
		path: source.text("path"),
		labels: source.optional("labels", source.text),
	};
	source.end();
	return parsed;
}
