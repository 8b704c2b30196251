/** A set of images: numbered within splits that never overlap, so that image 7 of "test" is one image for ever. */
export interface ImageSet {
	readonly id: string;
	readonly title: string;
	/** Pixels. */
	readonly width: number;
	readonly height: number;
	readonly seed: number;
	/** Digest of the images, or the generator with its version and seed: what determines every pixel. */
	readonly digest: string;
	/** By label. */
	readonly classNames: readonly string[];
	readonly splits: ReadonlyMap<string, Split>;
	/**
	 * @param index from 0 within the split
	 * @throws SightlineError NOT_FOUND an unknown split; BAD_INPUT an index beyond it
	 */
	image(split: string, index: number): LabelledImage;
}

/** A range of a set's images. */
export interface Split {
	/** Where it begins among all images of the set. */
	readonly start: number;
	readonly count: number;
}

export interface LabelledImage {
	/** [height, width, 3], row by row, red, green, blue. */
	readonly pixels: Uint8Array;
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
