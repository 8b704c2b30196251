/** Which kind of image set stands at a path, by the names of the files there. */
import { readdir, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { SightlineError } from "../../errors.ts";
import type { ImageSetKind } from "../../zoo/imageSetEntry.ts";
import { cifarFiles } from "../arrays/cifar.ts";
import { isImageExtension } from "./listing.ts";
import { shardsIn } from "./shards.ts";

/**
 * @returns null where there is nothing at the path
 * @throws SightlineError BAD_INPUT where a file is there of which no set can be made
 */
export async function kindOf(path: string): Promise<ImageSetKind | null> {
	const stats = await stat(path).catch(() => null);
	if (stats === null) return null;
	return stats.isDirectory() ? kindOfFolder(path) : kindOfFile(path);
}

const kindsByExtension: Readonly<Record<string, ImageSetKind>> = {
	".tar": "tar",
	".parquet": "parquet",
	".bin": "cifar",
};

function kindOfFile(path: string): ImageSetKind {
	const extension = extname(path).toLowerCase();
	const kind = kindsByExtension[extension];
	if (kind !== undefined) return kind;
	const hints: readonly (readonly [RegExp, string])[] = [
		[/^\.(?:gz|tgz|bz2|xz|zst|zip|7z|rar)$/, "Unpack it first: images are read from where they stand."],
		[/^\.(?:pkl|pickle|pt|pth)$/, "Pickles can run code. Save the images as files, in Parquet or in tar archives."],
	];
	const hint = isImageExtension(extension)
		? "It is an image: name the folder that it lies in."
		: hints.find(([pattern]) => pattern.test(extension))?.[1];
	throw new SightlineError("BAD_INPUT", `${path} is no image set`, {
		hint: hint ?? "Expected a folder, or a .tar, .parquet or CIFAR's .bin file.",
	});
}

async function kindOfFolder(path: string): Promise<ImageSetKind> {
	const names = await readdir(path);
	if (cifarFiles(names).length > 0) return "cifar";
	if (names.includes("data_batch_1") && names.includes("batches.meta")) {
		throw new SightlineError("BAD_INPUT", `${path} holds CIFAR's Python version, which is pickled`, {
			hint: "Pickles can run code. Fetch the binary version (data_batch_1.bin).",
		});
	}
	if (await isImagenet(path, names)) return "imagenet";
	const shards = await shardsIn(path, ".tar", ".parquet");
	if (shards.length === 0) return "folder";
	return shards.some(({ file }) => extname(file).toLowerCase() === ".tar") ? "tar" : "parquet";
}

/** Kaggle's archive, or a flat val/ with something beside it that tells the labels. */
async function isImagenet(path: string, names: readonly string[]): Promise<boolean> {
	if (names.includes("ILSVRC") || names.includes("LOC_val_solution.csv")) return true;
	if (!names.includes("val")) return false;
	const within = await readdir(join(path, "val")).catch(() => []);
	const isFlat = within.some((name) => /^ILSVRC2012_val_\d{8}\.jpe?g$/i.test(basename(name)));
	return isFlat || names.includes("ILSVRC2012_validation_ground_truth.txt");
}
