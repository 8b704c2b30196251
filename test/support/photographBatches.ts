/** Batches of real photographs, as a model is given them. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { decodeImage } from "../../src/data/decode/decodeImage.ts";
import { preprocess } from "../../src/data/preprocess.ts";
import type { Preprocessing } from "../../src/zoo/preprocessing.ts";
import type { PixelBatch } from "./runPass.ts";

/** The first files of each class, class by class, by name. */
export function firstOfEachClass(folder: string, perClass: number): readonly string[] {
	const classes = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
	return classes.sort().flatMap((name) => {
		const files = readdirSync(join(folder, name)).sort();
		return files.slice(0, perClass).map((file) => join(folder, name, file));
	});
}

/**
 * Labels are the numbers of the classes among those that the files are of.
 *
 * @param side of the model's input, pixels
 */
export async function photographBatches(
	files: readonly string[],
	preprocessing: Preprocessing,
	side: number,
	batchSize: number,
): Promise<readonly PixelBatch[]> {
	const classes = [...new Set(files.map(dirname))].sort();
	const batches = Array.from({ length: files.length / batchSize }, (_, index): PixelBatch => {
		const pixels = new Float32Array(batchSize * 3 * side * side);
		return { index, images: batchSize, labels: new Int32Array(batchSize), pixels };
	});
	for (const [at, file] of files.entries()) {
		const picture = await decodeImage(readFileSync(file));
		const { pixels, labels } = batches[Math.floor(at / batchSize)] as PixelBatch;
		preprocess(picture, preprocessing, pixels, at % batchSize, [side, side]);
		labels[at % batchSize] = classes.indexOf(dirname(file));
	}
	return batches;
}
