/**
 * A folder of images as a set: a folder per class, or images without labels. Files that cannot be read are left out and
 * named.
 */
import { join } from "node:path";
import { SightlineError } from "../../errors.ts";
import { type Random, random } from "../../numerics/random.ts";
import { shuffle } from "../../numerics/shuffle.ts";
import { digestOf } from "../../plan/measurement.ts";
import { type ImageSet, positionIn, type SkippedFile, type Split } from "../imageSet.ts";
import { readAhead } from "../readAhead.ts";
import { type CheckedFile, checkFile, type ReadableFile } from "./checkFile.ts";
import { type Classes, readClasses } from "./classTable.ts";
import { deal } from "./deal.ts";
import { type ListedFile, listFolder } from "./listFolder.ts";

export interface FolderEntry {
	readonly id: string;
	readonly title: string;
	/** Absolute. */
	readonly folder: string;
}

/** Goes up with every change that gives the same files other pixels, labels, splits or another order. */
const folderVersion = 1;
/** Of the shuffle. */
const seed = 0;
/** Files decoded at once: as many as Node has threads for it. */
const filesAtOnce = 4;

/**
 * Opens folders; a file that has not changed since (by size and time) is not read again.
 *
 * The images are shuffled once for all, so that each prefix of a split holds its classes in proportion. Splits: "probe",
 * the first half of each class, "test", the rest, and "all", one after the other; or, in a folder that is divided into
 * "train", "validation" and "test", those and "all". A split without images is not there.
 * @throws SightlineError NOT_FOUND where there is no such folder; BAD_INPUT without any readable image
 */
export function folderOpener(): (entry: FolderEntry) => Promise<ImageSet> {
	const checks = new Map<string, Promise<CheckedFile>>();
	const check = (folder: string, listed: ListedFile): Promise<CheckedFile> => {
		const key = `${join(folder, listed.file)} ${listed.state}`;
		const checking = checks.get(key) ?? checkFile(folder, listed);
		checks.set(key, checking);
		return checking;
	};
	return async (entry) => {
		const { files, classNames, skipped } = await listFolder(entry.folder);
		const classes = await readClasses(entry.folder, classNames);
		const readable: ReadableFile[] = [];
		const unreadable: SkippedFile[] = [...skipped];
		for await (const { result } of readAhead(files, (file) => check(entry.folder, file), filesAtOnce - 1)) {
			if ("reason" in result) unreadable.push({ file: result.listed.file, reason: result.reason });
			else readable.push(result);
		}
		if (readable.length === 0) throw noImages(entry.folder, unreadable);
		return setOf(entry, classes, readable, unreadable);
	};
}

function setOf(
	{ id, title, folder }: FolderEntry,
	classes: Classes,
	readable: readonly ReadableFile[],
	skipped: readonly SkippedFile[],
): ImageSet {
	const parts = partsOf(readable, random(seed, 0));
	const order = parts.flatMap(({ files }) => files);
	const labelled = order.map(({ listed, sha256 }) => {
		const label = listed.className === null ? -1 : (classes.labels.get(listed.className) ?? -1);
		return { file: listed.file, sha256, label };
	});
	const splits = splitsOf(parts);
	const set: ImageSet = {
		id,
		title,
		width: commonOf(order.map(({ width }) => width)),
		height: commonOf(order.map(({ height }) => height)),
		seed,
		digest: digestOf({ folderVersion, splits: [...splits], classNames: classes.names, files: labelled }),
		classNames: classes.names,
		labels: id,
		splits,
		skipped,
		source(split, index) {
			const { file, ...rest } = labelled[positionIn(set, split, index)] as (typeof labelled)[number]; // within the split
			return { kind: "file", file: join(folder, file), ...rest };
		},
	};
	return set;
}

interface Part {
	readonly name: string;
	readonly files: readonly ReadableFile[];
}

/** The files by split, each in its order for ever. */
function partsOf(files: readonly ReadableFile[], source: Random): Part[] {
	const named = ["train", "validation", "test"].map((name) => {
		const own = files.filter(({ listed }) => listed.part === name);
		return { name, files: deal(shuffledClasses(own, source), source) };
	});
	const rest = files.filter(({ listed }) => listed.part === null);
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
	return [...named, { name: "probe", files: probe }, { name: "test", files: test }].filter(
		(part) => part.files.length > 0,
	);
}

/** @returns the files of each class */
function shuffledClasses(files: readonly ReadableFile[], source: Random): ReadableFile[][] {
	const classes = new Map<string | null, ReadableFile[]>();
	for (const file of files) {
		const items = classes.get(file.listed.className) ?? [];
		items.push(file);
		classes.set(file.listed.className, items);
	}
	return [...classes.values()].map((items) => shuffle(items, source));
}

function splitsOf(parts: readonly Part[]): Map<string, Split> {
	let start = 0;
	const splits = new Map<string, Split>();
	for (const { name, files } of parts) {
		splits.set(name, { start, count: files.length });
		start += files.length;
	}
	return splits.set("all", { start: 0, count: start });
}

/** The one number that all are, or null. */
function commonOf(numbers: readonly number[]): number | null {
	const [first = 0] = numbers;
	return numbers.every((number) => number === first) ? first : null;
}

function noImages(folder: string, unreadable: readonly SkippedFile[]): SightlineError {
	const [first] = unreadable;
	const hint = "Expected JPEG, PNG, WebP, GIF, TIFF or AVIF files, alone or in a folder for each class.";
	if (first === undefined) return new SightlineError("BAD_INPUT", `${folder} has no images`, { hint });
	const more = unreadable.length > 1 ? ` and ${unreadable.length - 1} more` : "";
	return new SightlineError(
		"BAD_INPUT",
		`${folder} has no image that can be read: ${first.file} (${first.reason})${more}`,
		{
			hint,
		},
	);
}
