import { expect, it } from "vitest";
import { withInterval, withStandardError } from "../../../src/report/statistics/estimates.ts";
import { shareAbove } from "../../../src/report/statistics/shareAbove.ts";

const above = withInterval(1, 0.5, 1.5, null);
const below = withInterval(-1, -1.5, -0.5, null);
const unsure = withInterval(0.1, -0.5, 0.7, null);

it("goes from the share that is surely above to the share that is not surely below", () => {
	expect(shareAbove([above, above, unsure, below])(0.8)).toEqual({ value: 0.75, low: 0.5, high: 0.75 });
	expect(shareAbove([above])(0.95)).toEqual({ value: 1, low: 1, high: 1 });
});

it("asks of each comparison that all hold at once", () => {
	// Two standard errors above 0: sure by itself, no longer so among a hundred.
	const near = withStandardError(2.1, 1, 1000, null);
	expect(shareAbove([near])(0.95)).toMatchObject({ low: 1 });
	expect(shareAbove(Array.from({ length: 100 }, () => near))(0.95)).toMatchObject({ value: 1, low: 0 });
});

it("is missing where a comparison is, and where there are none", () => {
	expect(shareAbove([above, withInterval(null, null, null, "no heads")])(0.95)).toEqual({ reason: "no heads" });
	expect(shareAbove([])(0.95)).toEqual({ reason: "there is nothing to compare" });
});
