import { expect, test } from "vitest";
import { directionCount, directionOf, directionX, directionY } from "../../src/numerics/directions.ts";

test("direction k is the unit vector at 2 pi k / 1024, within rounding", () => {
	for (let k = 0; k < directionCount; k++) {
		const angle = (2 * Math.PI * k) / directionCount;
		expect(Math.abs((directionX[k] as number) - Math.cos(angle))).toBeLessThan(1e-14);
		expect(Math.abs((directionY[k] as number) - Math.sin(angle))).toBeLessThan(1e-14);
	}
});

test("a vector's direction is the last at or before its angle", () => {
	for (let step = 0; step < 5000; step++) {
		const angle = ((step + 0.37) / 5000) * 2 * Math.PI;
		const expected = Math.floor((angle / (2 * Math.PI)) * directionCount);
		expect(directionOf(3 * Math.cos(angle), 3 * Math.sin(angle))).toBe(expected);
	}
});

test("the axes are their own directions and the origin has direction 0", () => {
	expect([directionOf(1, 0), directionOf(0, 1), directionOf(-1, 0), directionOf(0, -1), directionOf(0, 0)]).toEqual([
		0, 256, 512, 768, 0,
	]);
});
