/**
 * CIFAR-10 and CIFAR-100 as binary files (Krizhevsky, "Binary version"): records of a label, or of a coarse and a fine one,
 * and 32 x 32 pixels, all red ones first.
 */
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { notFound, SightlineError } from "../../errors.ts";
import type { ImageSetEntry } from "../../zoo/imageSetEntry.ts";
import type { SkippedFile } from "../imageSet.ts";
import { readRange } from "../readPlace.ts";
import { stateOf, statFile } from "../stored/fileState.ts";
import { byCodePoints, type ListedImage, type Listing, type Part } from "../stored/listing.ts";
import { readSmallText } from "../stored/smallText.ts";

const side = 32;
const pixelBytes = 3 * side * side;

interface Kind {
	/** Before the pixels: "fine" is the second of two. */
	readonly labels: readonly string[];
	readonly files: Readonly<Record<string, Part>>;
	/** The file that names the classes of a label. */
	readonly names: (label: string) => string;
	readonly classes: Readonly<Record<string, number>>;
}

const cifar10: Kind = {
	labels: ["fine"],
	files: {
		...Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`data_batch_${number}.bin`, "train" as const])),
		"test_batch.bin": "test",
	},
	names: () => "batches.meta.txt",
	classes: { fine: 10 },
};

const cifar100: Kind = {
	labels: ["coarse", "fine"],
	files: { "train.bin": "train", "test.bin": "test" },
	names: (label) => `${label}_label_names.txt`,
	classes: { coarse: 20, fine: 100 },
};

/** The files of CIFAR among those of a folder; empty where it is none. */
export function cifarFiles(names: readonly string[]): readonly string[] {
	return kindOfFiles(names)?.files ?? [];
}

function kindOfFiles(names: readonly string[]): { readonly kind: Kind; readonly files: readonly string[] } | null {
	for (const kind of [cifar10, cifar100]) {
		const files = names.filter((name) => Object.hasOwn(kind.files, name)).sort(byCodePoints);
		// "train.bin" alone may be anything.
		const isSure = kind === cifar10 || names.some((name) => name === "fine_label_names.txt");
		if (files.length > 0 && isSure) return { kind, files };
	}
	return null;
}

export async function listCifar({ source }: ImageSetEntry): Promise<Listing> {
	const { path } = source;
	const isFile = path.endsWith(".bin");
	const folder = isFile ? dirname(path) : path;
	const names = await readdir(folder).catch((cause: unknown) => {
		throw new SightlineError("NOT_FOUND", `there is no folder ${folder} that can be read`, { cause });
	});
	const found = kindOfFiles(names);
	if (found === null) {
		throw new SightlineError("BAD_INPUT", `${folder} holds no binary files of CIFAR`, {
			hint: "Expected data_batch_1.bin to 5 and test_batch.bin, or train.bin, test.bin and fine_label_names.txt.",
		});
	}
	const { kind } = found;
	const wanted = source.labels ?? "fine";
	if (!kind.labels.includes(wanted)) throw notFound("label", wanted, kind.labels);
	const classNames = await readNames(folder, kind, wanted);
	const images: ListedImage[] = [];
	const skipped: SkippedFile[] = [];
	for (const name of found.files.filter((name) => !isFile || name === basename(path))) {
		await listRecords({ folder, name, kind, wanted, classes: classNames.length }, images, skipped);
	}
	return { images, classNames, skipped };
}

interface RecordFile {
	readonly folder: string;
	readonly name: string;
	readonly kind: Kind;
	readonly wanted: string;
	readonly classes: number;
}

async function listRecords(
	{ folder, name, kind, wanted, classes }: RecordFile,
	images: ListedImage[],
	skipped: SkippedFile[],
): Promise<void> {
	const file = join(folder, name);
	const stats = await statFile(file);
	const recordBytes = kind.labels.length + pixelBytes;
	const records = Math.floor(stats.size / recordBytes);
	if (records * recordBytes !== stats.size) {
		skipped.push({ file: `${name}#${records}`, reason: `the file ends within it: records have ${recordBytes} bytes` });
	}
	for (let first = 0; first < records; first += recordsAtOnce) {
		const count = Math.min(recordsAtOnce, records - first);
		const bytes = await readRange(file, first * recordBytes, count * recordBytes);
		for (let index = 0; index < count; index++) {
			const label = bytes[index * recordBytes + kind.labels.indexOf(wanted)] as number;
			const record = `${name}#${first + index}`;
			if (label >= classes) {
				skipped.push({ file: record, reason: `its label is ${label}, there are ${classes} classes` });
				continue;
			}
			images.push({
				...{ name: record, part: kind.files[name] ?? null, label, sizeBytes: pixelBytes, state: stateOf(stats) },
				place: {
					in: "range",
					file,
					start: (first + index) * recordBytes + kind.labels.length,
					length: pixelBytes,
				},
				form: { kind: "raw", height: side, width: side, channels: 3, layout: "planar" },
			});
		}
	}
}

const recordsAtOnce = 1024;

/** @returns numbers where no file names them */
async function readNames(folder: string, kind: Kind, wanted: string): Promise<readonly string[]> {
	const count = kind.classes[wanted] ?? 0;
	const text = await readSmallText(join(folder, kind.names(wanted)));
	const names =
		text?.split(/\r?\n/).filter((line) => line !== "") ?? Array.from({ length: count }, (_, at) => String(at));
	if (names.length === count) return names;
	throw new SightlineError(
		"BAD_INPUT",
		`${join(folder, kind.names(wanted))} names ${names.length} classes, not ${count}`,
	);
}
