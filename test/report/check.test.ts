import { describe, expect, it } from "vitest";
import { type Check, judgeCheck, withThreshold } from "../../src/report/check.ts";

const check: Check<null> = {
	id: "blockCka",
	sentence: "The least CKA of a block",
	digits: 3,
	bound: "atLeast",
	threshold: 0.99,
	optional: false,
	measure: () => ({ reason: "" }),
};
const value = (number: number) => ({ value: number, low: number - 0.1, high: number + 0.1 });
const verdict = (one: Check<null>, number: number) => judgeCheck(one, value(number)).verdict;

describe("a check", () => {
	it("is passed at its bound and on the right side of it, whatever the interval", () => {
		expect([0.98, 0.99, 1].map((number) => verdict(check, number))).toEqual(["missed", "passed", "passed"]);
		const most = { ...check, bound: "atMost" as const };
		expect([0.98, 0.99, 1].map((number) => verdict(most, number))).toEqual(["passed", "passed", "missed"]);
	});

	it("is missed by what is no number", () => {
		expect(verdict(check, Number.NaN)).toBe("missed");
		expect(verdict({ ...check, bound: "atMost" }, Number.NaN)).toBe("missed");
	});

	it("is missed where there is no value, but for one that may have none", () => {
		expect(judgeCheck(check, { reason: "no blocks" })).toMatchObject({ verdict: "missed", reason: "no blocks" });
		expect(judgeCheck({ ...check, optional: true }, { reason: "no labels" }).verdict).toBe("not measured");
	});

	it("is held to a bound that somebody set, and then needs a value", () => {
		const judged = judgeCheck({ ...check, optional: true }, value(0.95));
		expect(withThreshold(judged, 0.9)).toMatchObject({ verdict: "passed", threshold: 0.9, optional: false });
		const without = judgeCheck({ ...check, optional: true }, { reason: "no labels" });
		expect(withThreshold(without, 0.9).verdict).toBe("missed");
	});
});
