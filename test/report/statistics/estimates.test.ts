import { describe, expect, it } from "vitest";
import {
	difference,
	largestOf,
	least,
	magnitude,
	mean,
	onScale,
	weightedSum,
	withInterval,
	within,
	withStandardError,
} from "../../../src/report/statistics/estimates.ts";
import { gaussians } from "../../support/gaussians.ts";

const wide = withInterval(0.5, 0.4, 0.7, null);
const narrow = withInterval(0.2, 0.19, 0.21, null);

describe("withStandardError", () => {
	it("reaches Student's t times the error to both sides", () => {
		// t(0.975, 7) = 2.364624
		expect(withStandardError(1, 0.1, 8, null)(0.95)).toEqual({
			value: 1,
			low: expect.closeTo(1 - 0.2364624, 6),
			high: expect.closeTo(1 + 0.2364624, 6),
		});
	});

	it("gives the reason where value or error are missing", () => {
		expect(withStandardError(null, null, 8, "no class token")(0.95)).toEqual({ reason: "no class token" });
		expect(withStandardError(1, null, 8, null)(0.95)).toEqual({ reason: "its error is not known" });
		expect(withStandardError(1, 0.1, 1, null)(0.95)).toEqual({ reason: "its error is not known" });
	});
});

describe("withInterval", () => {
	it("is itself at 95 %, and stretched to each side by the normal quantile at another level", () => {
		expect(wide(0.95)).toEqual({ value: 0.5, low: expect.closeTo(0.4, 12), high: expect.closeTo(0.7, 12) });
		// 2.5758 / 1.9600
		const stretched = wide(0.99);
		expect(stretched).toMatchObject({ low: expect.closeTo(0.5 - 0.1314, 3), high: expect.closeTo(0.5 + 0.2628, 3) });
	});
});

describe("sums and extremes", () => {
	it("add intervals end to end, the other way round for a negative weight", () => {
		const level = 1 - 2 * 0.05;
		// Two terms: each at 95 %.
		expect(difference(wide, narrow)(level)).toEqual({
			value: expect.closeTo(0.3, 12),
			low: expect.closeTo(0.4 - 0.21, 12),
			high: expect.closeTo(0.7 - 0.19, 12),
		});
		expect(mean([wide, narrow])(level)).toMatchObject({ value: 0.35, low: expect.closeTo(0.295, 12) });
	});

	it("lose their sign, with 0 within where both signs were", () => {
		expect(magnitude(withInterval(-0.5, -0.7, -0.4, null))(0.95)).toEqual({ value: 0.5, low: 0.4, high: 0.7 });
		expect(magnitude(withInterval(-0.1, -0.3, 0.2, null))(0.95)).toEqual({ value: 0.1, low: 0, high: 0.3 });
		expect(magnitude(wide)(0.95)).toEqual(wide(0.95));
		expect(magnitude(withInterval(null, null, null, "none"))(0.95)).toEqual({ reason: "none" });
	});

	it("take the extreme of values and of ends", () => {
		const level = 1 - 2 * 0.05;
		expect(least([wide, narrow])(level)).toMatchObject({ value: 0.2, high: expect.closeTo(0.21, 12) });
		expect(largestOf([wide, narrow])(level)).toMatchObject({ value: 0.5, low: expect.closeTo(0.4, 12) });
	});

	it("cover the least true value in at least 95 % of 1000 draws, though it is picked by what was drawn", () => {
		// The draws cannot show how much wider than needed the interval is, only that it is wide enough.
		const gaussian = gaussians(20_260_101);
		const truth = [5, 5, 5.2, 9];
		let covered = 0;
		for (let draw = 0; draw < 1000; draw++) {
			const interval = least(truth.map((value) => withStandardError(value + 0.3 * gaussian(), 0.3, 500, null)))(0.95);
			if (!("reason" in interval) && interval.low <= 5 && interval.high >= 5) covered++;
		}
		expect(covered / 1000).toBeGreaterThanOrEqual(0.95);
	});

	it("are missing where a part is, and where there are none", () => {
		const missing = withInterval(null, null, null, "not there");
		for (const of of [mean, least, largestOf]) {
			expect(of([wide, missing])(0.95)).toEqual({ reason: "not there" });
			expect(of([])(0.95)).toEqual({ reason: "there are no values" });
		}
		expect(weightedSum([])(0.95)).toEqual({ reason: "there are no values" });
	});
});

describe("within", () => {
	it("keeps the ends in the range, and the value with them", () => {
		expect(within([0, 1], withInterval(0.9, 0.7, 1.1, null))(0.95)).toEqual({ value: 0.9, low: 0.7, high: 1 });
		expect(within([0, 1], withInterval(0.1, -0.1, 0.3, null))(0.95)).toEqual({ value: 0.1, low: 0, high: 0.3 });
	});

	it("leaves a difference of two shares between -1 and 1", () => {
		const share = (value: number) => within([0, 1], withInterval(value, value - 2, value + 2, null));
		expect(difference(share(0.8), share(0.3))(0.95)).toEqual({ value: expect.closeTo(0.5, 12), low: -1, high: 1 });
	});
});

describe("onScale", () => {
	it("takes value and ends to another scale", () => {
		const ratio = withInterval(2, 1, 4, null);
		expect(onScale(ratio, Math.log2)(0.95)).toEqual({
			value: 1,
			low: expect.closeTo(0, 12),
			high: expect.closeTo(2, 12),
		});
	});

	it("is missing where an end leaves the scale, or the value is", () => {
		expect(onScale(withInterval(2, -1, 4, null), Math.log)(0.95)).toEqual({
			reason: expect.stringContaining("leaves the scale"),
		});
		expect(onScale(withInterval(null, null, null, "not there"), Math.log)(0.95)).toEqual({ reason: "not there" });
	});
});
