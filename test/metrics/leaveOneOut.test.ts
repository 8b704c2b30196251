import { expect, test } from "vitest";
import { gramLength } from "../../src/metrics/gramRecord.ts";
import { leaveOneOut, linearCka } from "../../src/metrics/linearCka.ts";
import type { Records } from "../../src/metrics/metric.ts";
import { openTiny, tinyMeasurement } from "../support/tinyEngine.ts";

const layers = openTiny("vit").anatomy.layers.slice(0, 3);

/** Records of three layers with made-up triangles. */
function side(batches: number, shift: number): Records {
	const { batchSize } = tinyMeasurement("vit", "linearCka", 8).images;
	const length = layers.length * gramLength(batchSize);
	const records = Array.from({ length: batches }, (_, index) => ({
		index,
		images: batchSize,
		values: Float32Array.from({ length }, (_, at) => 1.1 + Math.sin(at * (0.7 + index) + shift)),
	}));
	return { anatomy: openTiny("vit").anatomy, parameters: { tokens: "all" }, layers, batchSize, records };
}

const without = (records: Records, batch: number): Records => ({
	...records,
	records: records.records.filter((_, index) => index !== batch),
});

test("the matrix without a batch is the matrix of the other batches", () => {
	const [rows, columns] = [side(6, 0), side(6, 1)];
	const matrices = leaveOneOut([rows, columns]);
	expect(matrices).toHaveLength(6);
	for (const [batch, matrix] of matrices.entries()) {
		const { values } = linearCka.finish([without(rows, batch), without(columns, batch)]);
		for (const [row, cells] of matrix.entries())
			for (const [column, cell] of cells.entries()) expect(cell).toBeCloseTo(values[row]?.[column] ?? Number.NaN, 12);
	}
});

test("the standard error is the jackknife of these matrices", () => {
	const rows = side(5, 0);
	const { standardErrors } = linearCka.finish([rows]);
	const cells = leaveOneOut([rows]).map((matrix) => matrix[0]?.[2] ?? Number.NaN);
	const mean = cells.reduce((sum, cell) => sum + cell, 0) / 5;
	const error = Math.sqrt((4 / 5) * cells.reduce((sum, cell) => sum + (cell - mean) ** 2, 0));
	expect(standardErrors[0]?.[2]).toBeCloseTo(error, 12);
});

test("fewer than four batches leave none out", () => {
	expect(leaveOneOut([side(3, 0)])).toEqual([]);
});
