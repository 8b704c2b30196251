import { describe, expect, it } from "vitest";
import { crossoverDepth, lowerHalfLeads } from "../../../src/report/statistics/crossover.ts";
import type { Matrix } from "../../../src/report/statistics/matrixStatistic.ts";
import { stageSplit } from "../../../src/report/statistics/stageSplit.ts";
import { farCorner, uniformity } from "../../../src/report/statistics/uniformity.ts";

/** 1 on the diagonal, `within` inside the two segments and `between` across layer `at`. */
function twoSegments(layers: number, at: number, within: number, between: number): Matrix {
	return Array.from({ length: layers }, (_, i) =>
		Array.from({ length: layers }, (_, j) => (i === j ? 1 : i < at === j < at ? within : between)),
	);
}

describe("uniformity", () => {
	it("is between over within for two even halves, whatever the number of layers", () => {
		expect(uniformity(twoSegments(8, 4, 0.8, 0.2))).toBeCloseTo(0.25, 12);
		expect(uniformity(twoSegments(40, 20, 0.8, 0.2))).toBeCloseTo(0.25, 12);
	});

	it("is 1 where depth makes no difference", () => {
		expect(uniformity(twoSegments(10, 5, 0.6, 0.6))).toBeCloseTo(1, 12);
	});

	it("leaves the middle layer of an odd number out", () => {
		const matrix = twoSegments(9, 4, 0.8, 0.2).map((row) => [...row]);
		for (let layer = 0; layer < 9; layer++) for (const row of matrix) if (row !== matrix[4]) row[4] = 99;
		matrix[4]?.fill(99);
		// Layers 5 to 8 were "between" layer 4's side and theirs; the halves are 0 to 3 and 5 to 8.
		expect(uniformity(matrix)).toBeCloseTo(0.25, 12);
	});
});

describe("farCorner", () => {
	it("is the mean of the lowest with the highest quarter", () => {
		const matrix = Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, (_, j) => Math.abs(i - j)));
		expect(farCorner(matrix)).toBe(6);
	});
});

describe("stageSplit", () => {
	it("finds the cut and its gain", () => {
		const { at, gain } = stageSplit(twoSegments(20, 7, 0.9, 0.3));
		expect(at).toBe(7);
		expect(gain).toBeCloseTo(0.6, 12);
	});

	it("gains nothing where all layers are alike", () => {
		expect(stageSplit(twoSegments(16, 8, 0.5, 0.5)).gain).toBeCloseTo(0, 12);
	});

	it("does not take a single odd layer for a stage", () => {
		const { at } = stageSplit(twoSegments(20, 1, 0.9, 0.1));
		expect(at).toBeGreaterThanOrEqual(5);
	});
});

describe("crossoverDepth", () => {
	const runs = [0, 1, 2, 3, 4].map((block) => ({ start: 2 * block, end: 2 * block + 2 }));
	/** Rows whose lead of the lower half is as given, block by block. */
	const withLeads = (leads: readonly number[]): Matrix =>
		leads.flatMap((lead) => [0.1, -0.1].map((ripple) => [0.5 + lead + ripple, 0.5 + lead - ripple, 0.5, 0.5]));

	it("lies where the lead of the lower half crosses zero, linear between blocks", () => {
		const matrix = withLeads([0.3, 0.1, -0.1, -0.2, -0.2]);
		const leads = lowerHalfLeads(matrix, runs);
		for (const [block, lead] of [0.3, 0.1, -0.1, -0.2, -0.2].entries()) expect(leads[block]).toBeCloseTo(lead, 12);
		// Half-way between the centres of blocks 1 (row 2.5) and 2 (row 4.5), of rows 0 to 9.
		expect(crossoverDepth(matrix, runs)).toBeCloseTo(3.5 / 9, 12);
	});

	it("is 0 where the upper half leads from the start and 1 where it never does", () => {
		expect(crossoverDepth(withLeads([-0.1, -0.1, 0.2, 0.2, 0.2]), runs)).toBe(0);
		expect(crossoverDepth(withLeads([0.1, 0.1, 0.2, 0.2, 0.2]), runs)).toBe(1);
	});
});
