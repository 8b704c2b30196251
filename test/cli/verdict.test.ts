import { expect, test } from "vitest";
import { judge } from "../../src/cli/verdict.ts";

const top1 = { value: 0.75, low: 0.7, high: 0.8, count: 200 };

test.each([
	["far below", 0.2, { right: true, agrees: false }, /more often than is claimed/],
	["at the lower end", 0.7, { right: true, agrees: true }, /lies within the interval/],
	["at the upper end", 0.8, { right: true, agrees: true }, /lies within the interval/],
	["a little above", 0.84, { right: true, agrees: false }, /above the interval, by less than the 5\.0 %.*--count/],
	["far above", 0.86, { right: false, agrees: false }, /above the interval, by more than 5\.0 %\.$/],
])("a claim %s what was measured is told as that", (_where, claimed, verdict, why) => {
	expect(judge(top1, claimed, 0.001)).toEqual({ ...verdict, why: expect.stringMatching(why) });
});

test("where nothing is claimed chance decides", () => {
	expect(judge(top1, null, 0.2)).toMatchObject({ right: true, agrees: null });
	expect(judge(top1, null, 0.24)).toMatchObject({ right: false, agrees: null });
	expect(judge({ ...top1, low: Number.NaN, high: Number.NaN }, 0.5, 0.1)).toMatchObject({ right: false });
});
