/** Which batches of a selection of images a measurement rests on. */
import type { ImageSelection } from "../../plan/measurement.ts";

export interface BatchPlace {
	readonly index: number;
	/** Number within the split of its first image. */
	readonly first: number;
	/** Images in it; the batch size but for a last one. */
	readonly images: number;
}

/**
 * @param recordBytes what a batch of so many images leaves behind; a batch that leaves nothing is not run (CKA has no use
 *   for a last, shorter batch, nor for batches of fewer than 4 images)
 */
export function batchesOf({ count, batchSize }: ImageSelection, recordBytes: (images: number) => number): BatchPlace[] {
	return Array.from({ length: Math.ceil(count / batchSize) }, (_, index) => {
		const first = index * batchSize;
		return { index, first, images: Math.min(batchSize, count - first) };
	}).filter(({ images }) => recordBytes(images) > 0);
}
