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
