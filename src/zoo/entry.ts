/**
 * The entry of a model: where its weights are, how images are prepared for it, what it means and what its anatomy must
 * turn out to be. The embedded zoo is a list of these.
 */
import type { Anatomy, AnatomyOverrides } from "../anatomy/anatomy.ts";
import type { Architecture } from "../architecture/architecture.ts";
import type { Preprocessing } from "./preprocessing.ts";
import type { Role } from "./roles.ts";

export interface ModelEntry {
	/** Names it in queries and on the command line. */
	readonly id: string;
	/** For people. */
	readonly title: string;
	readonly source: ModelSource;
	readonly preprocessing: Preprocessing;
	/** Id of the image set whose labels its logits are; null where that is unknown. */
	readonly labels: string | null;
	/** What it stands in for in the paper; null where it stands for itself. */
	readonly standsFor: string | null;
	/** Where that analogy ends, in sentences; null where it stands for itself. */
	readonly analogyEnds: string | null;
	/** What the graph leaves open about the anatomy; mostly empty. */
	readonly overrides: AnatomyOverrides;
	/** Refuses the model if its anatomy turns out otherwise; null where nothing is known. */
	readonly expected: ExpectedAnatomy | null;
	/**
	 * Refuses the model if its weights turn out to be others: the SHA-256 of its file or, where there are several (external
	 * data, shards), of their SHA-256s in hexadecimal one after the other, in the order in which they are read.
	 */
	readonly sha256?: string;
	/** What is claimed of it; left out where nothing is. */
	readonly accuracy?: ClaimedAccuracy;
	/** Whose places it takes in reports; none if left out. */
	readonly roles?: readonly Role[];
}

/** What a model's card or paper says of it. */
export interface ClaimedAccuracy {
	/** Share of images, 0 to 1. */
	readonly top1: number;
	/** Id of the image set that it was measured on; null where that is not at hand. */
	readonly images: string | null;
}

/**
 * Files are relative to the entry's own place: the zoo's weights, or the folder of a user's file. Where a checkpoint's
 * architecture is given, its tensors have the names that the builder wants; else both are recognised.
 */
export type ModelSource =
	| { readonly kind: "safetensors" | "npz"; readonly file: string; readonly architecture?: Architecture }
	| { readonly kind: "onnx"; readonly file: string };

export interface ExpectedAnatomy {
	readonly family: "vit" | "mixer" | "cnn" | "other";
	readonly blocks: number;
	/** In the preset `all`. */
	readonly layers: number;
	/** Attention heads of all blocks together. */
	readonly heads: number;
	readonly residualAdditions: number;
	readonly pooling: Anatomy["pooling"];
	readonly parameters: number;
}
