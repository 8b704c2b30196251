/** What lies in a folder of images: its parts, their classes and their files, before any of them is read. */
import type { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { SightlineError } from "../../errors.ts";
import type { SkippedFile } from "../imageSet.ts";
import { stateOf } from "../stored/fileState.ts";
import { byCodePoints, isImageExtension, type Part, partOf } from "../stored/listing.ts";

export interface FolderListing {
	/** In the order of their names. */
	readonly files: readonly ListedFile[];
	/** The folders of classes, also of those without a file. */
	readonly classNames: readonly string[];
	readonly skipped: readonly SkippedFile[];
}

export interface ListedFile {
	/** Relative to the folder, with slashes on every system. */
	readonly file: string;
	/** In a folder that is divided so; null in any other. */
	readonly part: Part | null;
	/** The folder of its class; null where the images carry no labels. */
	readonly className: string | null;
	readonly sizeBytes: number;
	/** Changes whenever the file does. */
	readonly state: string;
}

/**
 * A folder per class, or images alone; or a folder per part ("train", "val", "test") that hold such. Only files with an
 * image's extension count, and hidden ones never do. Links are followed: whoever names the folder may read what they
 * point to, and what counts is the content.
 * @param isCounted which of its folders count; all if left out
 * @throws SightlineError NOT_FOUND where there is no such folder
 */
export async function listFolder(
	folder: string,
	isCounted: (name: string) => boolean = () => true,
): Promise<FolderListing> {
	const all = await entriesOf(folder, "");
	const entries = all.filter(({ name, stats }) => !stats?.isDirectory() || isCounted(name));
	const subfolders = entries.filter(({ stats }) => stats?.isDirectory());
	const isDivided = subfolders.length > 0 && subfolders.every(({ name }) => partOf(name) !== null);
	if (!isDivided) return listPart(folder, "", null, entries);
	const parts = await Promise.all(
		subfolders.map(async ({ name, file }) =>
			listPart(folder, `${file}/`, partOf(name), await entriesOf(folder, `${file}/`)),
		),
	);
	const beside = entries
		.filter(isImage)
		.map(({ file }) => ({ file, reason: "it lies beside the folders of the splits" }));
	return {
		files: parts.flatMap(({ files }) => files),
		classNames: parts.flatMap(({ classNames }) => classNames),
		skipped: [...beside, ...parts.flatMap(({ skipped }) => skipped)],
	};
}

async function listPart(
	folder: string,
	prefix: string,
	part: Part | null,
	entries: readonly Entry[],
): Promise<FolderListing> {
	const classes = entries.filter(({ stats }) => stats?.isDirectory());
	if (classes.length === 0) return { ...listed(entries.filter(isImage), part, null), classNames: [] };
	const listings = await Promise.all(
		classes.map(async ({ name }) => {
			const within = await entriesOf(folder, `${prefix}${name}/`);
			const { files, skipped } = listed(within.filter(isImage), part, name);
			const deeper = within.filter(({ stats }) => stats?.isDirectory());
			return {
				files,
				skipped: [...skipped, ...deeper.map(({ file }) => ({ file, reason: "it is a folder within a class" }))],
			};
		}),
	);
	const beside = entries
		.filter(isImage)
		.map(({ file }) => ({ file, reason: "it lies beside the folders of the classes" }));
	return {
		files: listings.flatMap(({ files }) => files),
		classNames: classes.map(({ name }) => name),
		skipped: [...beside, ...listings.flatMap(({ skipped }) => skipped)],
	};
}

/** @param images files that look like images */
function listed(
	images: readonly Entry[],
	part: Part | null,
	className: string | null,
): Pick<FolderListing, "files" | "skipped"> {
	const files: ListedFile[] = [];
	const skipped: SkippedFile[] = [];
	for (const { file, stats } of images) {
		if (stats === null) skipped.push({ file, reason: "it cannot be opened, or is a link to nothing" });
		else if (!stats.isFile()) skipped.push({ file, reason: "it is no file" });
		else {
			files.push({ file, part, className, sizeBytes: stats.size, state: stateOf(stats) });
		}
	}
	return { files, skipped };
}

interface Entry {
	readonly name: string;
	/** Relative to the set's folder. */
	readonly file: string;
	/** Of what a link points to; null where that cannot be told. */
	readonly stats: Stats | null;
}

/** @param prefix "" or a folder within, with a slash at its end */
async function entriesOf(folder: string, prefix: string): Promise<Entry[]> {
	const names = await namesIn(join(folder, prefix));
	const visible = names.filter((name) => !name.startsWith(".")).sort(byCodePoints);
	return Promise.all(
		visible.map(async (name) => {
			const file = `${prefix}${name}`;
			const stats = await stat(join(folder, file)).catch(() => null);
			return { name, file, stats };
		}),
	);
}

async function namesIn(folder: string): Promise<string[]> {
	try {
		return await readdir(folder);
	} catch (cause) {
		throw new SightlineError("NOT_FOUND", `there is no folder ${folder} that can be read`, { cause });
	}
}

function isImage({ name, stats }: Entry): boolean {
	return !stats?.isDirectory() && isImageExtension(extname(name));
}
