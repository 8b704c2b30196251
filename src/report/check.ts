/** A check of a report that serves as a gate: a statistic of a query's result that has to stay on one side of a bound. */
import type { Interval, Measured } from "./interval.ts";

export interface Check<Data> {
	/** Names its bound in a report.json: "blockCka". */
	readonly id: string;
	/** What is asked of the models, in one sentence. */
	readonly sentence: string;
	/** Digits after the point that a reader wants. */
	readonly digits: number;
	readonly bound: "atLeast" | "atMost";
	/** Where the bound lies unless somebody sets another. */
	readonly threshold: number;
	/** May have no value, as accuracy without labels, and passes all the same, unless somebody set its bound. */
	readonly optional: boolean;
	/** @param level probability that the interval shall cover */
	measure(data: Data, level: number): Measured;
}

export interface JudgedCheck extends Omit<Check<never>, "measure"> {
	readonly interval: Interval | null;
	/** Why there is no value. */
	readonly reason: string | null;
	/**
	 * By the value itself: the images are the same for both models and from run to run, so that a gate does not waver. The
	 * interval tells how far other images may move it.
	 */
	readonly verdict: "passed" | "missed" | "not measured";
}

/** @param measured at the check's own bound */
export function judgeCheck<Data>(check: Check<Data>, measured: Measured): JudgedCheck {
	const { id, sentence, digits, bound, threshold, optional } = check;
	const stated = { id, sentence, digits, bound, threshold, optional };
	return "reason" in measured
		? { ...stated, interval: null, reason: measured.reason, verdict: optional ? "not measured" : "missed" }
		: { ...stated, interval: measured, reason: null, verdict: verdictOf(measured, bound, threshold) };
}

/** The check at a bound that somebody set: what has no value then is missed. */
export function withThreshold(check: JudgedCheck, threshold: number): JudgedCheck {
	const { interval, bound } = check;
	const verdict = interval === null ? "missed" : verdictOf(interval, bound, threshold);
	return { ...check, threshold, optional: false, verdict };
}

/** Written so that NaN misses. */
function verdictOf({ value }: Interval, bound: "atLeast" | "atMost", threshold: number): "passed" | "missed" {
	return (bound === "atLeast" ? value >= threshold : value <= threshold) ? "passed" : "missed";
}
