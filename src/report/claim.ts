/**
 * A claim of a paper as data: a sentence, statistics of a query's result with the thresholds that they must pass, and the
 * rule in words. Thresholds are stated before anything is measured and stay; a claim that fails is printed as failed.
 */
import type { Interval, Measured } from "./interval.ts";

/** By variable: the titles of the models that are there, and the names of the image sets. */
export type Names = Readonly<Record<string, string>>;

/** What is told of a claim before anything is measured. */
export interface StatedClaim {
	/** Number in the paper's ledger: "C1". */
	readonly id: string;
	/** What the paper claims, in one sentence. */
	readonly sentence: string;
	/** The statistic, its threshold and why it stands where it stands, in words. */
	readonly rule: string;
	/** What the paper itself shows. */
	readonly paper: string;
	/** Where the paper's words and its own figures part, in one sentence. */
	readonly discrepancy?: string;
}

export interface Claim<Data> extends StatedClaim {
	/** Which models it is tested on; the first that can be gives the claim's verdict, the others are printed beside it. */
	readonly cases: readonly ClaimCase<Data>[];
}

export interface ClaimCase<Data> {
	/** The models, by roles: "$vit against $resnet". */
	readonly label: string;
	/** Roles and images that it rests on besides those of the label, by their variables. */
	readonly roles?: readonly string[];
	/** The claim holds for these models if all of these do. */
	readonly tests: readonly Test<Data>[];
	/** Printed beside the tests, without a verdict. */
	readonly also?: readonly Statistic<Data>[];
}

export interface Statistic<Data> {
	/** In words, as it stands on the page; roles as in a label. */
	readonly name: string;
	/** Digits after the point that a reader wants; 3 unless told. */
	readonly digits?: number;
	/** @param level probability that the interval shall cover */
	measure(data: Data, level: number): Measured;
}

export interface Test<Data> extends Statistic<Data> {
	/** On which side of the threshold the paper's claim puts the statistic. */
	readonly side: "above" | "below";
	readonly threshold: number;
}

/** "not applicable" where the statistic does not exist for these models or values are missing, with the reason. */
export type Verdict = "holds" | "does not hold" | "undecided" | "not applicable";

export interface JudgedClaim extends StatedClaim {
	readonly verdict: Verdict;
	readonly cases: readonly JudgedCase[];
}

export interface JudgedCase {
	readonly label: string;
	readonly verdict: Verdict;
	readonly tests: readonly JudgedTest[];
	readonly also: readonly JudgedStatistic[];
}

export interface JudgedStatistic {
	readonly name: string;
	readonly digits: number;
	readonly interval: Interval | null;
	/** Why there is no interval. */
	readonly reason: string | null;
}

export interface JudgedTest extends JudgedStatistic {
	readonly side: "above" | "below";
	readonly threshold: number;
	readonly verdict: Verdict;
}

/**
 * Tests a claim on a query's result, in the cases whose models and images are there; null where there is no such case.
 * @param names of what is there
 */
export function judge<Data>(claim: Claim<Data>, data: Data, names: Names): JudgedClaim | null {
	const cases = claim.cases
		.filter(({ label, roles = [] }) => [...rolesIn(label), ...roles].every((role) => role in names))
		.map((item) => judgeCase(item, data, names));
	const [first] = cases;
	return first === undefined ? null : { ...statementOf(claim), verdict: first.verdict, cases };
}

const role = /\$(\w+)/g;

function rolesIn(label: string): string[] {
	return [...label.matchAll(role)].flatMap(([, name]) => name ?? []);
}

function named(text: string, names: Names): string {
	return text.replace(role, (whole, name: string) => names[name] ?? whole);
}

/** The claim without its tests, as JSON. */
export function statementOf({ id, sentence, rule, paper, discrepancy }: StatedClaim): StatedClaim {
	return { id, sentence, rule, paper, ...(discrepancy === undefined ? {} : { discrepancy }) };
}

/** The intervals of a case's tests hold all at once with probability 0.95 (Bonferroni), so that its verdict does. */
function judgeCase<Data>(item: ClaimCase<Data>, data: Data, names: Names): JudgedCase {
	const level = 1 - 0.05 / item.tests.length;
	const tests = item.tests.map((test): JudgedTest => {
		const { side, threshold } = test;
		const measured = test.measure(data, level);
		return { ...stated(test, measured, names), side, threshold, verdict: verdictOf(measured, side, threshold) };
	});
	const also = (item.also ?? []).map((statistic) => stated(statistic, statistic.measure(data, 0.95), names));
	return { label: named(item.label, names), verdict: conjunction(tests.map((test) => test.verdict)), tests, also };
}

function stated<Data>(statistic: Statistic<Data>, measured: Measured, names: Names): JudgedStatistic {
	const { digits = 3 } = statistic;
	const name = named(statistic.name, names);
	return "reason" in measured
		? { name, digits, interval: null, reason: measured.reason }
		: { name, digits, interval: measured, reason: null };
}

/** Holds if the interval lies wholly on the claimed side, does not hold if wholly on the other. */
function verdictOf(measured: Measured, side: "above" | "below", threshold: number): Verdict {
	if ("reason" in measured) return "not applicable";
	const above = measured.low > threshold;
	const below = measured.high < threshold;
	if (above || below) return above === (side === "above") ? "holds" : "does not hold";
	return "undecided";
}

/** One test that fails settles it; one that is missing leaves nothing to say; the rest is as sure as the least sure. */
function conjunction(verdicts: readonly Verdict[]): Verdict {
	const order: readonly Verdict[] = ["does not hold", "not applicable", "undecided", "holds"];
	return order.find((verdict) => verdicts.includes(verdict)) ?? "not applicable";
}
