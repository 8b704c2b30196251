/** Lists what an entry's source holds. A further kind of source is a file that lists it and a line here. */
import type { ImageSetEntry, ImageSetKind } from "../../zoo/imageSetEntry.ts";
import { listCifar } from "../arrays/cifar.ts";
import { listFolderImages } from "../folder/folderImages.ts";
import { listImagenet } from "../imagenet/imagenet.ts";
import { listParquet } from "../parquet/parquetImages.ts";
import { listTar } from "../tar/webDataset.ts";
import type { Listing } from "./listing.ts";

/** @param entry whose path is absolute; kinds that do not need all of it ignore the rest */
type ListKind = (entry: ImageSetEntry) => Promise<Listing>;

const lists: Readonly<Record<ImageSetKind, ListKind>> = {
	folder: listFolderImages,
	imagenet: listImagenet,
	tar: listTar,
	parquet: listParquet,
	cifar: listCifar,
};

/**
 * @throws SightlineError NOT_FOUND where there is nothing at the path; BAD_INPUT where what is there is of another kind, or
 *   says of its labels what cannot be
 */
export function listImages(entry: ImageSetEntry): Promise<Listing> {
	return lists[entry.source.kind](entry);
}
