import { wilsonInterval } from "./wilson.ts";

/** Trials that were made twice, by what came of them. */
export interface PairedTrials {
	readonly both: number;
	readonly firstOnly: number;
	readonly secondOnly: number;
	readonly neither: number;
}

/**
 * The difference of two shares of the same trials, first less second, with its 95 % interval (Newcombe 1998, "Improved
 * confidence intervals for the difference between binomial proportions based on paired data", method 10): from the Wilson
 * interval of each share and the correlation of the two, corrected for continuity. It is not empty where all agree, and
 * stays within [-1, 1].
 *
 * @param trials at least one
 */
export function pairedDifference(trials: PairedTrials): {
	readonly value: number;
	readonly low: number;
	readonly high: number;
} {
	const { both, firstOnly, secondOnly, neither } = trials;
	const count = both + firstOnly + secondOnly + neither;
	const [hits, otherHits] = [both + firstOnly, both + secondOnly];
	const [share, other] = [hits / count, otherHits / count];
	const [own, its] = [wilsonInterval(hits, count), wilsonInterval(otherHits, count)];
	const correlation = phi(trials);
	const reach = (first: number, second: number) =>
		Math.sqrt(Math.max(0, first ** 2 - 2 * correlation * first * second + second ** 2));
	const value = (firstOnly - secondOnly) / count;
	return {
		value,
		low: value - reach(share - own.low, its.high - other),
		high: value + reach(own.high - share, other - its.low),
	};
}

/** The correlation of the two outcomes; 0 where one of them is always the same. */
function phi({ both, firstOnly, secondOnly, neither }: PairedTrials): number {
	const margins = (both + firstOnly) * (secondOnly + neither) * (both + secondOnly) * (firstOnly + neither);
	if (margins === 0) return 0;
	const covariance = both * neither - firstOnly * secondOnly;
	const half = (both + firstOnly + secondOnly + neither) / 2;
	return (covariance > 0 ? Math.max(0, covariance - half) : covariance) / Math.sqrt(margins);
}
