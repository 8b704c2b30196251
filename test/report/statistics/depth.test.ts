import { describe, expect, it } from "vitest";
import { atDepth, halves, halvesDifference, relativeDepth } from "../../../src/report/statistics/depth.ts";
import { type Estimate, withInterval } from "../../../src/report/statistics/estimates.ts";

const exact = (value: number): Estimate => withInterval(value, value, value, null);
const at = (value: number) => ({
	value: expect.closeTo(value, 12),
	low: expect.closeTo(value, 12),
	high: expect.closeTo(value, 12),
});

describe("halvesDifference", () => {
	it("is the mean of the lower half less that of the upper", () => {
		expect(halvesDifference([1, 2, 5, 8].map(exact))(0.95)).toEqual(at(1.5 - 6.5));
	});

	it("leaves the middle block of an odd number out", () => {
		expect(halvesDifference([1, 2, 99, 5, 8].map(exact))(0.95)).toEqual(at(-5));
		expect(halves([0, 1, 2, 3, 4])).toEqual({ lower: [0, 1], upper: [3, 4] });
	});

	it("adds the intervals end to end", () => {
		const wide = withInterval(1, 0, 3, null);
		const measured = halvesDifference([wide, exact(1)])(0.95);
		expect(measured).toMatchObject({ value: 0 });
		// At least as wide as the one interval that is not a point.
		expect(measured).toSatisfy((found: { low: number; high: number }) => found.low < -1 && found.high > 2);
	});

	it("is missing where a block is, and where there is but one", () => {
		const missing = withInterval(null, null, null, "block 1: a norm is zero");
		expect(halvesDifference([exact(1), missing])(0.95)).toEqual({ reason: "block 1: a norm is zero" });
		expect(halvesDifference([exact(1)])(0.95)).toEqual({ reason: "there are no values" });
	});
});

describe("atDepth", () => {
	const blocks = [10, 20, 40].map(exact);

	it("is a block's own value at its depth, linear between blocks", () => {
		for (const [block, value] of [10, 20, 40].entries())
			expect(atDepth(blocks, relativeDepth(block, 3))(0.95)).toEqual(at(value));
		expect(atDepth(blocks, 0.25)(0.95)).toEqual(at(15));
		expect(atDepth(blocks, 0.8)(0.95)).toEqual(at(32));
	});

	it("of a single block is its value at any depth of another model's", () => {
		expect(atDepth([exact(7)], 1)(0.95)).toEqual(at(7));
		expect(relativeDepth(0, 1)).toBe(0);
		expect(atDepth([], 0)(0.95)).toEqual({ reason: "there are no blocks" });
	});
});
