/** Intervals of values that the API gives one by one, each with an error of its own. */
import { studentQuantile } from "../../numerics/studentQuantile.ts";
import type { Measured } from "../interval.ts";

/** A value with its interval at a level of probability. */
export type Estimate = (level: number) => Measured;

/** @param draws how many independent draws the standard error rests on: batches, or images */
export function withStandardError(
	value: number | null,
	standardError: number | null,
	draws: number,
	reason: string | null,
): Estimate {
	return (level) => {
		if (value === null) return { reason: reason ?? "there is no value" };
		if (standardError === null || !(draws >= 2)) return { reason: reason ?? "its error is not known" };
		const reach = studentQuantile(level, draws - 1) * standardError;
		return { value, low: value - reach, high: value + reach };
	};
}

/** A value whose 95 % interval is known; at another level each side is stretched as a normal distribution's is. */
export function withInterval(
	value: number | null,
	low: number | null,
	high: number | null,
	reason: string | null,
): Estimate {
	return (level) => {
		if (value === null) return { reason: reason ?? "there is no value" };
		if (low === null || high === null) return { reason: reason ?? "its error is not known" };
		const stretch = studentQuantile(level, manyDraws) / studentQuantile(0.95, manyDraws);
		return { value, low: value - stretch * (value - low), high: value + stretch * (high - value) };
	};
}

/** Degrees of freedom at which Student's distribution is the normal one to three digits. */
const manyDraws = 1000;

/**
 * A sum with weights. Each term's interval is widened (Bonferroni) so that all hold at once, and they are added end to
 * end: right however the terms hang together, and wider than needed where they do not.
 */
export function weightedSum(terms: readonly (readonly [weight: number, estimate: Estimate])[]): Estimate {
	return (level) => {
		let [value, low, high] = [0, 0, 0];
		for (const [weight, estimate] of terms) {
			const term = estimate(1 - (1 - level) / terms.length);
			if ("reason" in term) return term;
			const [near, far] = weight >= 0 ? [term.low, term.high] : [term.high, term.low];
			value += weight * term.value;
			low += weight * near;
			high += weight * far;
		}
		return terms.length === 0 ? { reason: "there are no values" } : { value, low, high };
	};
}

export function difference(one: Estimate, other: Estimate): Estimate {
	return weightedSum([
		[1, one],
		[-1, other],
	]);
}

export function mean(estimates: readonly Estimate[]): Estimate {
	return weightedSum(estimates.map((estimate) => [1 / estimates.length, estimate]));
}

/** How far from 0, on either side. */
export function magnitude(estimate: Estimate): Estimate {
	return (level) => {
		const found = estimate(level);
		if ("reason" in found) return found;
		const { value, low, high } = found;
		const [near, far] = [Math.min(Math.abs(low), Math.abs(high)), Math.max(Math.abs(low), Math.abs(high))];
		return { value: Math.abs(value), low: low <= 0 && high >= 0 ? 0 : near, high: far };
	};
}

/** An estimate on another scale: logarithms, shares of a reference. `map` is increasing, and finite on the interval. */
export function onScale(estimate: Estimate, map: (value: number) => number): Estimate {
	return (level) => {
		const found = estimate(level);
		if ("reason" in found) return found;
		const [value, low, high] = [map(found.value), map(found.low), map(found.high)];
		if ([value, low, high].every(Number.isFinite)) return { value, low, high };
		return { reason: `its interval, ${found.low} to ${found.high}, leaves the scale` };
	};
}

/** An estimate of what lies in a range, as a share in 0 to 1: so do the ends of its interval, which costs no coverage. */
export function within([from, to]: readonly [from: number, to: number], estimate: Estimate): Estimate {
	return onScale(estimate, (value) => Math.min(to, Math.max(from, value)));
}

/**
 * The least of several. Each interval is widened (Bonferroni) so that all hold at once: then the least of the true values
 * lies between the least of the lower and the least of the upper ends, whichever of them is picked.
 */
export function least(estimates: readonly Estimate[]): Estimate {
	return extreme(Math.min, estimates);
}

/** The largest of several. */
export function largestOf(estimates: readonly Estimate[]): Estimate {
	return extreme(Math.max, estimates);
}

function extreme(pick: (...values: number[]) => number, estimates: readonly Estimate[]): Estimate {
	return (level) => {
		const found = estimates.map((estimate) => estimate(1 - (1 - level) / estimates.length));
		const missing = found.find((one) => "reason" in one);
		if (missing !== undefined) return missing;
		const known = found.flatMap((one) => ("reason" in one ? [] : [one]));
		if (known.length === 0) return { reason: "there are no values" };
		const of = (part: "value" | "low" | "high") => pick(...known.map((one) => one[part]));
		return { value: of("value"), low: of("low"), high: of("high") };
	};
}
