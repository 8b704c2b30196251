import { type PairedTrials, pairedDifference } from "../numerics/pairedDifference.ts";
import { accuracy } from "./accuracy.ts";
import type { Records } from "./metric.ts";
import { requireSameBatches } from "./sameBatches.ts";

export type AccuracyDifference =
	/** Shares of images, with the ends of the 95 % interval. */
	| {
			readonly images: number;
			readonly value: number;
			readonly low: number;
			readonly high: number;
			readonly reason: null;
	  }
	| {
			readonly images: number;
			readonly value: null;
			readonly low: null;
			readonly high: null;
			readonly reason: string;
	  };

/**
 * Top-1 of one model less that of another, both on the same images, which are right and wrong together more often than
 * not: the interval is that of paired trials, narrower than what the intervals of the two would say.
 *
 * @param sides the records of `accuracy`
 */
export function accuracyDifference([first, second]: readonly [first: Records, second: Records]): AccuracyDifference {
	requireSameBatches(first, second);
	const refused = accuracy.finish([first]).reason ?? accuracy.finish([second]).reason;
	const trials = trialsOf(first, second);
	const images = trials.both + trials.firstOnly + trials.secondOnly + trials.neither;
	return refused === null
		? { images, ...pairedDifference(trials), reason: null }
		: { images, value: null, low: null, high: null, reason: refused };
}

function trialsOf(first: Records, second: Records): PairedTrials {
	let [both, firstOnly, secondOnly, neither] = [0, 0, 0, 0];
	for (const [batch, { values }] of first.records.entries()) {
		const others = second.records[batch]?.values ?? [];
		for (const [image, rank] of values.entries()) {
			const [isHit, isOtherHit] = [rank === 0, others[image] === 0];
			if (isHit && isOtherHit) both++;
			else if (isHit) firstOnly++;
			else if (isOtherHit) secondOnly++;
			else neither++;
		}
	}
	return { both, firstOnly, secondOnly, neither };
}
