import { describe, expect, it } from "vitest";
import { studentQuantile } from "../../src/numerics/studentQuantile.ts";
import { jackknifeInterval, largest, smallest } from "../../src/report/interval.ts";
import { gaussians } from "../support/gaussians.ts";

describe("jackknifeInterval", () => {
	it("of a mean is Student's interval of the mean", () => {
		const values = [1, 4, 2, 8, 5, 7];
		const sum = values.reduce((total, value) => total + value, 0);
		const mean = sum / values.length;
		const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1);
		const reach = studentQuantile(0.95, values.length - 1) * Math.sqrt(variance / values.length);
		const leaveOneOut = values.map((value) => (sum - value) / (values.length - 1));
		const interval = jackknifeInterval(mean, leaveOneOut, 0.95);
		expect(interval).toEqual({
			value: mean,
			low: expect.closeTo(mean - reach, 10),
			high: expect.closeTo(mean + reach, 10),
		});
	});

	it("below 4 batches is missing, with the number there is", () => {
		expect(jackknifeInterval(1, [1, 1, 1], 0.95)).toEqual({ reason: expect.stringContaining("there are 3") });
	});

	it("of a statistic that is not a number is missing", () => {
		expect(jackknifeInterval(Number.NaN, [1, 1, 1, 1], 0.95)).toHaveProperty("reason");
		expect(jackknifeInterval(1, [1, Number.NaN, 1, 1], 0.95)).toHaveProperty("reason");
	});
});

describe("smallest and largest of means", () => {
	const means = [
		{ value: 10, standardError: 1, images: 101 },
		{ value: 11, standardError: 3, images: 101 },
		{ value: 30, standardError: 0.5, images: 101 },
	];
	const reach = studentQuantile(1 - 0.05 / 3, 100);

	it("take the extreme of the ends, of whichever mean it is", () => {
		expect(smallest(means, 20, 0.95)).toEqual({
			value: 0.5,
			low: expect.closeTo((11 - 3 * reach) / 20, 10),
			high: expect.closeTo((10 + reach) / 20, 10),
		});
		expect(largest(means, 20, 0.95)).toEqual({
			value: 1.5,
			low: expect.closeTo((30 - 0.5 * reach) / 20, 10),
			high: expect.closeTo((30 + 0.5 * reach) / 20, 10),
		});
	});

	it("cover the smallest true mean in at least 95 % of 2000 draws", () => {
		// The draws cannot show how much wider than needed the interval is, only that it is wide enough.
		const gaussian = gaussians(20_260_101);
		const truth = [5, 5, 5.2, 9];
		let covered = 0;
		for (let draw = 0; draw < 2000; draw++) {
			const interval = smallest(
				truth.map((value) => ({ value: value + 0.3 * gaussian(), standardError: 0.3, images: 500 })),
				1,
				0.95,
			);
			if (!("reason" in interval) && interval.low <= 5 && interval.high >= 5) covered++;
		}
		expect(covered / 2000).toBeGreaterThanOrEqual(0.95);
	});

	it("are missing without heads, images or a reference", () => {
		expect(smallest([], 1, 0.95)).toEqual({ reason: "there are no heads" });
		expect(largest([{ value: 1, standardError: 0, images: 1 }], 1, 0.95)).toHaveProperty("reason");
		expect(largest(means, Number.NaN, 0.95)).toHaveProperty("reason");
	});
});
