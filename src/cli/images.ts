/** `sightline images <set>`: a set's images, as PNG files to look at or as raw records to train on. */
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { readCatalogue } from "../data/catalogue.ts";
import type { ImageSet, LabelledImage } from "../data/imageSet.ts";
import { readAhead } from "../data/readAhead.ts";
import { readImage } from "../data/readImage.ts";
import { SightlineError } from "../errors.ts";
import { keptChecks } from "./keptChecks.ts";
import { openStore } from "./openStore.ts";
import { jsonOption, storeOption, wholeNumber } from "./options.ts";
import { table } from "./table.ts";

/** Records written at once; larger ones only hold more memory. */
const recordsPerWrite = 256;
/** Images decoded while an earlier one is written. */
const imagesAhead = 3;

export function imagesCommand() {
	return new Command("images")
		.summary("write a set's images as PNG files or raw records")
		.description(
			"Writes images of a set: PNG files into a folder, each named by index and class, or, with --raw, records on\n" +
				"stdout: the label in 2 bytes, little-endian, then the pixels, row by row, red, green, blue.",
		)
		.argument("<set>", "id of an image set, or path of a folder or file that holds images")
		.option("--split <name>", "which of the set's splits: train, validation, probe, test or all", "test")
		.option("--from <index>", "first image", wholeNumber(0), 0)
		.option("--count <images>", "how many", wholeNumber(1), 25)
		.option("--out <folder>", "where the PNG files go", "images")
		.option("--raw", "raw records on stdout instead of files")
		.addOption(storeOption())
		.addOption(jsonOption())
		.addHelpText(
			"after",
			`
Examples:
  sightline images leaves --count 100 --out leaves
  sightline images leaves --split train --count 240000 --raw > train.bin`,
		)
		.action(async (id, options) => {
			const checks = keptChecks(openStore(options.store));
			const set = await (await readCatalogue(process.cwd(), { checks })).openImageSet(id);
			const indices = Array.from({ length: options.count }, (_, offset) => options.from + offset);
			if (options.raw) return writeRecords(set, options.split, indices);
			const files = await writePictures(set, options.split, indices, options.out);
			const rows = files.map(({ file, index, className }) => [file, index, className] as const);
			process.stdout.write(options.json ? `${JSON.stringify(files)}\n` : table(["file", "index", "class"], rows));
		});
}

async function writeRecords(set: ImageSet, split: string, indices: readonly number[]): Promise<void> {
	if (set.width === null || set.height === null) {
		throw new SightlineError(
			"BAD_INPUT",
			`the images of ${set.id} have different sides, raw records would not tell which`,
			{
				hint: "Leave --raw out: PNG files know their sides.",
			},
		);
	}
	for (let start = 0; start < indices.length; start += recordsPerWrite) {
		const records: Buffer[] = [];
		for await (const { image } of imagesOf(set, split, indices.slice(start, start + recordsPerWrite))) {
			records.push(record(image));
		}
		if (!process.stdout.write(Buffer.concat(records))) await once(process.stdout, "drain");
	}
}

async function* imagesOf(set: ImageSet, split: string, indices: readonly number[]) {
	const read = (index: number) => readImage(set.source(split, index));
	for await (const { item: index, result: image } of readAhead(indices, read, imagesAhead)) yield { index, image };
}

function record({ label, pixels }: LabelledImage): Buffer {
	const bytes = Buffer.alloc(2 + pixels.length);
	bytes.writeInt16LE(label);
	bytes.set(pixels, 2);
	return bytes;
}

interface Picture {
	readonly file: string;
	readonly index: number;
	readonly className: string | null;
}

async function writePictures(
	set: ImageSet,
	split: string,
	indices: readonly number[],
	folder: string,
): Promise<Picture[]> {
	const { encodePng } = await import("../data/encodePng.ts");
	await mkdir(folder, { recursive: true });
	const pictures: Picture[] = [];
	for await (const { index, image } of imagesOf(set, split, indices)) {
		const className = set.classNames[image.label] ?? null;
		const name = `${String(index).padStart(6, "0")}${className === null ? "" : `-${className.replaceAll(" ", "-")}`}.png`;
		const file = join(folder, name);
		await writeFile(file, encodePng(image));
		pictures.push({ file, index, className });
	}
	return pictures;
}
