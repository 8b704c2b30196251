import { describe, expect, it } from "vitest";
import { type Claim, judge, type Test } from "../../src/report/claim.ts";
import type { Measured } from "../../src/report/interval.ts";

const test = (side: "above" | "below", measured: Measured): Test<null> => ({
	name: "a number",
	side,
	threshold: 0.5,
	measure: () => measured,
});
const claim = (...cases: Test<null>[][]): Claim<null> => ({
	id: "C0",
	sentence: "",
	rule: "",
	paper: "",
	cases: cases.map((tests, index) => ({ label: `case ${index}`, tests })),
});
const verdict = (...tests: Test<null>[]) => judge(claim(tests), null, {})?.verdict;
const between = (low: number, high: number): Measured => ({ value: (low + high) / 2, low, high });

describe("judge", () => {
	it("holds where the interval lies wholly on the claimed side", () => {
		expect(verdict(test("above", between(0.51, 0.6)))).toBe("holds");
		expect(verdict(test("below", between(0.1, 0.49)))).toBe("holds");
	});

	it("does not hold where the interval lies wholly on the other side", () => {
		expect(verdict(test("above", between(0.1, 0.49)))).toBe("does not hold");
		expect(verdict(test("below", between(0.51, 0.6)))).toBe("does not hold");
	});

	it("is undecided where the interval holds or touches the threshold", () => {
		expect(verdict(test("above", between(0.4, 0.6)))).toBe("undecided");
		expect(verdict(test("above", between(0.5, 0.6)))).toBe("undecided");
		expect(verdict(test("below", between(0.4, 0.5)))).toBe("undecided");
	});

	it("does not apply where a value is missing, and says why", () => {
		const judged = judge(claim([test("above", { reason: "no heads" })]), null, {});
		expect(judged?.verdict).toBe("not applicable");
		expect(judged?.cases[0]?.tests[0]).toMatchObject({ interval: null, reason: "no heads" });
	});

	it("of several tests takes the failing one first, then the missing, then the least sure", () => {
		const [good, bad] = [test("above", between(0.6, 0.7)), test("above", between(0.1, 0.2))];
		const [unsure, missing] = [test("above", between(0.4, 0.6)), test("above", { reason: "none" })];
		expect(verdict(good, good)).toBe("holds");
		expect(verdict(good, unsure)).toBe("undecided");
		expect(verdict(good, unsure, missing)).toBe("not applicable");
		expect(verdict(good, unsure, missing, bad)).toBe("does not hold");
	});

	it("asks the tests of a case for intervals that hold together", () => {
		const levels: number[] = [];
		const asking: Test<null> = {
			...test("above", between(0, 1)),
			measure: (_data, level) => {
				levels.push(level);
				return between(0, 1);
			},
		};
		judge(claim([asking, asking, asking, asking]), null, {});
		expect(levels).toEqual([0.9875, 0.9875, 0.9875, 0.9875]);
	});

	it("names the models, and judges the cases whose models and images are there", () => {
		const { cases, ...rest } = claim([test("above", between(0.6, 0.7))], [], []);
		const [first, ...others] = cases;
		const named = [
			{ ...first, label: "$vitLarge against $resnet", tests: [{ ...test("below", { reason: "" }) }] },
			...others.slice(1).map((one) => ({ ...one, label: "$vit alone", roles: ["shifted"] })),
			{ ...first, label: "$vit against $resnet", tests: [{ ...test("above", between(0.6, 0.7)), name: "U of $vit" }] },
		];
		const names = { vit: "ViT-Tiny", resnet: "ResNet-56" };
		const judged = judge({ ...rest, cases: named }, null, names);
		expect(judged?.verdict).toBe("holds");
		expect(judged?.cases.map(({ label }) => label)).toEqual(["ViT-Tiny against ResNet-56"]);
		expect(judged?.cases[0]?.tests[0]?.name).toBe("U of ViT-Tiny");
		expect(judge({ ...rest, cases: named }, null, { vit: "ViT-Tiny" })).toBeNull();
	});

	it("takes the verdict of the first case", () => {
		const judged = judge(claim([test("above", between(0.1, 0.2))], [test("above", between(0.6, 0.7))]), null, {});
		expect(judged?.verdict).toBe("does not hold");
		expect(judged?.cases.map((item) => item.verdict)).toEqual(["does not hold", "holds"]);
	});
});
