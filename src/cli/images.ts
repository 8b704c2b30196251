/** `sightline images <set>`: a set's images, as PNG files to look at or as raw records to train on. */
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import type { SKRSContext2D } from "@napi-rs/canvas";
import type { ImageSet, LabelledImage } from "../data/imageSet.ts";
import { imageSet } from "../data/imageSets.ts";
import { jsonOption, wholeNumber } from "./options.ts";
import { table } from "./table.ts";

/** Records written at once; larger ones only hold more memory. */
const recordsPerWrite = 256;

export function imagesCommand() {
	return new Command("images")
		.summary("write a set's images as PNG files or raw records")
		.description(
			"Writes images of a set: PNG files into a folder, each named by index and class, or, with --raw, records on\n" +
				"stdout: the label in 2 bytes, little-endian, then the pixels, row by row, red, green, blue.",
		)
		.argument("<set>", 'id of an image set: "leaves"')
		.option("--split <name>", "which of the set's splits: train, validation, probe or test", "test")
		.option("--from <index>", "first image", wholeNumber(0), 0)
		.option("--count <images>", "how many", wholeNumber(1), 25)
		.option("--out <folder>", "where the PNG files go", "images")
		.option("--raw", "raw records on stdout instead of files")
		.addOption(jsonOption())
		.addHelpText(
			"after",
			`
Examples:
  sightline images leaves --count 100 --out leaves
  sightline images leaves --split train --count 240000 --raw > train.bin`,
		)
		.action(async (id, options) => {
			const set = imageSet(id);
			const indices = Array.from({ length: options.count }, (_, offset) => options.from + offset);
			if (options.raw) return writeRecords(set, options.split, indices);
			const files = await writePictures(set, options.split, indices, options.out);
			const rows = files.map(({ file, index, className }) => [file, index, className] as const);
			process.stdout.write(options.json ? `${JSON.stringify(files)}\n` : table(["file", "index", "class"], rows));
		});
}

async function writeRecords(set: ImageSet, split: string, indices: readonly number[]): Promise<void> {
	for (let start = 0; start < indices.length; start += recordsPerWrite) {
		const records = indices.slice(start, start + recordsPerWrite).map((index) => record(set.image(split, index)));
		if (!process.stdout.write(Buffer.concat(records))) await once(process.stdout, "drain");
	}
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
	const { createCanvas } = await import("@napi-rs/canvas");
	await mkdir(folder, { recursive: true });
	const pictures: Picture[] = [];
	for (const index of indices) {
		const image = set.image(split, index);
		const className = set.classNames[image.label] ?? null;
		const name = `${String(index).padStart(6, "0")}${className === null ? "" : `-${className.replaceAll(" ", "-")}`}.png`;
		const file = join(folder, name);
		const canvas = createCanvas(set.width, set.height);
		paint(canvas.getContext("2d"), image.pixels, set);
		await writeFile(file, canvas.toBuffer("image/png"));
		pictures.push({ file, index, className });
	}
	return pictures;
}

/** @param pixels [height, width, 3] */
function paint(context: SKRSContext2D, pixels: Uint8Array, { width, height }: ImageSet): void {
	const data = context.createImageData(width, height);
	for (let pixel = 0; pixel < width * height; pixel++) {
		data.data.set(pixels.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
		data.data[4 * pixel + 3] = 255;
	}
	context.putImageData(data, 0, 0);
}
