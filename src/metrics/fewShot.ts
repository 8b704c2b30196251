import { random } from "../numerics/random.ts";
import { shuffle } from "../numerics/shuffle.ts";

/** Images to fit on and images held out of it, as positions among those given. */
export interface Shots {
	readonly fitted: readonly number[];
	readonly heldOut: readonly number[];
}

/**
 * The few images of each class that a probe is fitted on: those of a class are put into another order by the seed, and
 * the first `shots` of them are taken; all others are held out. With `shots` null all are taken, but a tenth of each class
 * (rounded up) where some are to be held out. A class that has no image here and is not tested is left out: a folder may
 * hold some of a model's classes.
 *
 * @param labels a class index an image, each below `classes`
 * @param tested labels of the images that will be tested
 * @returns or the reason why not, in a sentence
 */
export function fewShots(
	labels: ArrayLike<number>,
	tested: Iterable<number>,
	classes: number,
	{ shots, seed, holdOut }: { readonly shots: number | null; readonly seed: number; readonly holdOut: boolean },
): Shots | { readonly reason: string } {
	const byClass = Array.from({ length: classes }, (): number[] => []);
	for (let image = 0; image < labels.length; image++) byClass[labels[image] as number]?.push(image);
	const needed = new Set(tested);
	const fitted: number[] = [];
	const heldOut: number[] = [];
	for (const [label, images] of byClass.entries()) {
		if (images.length === 0 && !needed.has(label)) continue;
		const spared = shots === null && holdOut ? Math.ceil(images.length / 10) : 0;
		const wanted = shots ?? images.length - spared;
		if (wanted === 0 || images.length < wanted)
			return { reason: `class ${label} has ${images.length} of the ${labels.length} images to fit on, too few` };
		const order = shuffle(images, random(seed, label));
		fitted.push(...order.slice(0, wanted));
		heldOut.push(...order.slice(wanted));
	}
	if (holdOut && heldOut.length === 0)
		return { reason: "no image is left over to choose l2 on: more images to fit on, or one l2, would do" };
	return { fitted, heldOut };
}
