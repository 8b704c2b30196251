/**
 * ImageNet as it is handed out: train/<wnid>/*.JPEG, and val/ flat, whose labels stand in a file of their own, or in a
 * folder per class as well. The folder may also be that of Kaggle's archive, with ILSVRC/Data/CLS-LOC in it.
 */
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { SightlineError } from "../../errors.ts";
import type { ImageSetEntry } from "../../zoo/imageSetEntry.ts";
import { readClasses } from "../folder/classTable.ts";
import { listingOf } from "../folder/folderImages.ts";
import { type ListedFile, listFolder } from "../folder/listFolder.ts";
import type { SkippedFile } from "../imageSet.ts";
import { type Listing, partOf } from "../stored/listing.ts";
import { readGroundTruth } from "./groundTruth.ts";
import { readSynsets } from "./synsets.ts";

/** Where the images lie, from the folder that was named. */
const imageFolders = ["", "ILSVRC/Data/CLS-LOC", "Data/CLS-LOC"];

export async function listImagenet({ source, upright }: ImageSetEntry): Promise<Listing> {
	const root = source.path;
	const folder = await imageFolderOf(root);
	const listing = await listFolder(folder, (name) => partOf(name) !== null);
	const flat = listing.files.filter(({ part, className }) => className === null && part !== "test");
	const truth = flat.length === 0 ? new Map<string, string>() : await readGroundTruth(root);
	const files: ListedFile[] = [];
	const skipped: SkippedFile[] = [...listing.skipped];
	for (const file of listing.files) {
		if (file.className !== null || file.part === "test") files.push(file);
		else {
			const className = truth.get(basename(file.file).replace(/\.[^.]*$/, ""));
			if (className === undefined) skipped.push({ file: file.file, reason: "the ground truth does not name it" });
			else files.push({ ...file, className });
		}
	}
	const classes = await readSynsets(root, [...listing.classNames, ...truth.values()]);
	const named = classes ?? (await readClasses(root, [...listing.classNames, ...truth.values()]));
	return listingOf(folder, { files, skipped }, named, upright);
}

async function imageFolderOf(root: string): Promise<string> {
	for (const place of imageFolders) {
		const folder = join(root, place);
		for (const part of ["train", "val"]) if (await isFolder(join(folder, part))) return folder;
	}
	throw new SightlineError("NOT_FOUND", `${root} has neither a folder "train" nor "val" in it`, {
		hint: "Name the folder that holds them, or the one that holds ILSVRC/Data/CLS-LOC.",
	});
}

async function isFolder(path: string): Promise<boolean> {
	return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
