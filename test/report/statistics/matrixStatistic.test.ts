import { describe, expect, it } from "vitest";
import type { SimilarityResult } from "../../../src/report/queryResult.ts";
import { matrixStatistic } from "../../../src/report/statistics/matrixStatistic.ts";

function similarity(parts: Partial<SimilarityResult>): SimilarityResult {
	return {
		rows: [],
		columns: [],
		values: [[0.5]],
		standardErrors: [[0.1]],
		leaveOneOut: [[[0.4]], [[0.5]], [[0.6]], [[0.5]]],
		reasons: [],
		batches: 4,
		provenance: {} as SimilarityResult["provenance"],
		...parts,
	};
}
const cell = (matrix: readonly (readonly number[])[]) => matrix[0]?.[0] ?? Number.NaN;

describe("matrixStatistic", () => {
	it("pairs the batches of two matrices: what both share cancels", () => {
		const difference = matrixStatistic(
			[similarity({}), similarity({ values: [[0.3]], leaveOneOut: [[[0.2]], [[0.3]], [[0.4]], [[0.3]]] })],
			(a, b) => cell(a) - cell(b),
			0.95,
		);
		expect(difference).toEqual({
			value: expect.closeTo(0.2, 12),
			low: expect.closeTo(0.2, 12),
			high: expect.closeTo(0.2, 12),
		});
	});

	it("is missing where a value is, with the reason of the layer", () => {
		const measured = matrixStatistic(
			[similarity({ values: [[null]], reasons: [{ layer: "stem", reason: "does not vary" }] })],
			cell,
			0.95,
		);
		expect(measured).toEqual({ reason: "values are missing (stem: does not vary)" });
	});

	it("is missing where a matrix without one batch has a gap", () => {
		expect(matrixStatistic([similarity({ leaveOneOut: [[[null]], [[1]], [[1]], [[1]]] })], cell, 0.95)).toHaveProperty(
			"reason",
		);
	});

	it("is missing below 4 batches", () => {
		expect(matrixStatistic([similarity({ leaveOneOut: [] })], cell, 0.95)).toEqual({
			reason: expect.stringContaining("at least 4 batches"),
		});
	});
});
