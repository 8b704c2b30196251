import { describe, expect, it } from "vitest";
import { studentQuantile } from "../../src/numerics/studentQuantile.ts";
import { jackknifeInterval } from "../../src/report/interval.ts";

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
