/** A folder of image files as a listing: a folder per class, or images without labels. */
import { join } from "node:path";
import type { ImageSetEntry } from "../../zoo/imageSetEntry.ts";
import type { ListedImage, Listing } from "../stored/listing.ts";
import { type Classes, readClasses } from "./classTable.ts";
import { type FolderListing, listFolder } from "./listFolder.ts";

export async function listFolderImages({ source, upright }: ImageSetEntry): Promise<Listing> {
	const listing = await listFolder(source.path);
	const classes = await readClasses(source.path, listing.classNames);
	return listingOf(source.path, listing, classes, upright);
}

/** The files of a folder with the labels of their classes. */
export function listingOf(
	folder: string,
	{ files, skipped }: Pick<FolderListing, "files" | "skipped">,
	classes: Classes,
	upright: boolean,
): Listing {
	const images = files.map(
		({ file, part, className, sizeBytes, state }): ListedImage => ({
			...{ name: file, part, sizeBytes, state },
			label: className === null ? -1 : (classes.labels.get(className) ?? -1),
			place: { in: "file", file: join(folder, file) },
			form: { kind: "encoded", upright },
		}),
	);
	return { images, classNames: classes.names, skipped };
}
