import { describe, expect, it } from "vitest";
import { studentQuantile } from "../../src/numerics/studentQuantile.ts";

describe("studentQuantile", () => {
	// Printed tables of Student's t, two-sided (Abramowitz and Stegun 1964, table 26.10).
	it.each([
		[0.95, 1, 12.706],
		[0.95, 3, 3.182],
		[0.95, 7, 2.365],
		[0.95, 10, 2.228],
		[0.95, 30, 2.042],
		[0.95, 120, 1.98],
		[0.99, 2, 9.925],
		[0.99, 7, 3.499],
		[0.999, 5, 6.869],
		[0.5, 4, 0.741],
	])("level %f with %i degrees is %f", (level, degrees, expected) => {
		expect(studentQuantile(level, degrees)).toBeCloseTo(expected, 3);
	});

	it("comes near the normal distribution for many degrees", () => {
		expect(studentQuantile(0.95, 100_000)).toBeCloseTo(1.959964, 4);
	});

	it("refuses levels and degrees that are none", () => {
		expect(() => studentQuantile(1, 3)).toThrow(/level 1/);
		expect(() => studentQuantile(Number.NaN, 3)).toThrow(/level NaN/);
		expect(() => studentQuantile(0.95, 0)).toThrow(/0 degrees/);
		expect(() => studentQuantile(0.95, 2.5)).toThrow(/whole number/);
	});
});
