/** A statistic with its interval, or the reason why there is none. The intervals cover the choice of images. */
import { studentQuantile } from "../numerics/studentQuantile.ts";

export interface Interval {
	readonly value: number;
	readonly low: number;
	readonly high: number;
}

/** A statistic that could not be computed. */
export interface Missing {
	readonly reason: string;
}

export type Measured = Interval | Missing;

/** A mean over images: its value, its standard error and how many images it rests on. */
export interface MeanOfImages {
	readonly value: number;
	readonly standardError: number;
	readonly images: number;
}

/**
 * Delete-one jackknife (Quenouille 1956, Tukey 1958): the statistic on everything, and on all but each batch in turn.
 * Batches are independent draws of images, so the spread of the latter, times (n - 1)^2 / n, is the variance of the
 * former; Student's t with n - 1 degrees widens it for the few batches there are.
 *
 * @param level probability that the interval shall cover, 0.95 for one test alone
 */
export function jackknifeInterval(value: number, leaveOneOut: readonly number[], level: number): Measured {
	const batches = leaveOneOut.length;
	if (!(batches >= 4)) return { reason: `an interval needs at least 4 batches of images, there are ${batches}` };
	const mean = leaveOneOut.reduce((sum, item) => sum + item, 0) / batches;
	const squares = leaveOneOut.reduce((sum, item) => sum + (item - mean) ** 2, 0);
	const reach = studentQuantile(level, batches - 1) * Math.sqrt(((batches - 1) / batches) * squares);
	if (!Number.isFinite(value) || !Number.isFinite(reach)) return { reason: "the statistic is not a finite number" };
	return { value, low: value - reach, high: value + reach };
}

/** The smallest of several means, over a divisor. See `extreme` for the interval. */
export function smallest(means: readonly MeanOfImages[], divisor: number, level: number): Measured {
	return extreme(Math.min, means, divisor, level);
}

/** The largest of several means, over a divisor. See `extreme` for the interval. */
export function largest(means: readonly MeanOfImages[], divisor: number, level: number): Measured {
	return extreme(Math.max, means, divisor, level);
}

/**
 * The extreme of the means' intervals, each widened (Bonferroni) so that all hold at once: then the extreme of the true
 * means lies between the extreme of the lower and the extreme of the upper ends, however the means are correlated and
 * whichever of them is picked.
 */
function extreme(
	pick: (...values: number[]) => number,
	means: readonly MeanOfImages[],
	divisor: number,
	level: number,
): Measured {
	if (means.length === 0) return { reason: "there are no heads" };
	const images = Math.min(...means.map((mean) => mean.images));
	if (!(images >= 2)) return { reason: `an interval needs at least 2 images, there are ${images}` };
	if (!(divisor > 0)) return { reason: `the reference is ${divisor}, not a positive number` };
	const reach = studentQuantile(1 - (1 - level) / means.length, images - 1);
	return {
		value: pick(...means.map((mean) => mean.value)) / divisor,
		low: pick(...means.map((mean) => mean.value - reach * mean.standardError)) / divisor,
		high: pick(...means.map((mean) => mean.value + reach * mean.standardError)) / divisor,
	};
}
