import { describe, expect, test } from "vitest";
import { concentration, ringsAbout, squaresHolding } from "../../src/metrics/concentration.ts";
import { random } from "../../src/numerics/random.ts";

const size = { height: 12, width: 8 };
const pixels = size.height * size.width;
const centre = { rowPx: 7, columnPx: 5 };
const rings = ringsAbout(centre, size);
const even = new Float64Array(pixels).fill(3);

function single(row: number, column: number): Float64Array {
	return new Float64Array(pixels).with(row * size.width + column, 2);
}

describe("concentration", () => {
	test("an even map holds of a patch what the patch has of the area", () => {
		const { centreMass, centreMassOverArea, areaHoldingHalf } = concentration(even, size, rings, 2.5);
		expect(centreMass).toBeCloseTo(2.5 ** 2 / pixels, 12);
		expect(centreMassOverArea).toBeCloseTo(1, 12);
		expect(areaHoldingHalf).toBeCloseTo(0.5, 12);
	});

	test("a patch ends where the image does", () => {
		// Of 8 px about column 5 those from 1 to 8, of 8 px about row 7 those from 3 to 11.
		const { centreMass, centreMassOverArea } = concentration(even, size, rings, 8);
		expect(centreMass).toBeCloseTo((7 * 8) / pixels, 12);
		expect(centreMassOverArea).toBeCloseTo(1, 12);
	});

	test("a pixel on the patch's border counts by its area inside", () => {
		// The pixel from (8, 5) to (9, 6), and a patch from (5.5, 3.5) to (8.5, 6.5).
		expect(concentration(single(8, 5), size, rings, 3).centreMass).toBeCloseTo(0.5, 12);
	});

	test("one pixel lies at its distance, with the share of the way to it that the mass has", () => {
		// Its centre is 3.5 and 0.5 px off; pixels of the next smaller distance are 2.5 and 1.5 px off.
		const found = concentration(single(10, 5), size, rings, 2);
		const [before, at] = [Math.hypot(2.5, 1.5), Math.hypot(3.5, 0.5)];
		expect(found.radiusHoldingHalfPx).toBeCloseTo(before + 0.5 * (at - before), 12);
		expect(found.radiusHoldingNinetyPx).toBeCloseTo(before + 0.9 * (at - before), 12);
		expect(found.radiusHoldingHalf).toBeCloseTo(found.radiusHoldingHalfPx / 8, 12);
		expect(found.areaHoldingHalf).toBeCloseTo(0.5 / pixels, 12);
		expect(found.centreMass).toBe(0);
	});

	test("of two pixels the farther one is on the way from the nearer one", () => {
		// A quarter of the mass 0.5 and 0.5 px off, the rest 3.5 and 0.5 px: half of it is a third of the way to the latter.
		const map = single(7, 5).map((value, pixel) => value + 3 * (single(10, 5)[pixel] as number));
		const [before, at] = [Math.hypot(2.5, 1.5), Math.hypot(3.5, 0.5)];
		expect(concentration(map, size, rings, 2).radiusHoldingHalfPx).toBeCloseTo(before + (at - before) / 3, 12);
	});

	test("nothing changes with the unit of the map", () => {
		const { uniform } = random(1, 1);
		const map = Float64Array.from({ length: pixels }, uniform);
		const found = concentration(map, size, rings, 3);
		const scaled = concentration(
			map.map((value) => 1e-9 * value),
			size,
			rings,
			3,
		);
		for (const [name, value] of Object.entries(found))
			expect(scaled[name as keyof typeof scaled]).toBeCloseTo(value, 10); // its own names
	});
});

describe("squaresHolding", () => {
	test("the mass of an even map is the square's area, and no square holds all", () => {
		// Sides of 3, 5 and 7 hold 9, 25 and 49 of 64 pixels.
		const flat = new Float64Array(64).fill(1);
		expect(squaresHolding([0.1, 0.2, 0.3, 0.5, 0.99], flat, { height: 8, width: 8 })).toEqual([3, 5, 5, 7, null]);
	});

	test("more than the share must be held, not as much", () => {
		const map = new Float64Array(64);
		map[4 * 8 + 4] = 1;
		map[0] = 1;
		expect(squaresHolding([0.4, 0.5], map, { height: 8, width: 8 })).toEqual([3, null]);
	});
});
