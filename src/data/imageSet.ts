/** A set of images: numbered within splits, so that image 7 of "test" is one image for ever. */
import { notFound, SightlineError } from "../errors.ts";
import type { LeavesStyleName } from "./leaves/style.ts";
import type { Picture } from "./preprocess.ts";

export interface ImageSet {
	readonly id: string;
	readonly title: string;
	/** Pixels; null where the images differ. */
	readonly width: number | null;
	readonly height: number | null;
	/** Of the generator, or of the shuffle of stored images. */
	readonly seed: number;
	/** Digest of the images, or the generator with its version and seed: what determines every pixel and label. */
	readonly digest: string;
	/** By label; empty where the images carry none. */
	readonly classNames: readonly string[];
	/** Id of the set whose labels these are: its own, or that of a set which shows the same classes. */
	readonly labels: string;
	/** No two overlap, but for "all" of stored images, which is the other splits one after the other. */
	readonly splits: ReadonlyMap<string, Split>;
	/** Files, members and rows that look like images and yet are none of the set's. */
	readonly skipped: readonly SkippedFile[];
	/**
	 * What an image is made from; readImage makes it, in any thread.
	 * @param index from 0 within the split
	 * @throws SightlineError NOT_FOUND an unknown split; BAD_INPUT an index beyond it
	 */
	source(split: string, index: number): ImageSource;
}

/** A range of a set's images. */
export interface Split {
	/** Where it begins among all images of the set. */
	readonly start: number;
	readonly count: number;
}

export interface SkippedFile {
	/** Relative to the set's folder; a member or row of a file behind it. */
	readonly file: string;
	readonly reason: string;
}

/** An image before it is generated or decoded: made into pixels in any thread. */
export type ImageSource =
	| { readonly kind: "leaves"; readonly style: LeavesStyleName; readonly seed: number; readonly index: number }
	| StoredImage;

export interface StoredImage {
	readonly kind: "stored";
	readonly place: BytePlace;
	readonly form: ImageForm;
	/** Of the bytes at that place when the set was opened. */
	readonly sha256: string;
	readonly label: number;
}

/** Where the bytes of an image are; starts and lengths are in bytes. */
export type BytePlace =
	| { readonly in: "file"; readonly file: string }
	| { readonly in: "range"; readonly file: string; readonly start: number; readonly length: number }
	| { readonly in: "parquet"; readonly file: string; readonly column: string; readonly row: number };

/** How bytes become pixels: as an image file, or as values that stand there bare. */
export type ImageForm =
	| {
			readonly kind: "encoded";
			/** Turned as EXIF says that the camera was held. */
			readonly upright: boolean;
	  }
	| {
			readonly kind: "raw";
			readonly height: number;
			readonly width: number;
			/** Of grey, or of red, green and blue. */
			readonly channels: 1 | 3;
			/** Pixel by pixel, or channel by channel. */
			readonly layout: "interleaved" | "planar";
	  };

export interface LabelledImage extends Picture {
	/** Index into the set's classNames, or -1 where the image has no label. */
	readonly label: number;
	/** [height, width], 1 where the object is. */
	readonly mask?: Uint8Array;
	readonly box?: Box;
}

/** Where the object is, in pixels: columns left to right and rows top to bottom, both ends included. */
export interface Box {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

/**
 * The number among all images of a set that image `index` of a split has.
 * @throws SightlineError NOT_FOUND an unknown split; BAD_INPUT an index beyond it
 */
export function positionIn(set: Pick<ImageSet, "id" | "splits">, split: string, index: number): number {
	const range = set.splits.get(split);
	if (range === undefined) throw notFound(`split of ${set.id}`, split, [...set.splits.keys()]);
	if (!(Number.isInteger(index) && index >= 0 && index < range.count)) {
		throw new SightlineError(
			"BAD_INPUT",
			`${set.id}: there is no image ${index} in split "${split}", which has ${range.count}`,
		);
	}
	return range.start + index;
}
