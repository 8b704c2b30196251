import { expect, test } from "vitest";
import { meanAndStandardError } from "../../src/numerics/moments.ts";

test("mean and standard error are those of the textbook", () => {
	// 2, 4, 9: mean 5, variance 13, standard error sqrt(13 / 3).
	expect(meanAndStandardError([2, 4, 9])).toEqual({ mean: 5, standardError: Math.sqrt(13 / 3) });
});

test("a mean far from zero leaves the standard error as it is", () => {
	const { standardError } = meanAndStandardError([2, 4, 9].map((value) => value + 1e9));
	expect(standardError).toBeCloseTo(Math.sqrt(13 / 3), 12);
});

test("one value has a mean but no standard error", () => {
	expect(meanAndStandardError([7])).toEqual({ mean: 7, standardError: null });
});
