/** A batch of a set's images as a model wants them. */
import { imageSet } from "../../data/imageSets.ts";
import { preprocess } from "../../data/preprocess.ts";
import { SightlineError } from "../../errors.ts";
import { elementCount } from "../../tensor/tensor.ts";
import type { BatchRequest, ImageBatch } from "./imageCalls.ts";

/** @throws SightlineError NOT_FOUND an unknown set or split; BAD_INPUT images that are not the ones asked for */
export function readBatch({ images, first, count, preprocessing, shape }: BatchRequest): ImageBatch {
	const set = imageSet(images.set);
	if (set.digest !== images.digest) {
		throw new SightlineError("BAD_INPUT", `the images of ${set.id} are "${set.digest}", not "${images.digest}"`, {
			hint: "The set changed since the question was asked; ask again.",
		});
	}
	const [, channels = 0, height = 0, width = 0] = shape;
	if (channels !== 3) {
		throw new SightlineError("BAD_INPUT", `the model reads ${channels} channels; images have 3 (red, green, blue)`);
	}
	const data = new Float32Array(elementCount(shape));
	const labels = new Int32Array(count);
	for (let index = 0; index < count; index++) {
		const { pixels, label } = set.image(images.split, first + index);
		labels[index] = label;
		preprocess({ pixels, height: set.height, width: set.width }, preprocessing, data, index, [height, width]);
	}
	return { data, labels };
}
