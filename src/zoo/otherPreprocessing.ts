/** How else a model's pixels may have been meant: what is tried where a model does badly with what its entry says. */
import { describePreprocessing, type Preprocessing } from "./preprocessing.ts";
import { clip, halves, imagenet } from "./published/means.ts";

export interface OtherPreprocessing {
	/** In words: what differs. */
	readonly name: string;
	readonly preprocessing: Preprocessing;
}

const normalisations = [
	{ name: "pixels in -1..1", ...halves },
	{ name: "ImageNet's mean and deviation", ...imagenet },
	{ name: "CLIP's mean and deviation", ...clip },
	{ name: "pixels in 0..1", mean: [0, 0, 0], deviation: [1, 1, 1] },
	{ name: "pixels in 0..255", mean: [0, 0, 0], deviation: [1, 1, 1], scale: 1 },
] as const;

/** The usual normalisations, channels as they are and turned round, without what the model is given already. */
export function otherPreprocessings(given: Preprocessing): OtherPreprocessing[] {
	const { scale: _scale, ...rest } = given;
	const turned = given.channels === "bgr" ? "rgb" : "bgr";
	const ways = normalisations.flatMap(({ name, ...normalisation }) => [
		{ name, preprocessing: { ...rest, ...normalisation } },
		{
			name: `${name}, ${turned === "bgr" ? "blue first" : "red first"}`,
			preprocessing: { ...rest, ...normalisation, channels: turned } as const,
		},
	]);
	return given.channels === "grey"
		? []
		: ways.filter(({ preprocessing }) => describePreprocessing(preprocessing) !== describePreprocessing(given));
}
