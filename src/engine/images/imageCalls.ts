/** The calls that the image thread answers. */
import type { ImageSelection } from "../../plan/measurement.ts";
import type { Preprocessing } from "../../zoo/preprocessing.ts";

export type ImageCalls = {
	readonly batch: { readonly argument: BatchRequest; readonly reply: ImageBatch };
};

export interface BatchRequest {
	readonly images: Pick<ImageSelection, "set" | "split" | "digest">;
	/** Number within the split of the batch's first image. */
	readonly first: number;
	readonly count: number;
	readonly preprocessing: Preprocessing;
	/** [batchSize, 3, height, width]; images beyond `count` are zeros */
	readonly shape: readonly number[];
}

export interface ImageBatch {
	/** As the request's shape says. */
	readonly data: Float32Array;
	/** Of the `count` images; -1 where there is none. */
	readonly labels: Int32Array;
}
