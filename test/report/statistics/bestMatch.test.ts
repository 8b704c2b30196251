import { describe, expect, it } from "vitest";
import {
	lastThirdLikeness,
	matchSlope,
	meanBestMatch,
	upperHalfPeak,
} from "../../../src/report/statistics/bestMatch.ts";
import { textureAtLag } from "../../../src/report/statistics/texture.ts";

/** 1 where the row's depth is `slope` times the column's, falling off to both sides. */
function ridge(rows: number, columns: number, slope: number): number[][] {
	return Array.from({ length: rows }, (_, row) =>
		Array.from({ length: columns }, (_, column) => 1 - Math.abs(row / (rows - 1) - (slope * column) / (columns - 1))),
	);
}

const runs = (count: number, length: number) =>
	Array.from({ length: count }, (_, index) => ({ start: index * length, end: (index + 1) * length }));

describe("matchSlope", () => {
	it("is the slope of a ridge", () => {
		expect(matchSlope(ridge(101, 101, 0.4))).toBeCloseTo(0.4, 2);
		expect(matchSlope(ridge(101, 51, 1))).toBeCloseTo(1, 2);
	});
});

describe("upperHalfPeak", () => {
	it("is the depth of the block that is most alike to the upper half", () => {
		// The upper half of the columns has its centre at 3/4: the ridge of slope 0.5 crosses there at 0.375, in the fourth of nine blocks.
		expect(upperHalfPeak(ridge(90, 90, 0.5), runs(9, 10))).toBeCloseTo(34.5 / 89, 12);
	});
});

describe("lastThirdLikeness", () => {
	it("is the mean of the rows' best in the last third, over the best of all", () => {
		expect(
			lastThirdLikeness([
				[0.8, 0.1],
				[0.7, 0.2],
				[0.2, 0.4],
			]),
		).toBeCloseTo(0.5, 12);
	});
});

describe("meanBestMatch", () => {
	it("is the mean of the rows' largest values", () => {
		expect(
			meanBestMatch([
				[0.8, 0.1],
				[0.2, 0.4],
			]),
		).toBeCloseTo(0.6, 12);
	});
});

describe("textureAtLag", () => {
	/** Layers of a block of three, of which one is unlike all others. */
	const woven = Array.from({ length: 18 }, (_, i) =>
		Array.from({ length: 18 }, (_, j) => (i === j ? 1 : (i % 3 === 1 ? 0.5 : 1) * (j % 3 === 1 ? 0.5 : 1))),
	);

	it("is above 0 at the length of a block, below at another", () => {
		expect(textureAtLag(woven, 3)).toBeGreaterThan(0.5);
		expect(textureAtLag(woven, 4)).toBeLessThan(0);
	});

	it("does not depend on the diagonal", () => {
		const other = woven.map((row, i) => row.map((value, j) => (i === j ? 7 : value)));
		expect(textureAtLag(other, 3)).toBeCloseTo(textureAtLag(woven, 3), 12);
	});
});
