/** Batches of leaves as the embedded models see them, pixels from -1 to 1, with their labels. */
import { preprocess } from "../../src/data/preprocess.ts";
import { plusMinusOne } from "../../src/zoo/preprocessing.ts";
import { paintedLeaves } from "./paintedLeaves.ts";
import type { PixelBatch } from "./runPass.ts";

/** @param side of the images, pixels */
export function leavesBatches(side: number, split: string, count: number, batchSize: number): readonly PixelBatch[] {
	const set = paintedLeaves(side);
	return Array.from({ length: count / batchSize }, (_, index): PixelBatch => {
		const pixels = new Float32Array(batchSize * 3 * side * side);
		const labels = Int32Array.from({ length: batchSize }, (_, image) => {
			const picture = set.image(split, index * batchSize + image);
			preprocess(picture, plusMinusOne, pixels, image, [side, side]);
			return picture.label;
		});
		return { index, images: batchSize, labels, pixels };
	});
}
