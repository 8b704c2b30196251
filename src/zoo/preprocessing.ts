/** What an image goes through before a model sees it: part of what determines every result. */
export interface Preprocessing {
	/** How sides are changed, where the image has others: as PIL does it, with antialiasing. */
	readonly resize: ResizeFilter;
	/**
	 * The shorter side is brought to so many pixels and the model's sides are cut out of the middle, as torchvision's
	 * Resize and CenterCrop do it; null: both sides are brought to the model's, whatever that does to the proportions.
	 */
	readonly shortSide: number | null;
	/** Per channel (red, green, blue), of values in 0..1: (pixel / 255 - mean) / deviation. */
	readonly mean: readonly number[];
	readonly deviation: readonly number[];
}

export type ResizeFilter = (typeof resizeFilters)[number];
export const resizeFilters = ["bilinear", "bicubic", "lanczos"] as const;

/** pixel / 127.5 - 1, from -1 to 1: how the embedded models were trained. */
export const plusMinusOne: Preprocessing = {
	resize: "bilinear",
	shortSide: null,
	mean: [0.5, 0.5, 0.5],
	deviation: [0.5, 0.5, 0.5],
};

/** In words, as results show it and keys contain it. */
export function describePreprocessing({ resize, shortSide, mean, deviation }: Preprocessing): string {
	const sides = shortSide === null ? "" : ` to a short side of ${shortSide}, center crop`;
	return `resize ${resize}${sides}, mean ${mean.join(" ")}, deviation ${deviation.join(" ")}`;
}
