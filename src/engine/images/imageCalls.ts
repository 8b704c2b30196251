/** The calls that the image thread answers. */
import type { ImageSource } from "../../data/imageSet.ts";
import type { Preprocessing } from "../../zoo/preprocessing.ts";

export type ImageCalls = {
	readonly batch: { readonly argument: BatchRequest; readonly reply: ImageBatch };
};

export interface BatchRequest {
	readonly images: readonly ImageSource[];
	readonly preprocessing: Preprocessing;
	/** [batchSize, 3, height, width]; images beyond those given are zeros */
	readonly shape: readonly number[];
}

export interface ImageBatch {
	/** As the request's shape says. */
	readonly data: Float32Array;
	/** Of the images given; -1 where there is none. */
	readonly labels: Int32Array;
}
