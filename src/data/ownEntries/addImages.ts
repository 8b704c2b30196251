/** Looks at images and names them in sightline.json: what `sightline add-images` and the API's addImages do. */
import { basename, resolve } from "node:path";
import { SightlineError } from "../../errors.ts";
import { type ImageSetEntry, plainEntry } from "../../zoo/imageSetEntry.ts";
import { knownIds } from "../catalogue.ts";
import type { KeptChecks } from "../stored/checkImages.ts";
import { kindOf } from "../stored/kindOf.ts";
import { type StoredSet, storedSetOpener } from "../stored/storedSet.ts";
import { checkOwnEntry, type OwnEntryChange, putOwnEntry } from "./ownEntriesFile.ts";
import { idOf, portable } from "./ownName.ts";

export interface ImagesToAdd {
	/** Of a folder or file, from the working folder. */
	readonly path: string;
	readonly id?: string | undefined;
	readonly title?: string | undefined;
	/** The column, array, kind of label or extension that labels are taken from. */
	readonly labels?: string | undefined;
	readonly upright?: boolean | undefined;
	readonly strict?: boolean | undefined;
}

export interface AddedImages {
	readonly how: "added" | "replaced";
	readonly entry: ImageSetEntry;
	readonly set: StoredSet;
}

export interface AddImagesOptions {
	/** The working folder. */
	readonly folder: string;
	/** Whether the entry of the same images and id may be written anew. */
	readonly mayReplace: boolean;
	/** Where it is noted which images could be read. */
	readonly checks: KeptChecks;
	/** Told after each image. */
	readonly onRead?: (done: number, total: number) => void;
}

/** @throws SightlineError what reading or writing gives reason to; nothing is written then */
export async function addImages(given: ImagesToAdd, options: AddImagesOptions): Promise<AddedImages> {
	const { folder, mayReplace, checks, onRead } = options;
	const entry = await entryOf(given, folder);
	const change: OwnEntryChange<"imageSets"> = {
		list: "imageSets",
		entry: jsonOf(entry, folder),
		mayReplace: (old) => mayReplace && resolve(folder, old.source.path) === entry.source.path,
	};
	await checkOwnEntry(folder, knownIds, change);
	const set = await storedSetOpener(checks)(entry, onRead);
	const how = await putOwnEntry(folder, knownIds, { ...change, entry: { ...change.entry, digest: set.digest } });
	return { how, entry, set };
}

async function entryOf(given: ImagesToAdd, folder: string): Promise<ImageSetEntry> {
	const path = resolve(folder, given.path);
	const kind = await kindOf(path);
	if (kind === null) throw new SightlineError("NOT_FOUND", `there is no folder or file ${path}`);
	const id = given.id ?? idOf(basename(path).replace(/\.(?:tar|parquet|bin|npz)$/i, ""), path);
	const entry = plainEntry(id, given.title ?? id, kind, path);
	const { labels = null, strict = false, upright = false } = given;
	return { ...entry, source: { ...entry.source, labels }, strict, upright };
}

/** As it stands in the file: paths within the working folder are relative to it, what is usual is left out. */
function jsonOf({ id, title, source, strict, upright }: ImageSetEntry, folder: string) {
	const { kind, path, labels } = source;
	return {
		...{ id, title },
		source: { kind, path: portable(folder, path), ...(labels === null ? {} : { labels }) },
		...(strict ? { strict } : {}),
		...(upright ? { upright } : {}),
	};
}
