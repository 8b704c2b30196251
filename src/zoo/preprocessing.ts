/** What an image goes through before a model sees it: part of what determines every result. */
export interface Preprocessing {
	/** To the model's sides, where the image's are others; "bilinear" is PIL's, with antialiasing. */
	readonly resize: "bilinear";
	/** Per channel (red, green, blue), of values in 0..1: (pixel / 255 - mean) / deviation. */
	readonly mean: readonly number[];
	readonly deviation: readonly number[];
}

/** pixel / 127.5 - 1: how the embedded models were trained. */
export const symmetric: Preprocessing = { resize: "bilinear", mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };

/** In words, as results show it and keys contain it. */
export function describePreprocessing({ resize, mean, deviation }: Preprocessing): string {
	return `resize ${resize}, mean ${mean.join(" ")}, deviation ${deviation.join(" ")}`;
}
