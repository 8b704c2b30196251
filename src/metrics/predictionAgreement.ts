import { wilsonInterval } from "../numerics/wilson.ts";
import type { Records } from "./metric.ts";
import { noClass } from "./prediction.ts";
import { requireSameBatches } from "./sameBatches.ts";

export type PredictionAgreement =
	| { readonly images: number; readonly share: Share; readonly reason: null }
	| { readonly images: number; readonly share: null; readonly reason: string };

/** Of images, 0 to 1, with the ends of its 95 % interval, how many they are and of how many. */
interface Share {
	readonly value: number;
	readonly low: number;
	readonly high: number;
	readonly hits: number;
	readonly count: number;
}

/**
 * How often two models name the same class for an image, right or wrong: what a change of format, precision or weights
 * leaves of the answers, without a label. Beside an equal accuracy it may be low: then the models err on other images. An
 * image for which a logit is NaN has no class, and no other model's either.
 *
 * @param sides the records of `prediction`, of the same images
 */
export function predictionAgreement([first, second]: readonly [first: Records, second: Records]): PredictionAgreement {
	requireSameBatches(first, second);
	let [images, hits] = [0, 0];
	for (const [batch, { values }] of first.records.entries()) {
		const others = second.records[batch]?.values ?? [];
		for (const [image, named] of values.entries()) {
			images++;
			if (named !== noClass && named === others[image]) hits++;
		}
	}
	const [classes, otherClasses] = [first.anatomy.output.classes, second.anatomy.output.classes];
	const refused = (reason: string): PredictionAgreement => ({ images, share: null, reason });
	if (classes !== otherClasses)
		return refused(`one model has ${classes} classes, the other ${otherClasses}: their numbers mean different things`);
	if (images === 0) return refused("no images");
	const share = { value: hits / images, ...wilsonInterval(hits, images), hits, count: images };
	return { images, share, reason: null };
}
