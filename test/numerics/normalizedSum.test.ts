import { expect, test } from "vitest";
import { jackknifeError, normalizedSum } from "../../src/numerics/normalizedSum.ts";
import { random } from "../../src/numerics/random.ts";

test("one batch gives a cosine, and several the ratio of their sums", () => {
	expect(normalizedSum([9], [16], [6])).toBe(0.5);
	expect(normalizedSum([4, 5], [10, 6], [1, 5])).toBe(0.5);
});

test("what is normalised by itself is 1 to the bit, without error", () => {
	const { between } = random(1, 1);
	for (let trial = 0; trial < 200; trial++) {
		const x = Array.from({ length: 7 }, () => between(0, 3) ** 20);
		expect(normalizedSum(x, x, x)).toBe(1);
		expect(jackknifeError(x, x, x)).toBe(0);
	}
});

test("the jackknife's error of a mean is the textbook's standard error", () => {
	// With x and y constant the ratio is the mean of xy: 2, 4, 9 have variance 13.
	expect(jackknifeError([1, 1, 1], [1, 1, 1], [2, 4, 9])).toBeCloseTo(Math.sqrt(13 / 3), 12);
});

test("the error follows the spread of the estimate over many samples", () => {
	const { between } = random(2, 1);
	const estimates: number[] = [];
	const errors: number[] = [];
	for (let trial = 0; trial < 2000; trial++) {
		const x = Array.from({ length: 20 }, () => between(1, 3));
		const y = Array.from({ length: 20 }, () => between(2, 3));
		const xy = x.map((value, batch) => 0.5 * value + 0.2 * (y[batch] as number) + between(-0.5, 0.5));
		estimates.push(normalizedSum(x, y, xy));
		errors.push(jackknifeError(x, y, xy) as number);
	}
	const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;
	const spread = Math.sqrt(mean(estimates.map((value) => (value - mean(estimates)) ** 2)));
	expect(mean(errors) / spread).toBeCloseTo(1, 1);
});

test("where leaving one batch out leaves nothing, there is no error", () => {
	expect(jackknifeError([5, 0, 0, 0], [5, 0, 0, 0], [5, 0, 0, 0])).toBeNull();
});
