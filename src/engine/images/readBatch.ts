/** A batch of images as a model wants them. */
import { preprocess } from "../../data/preprocess.ts";
import { readAhead } from "../../data/readAhead.ts";
import { readImage } from "../../data/readImage.ts";
import { SightlineError } from "../../errors.ts";
import { elementCount } from "../../tensor/tensor.ts";
import { channelCount } from "../../zoo/preprocessing.ts";
import type { BatchRequest, ImageBatch } from "./imageCalls.ts";

/** Images decoded while an earlier one is prepared; all of a batch at once could be gigabytes. */
const imagesAhead = 3;

/** @throws SightlineError BAD_INPUT where an image is no longer what it was, or the model reads other channels than are prepared */
export async function readBatch({ images, preprocessing, shape }: BatchRequest): Promise<ImageBatch> {
	const [, channels = 0, height = 0, width = 0] = shape;
	const prepared = channelCount(preprocessing);
	if (channels !== prepared) {
		throw new SightlineError("BAD_INPUT", `the model reads ${channels} channels, its preprocessing makes ${prepared}`, {
			hint: channels === 1 ? 'Say `"channels": "grey"` in its preprocessing.' : "Models read 3 channels, or 1 of grey.",
		});
	}
	const data = new Float32Array(elementCount(shape));
	const labels = new Int32Array(images.length);
	let index = 0;
	for await (const { result: image } of readAhead(images, readImage, imagesAhead)) {
		preprocess(image, preprocessing, data, index, [height, width]);
		labels[index++] = image.label;
	}
	return { data, labels };
}
