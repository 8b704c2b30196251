/** Which layers of one model match those of another best, and how well. */

import type { Run } from "./crossover.ts";
import { type Matrix, meanOf } from "./matrixStatistic.ts";

/**
 * How far up the rows' model the best match moves for each step up the columns' model: slope of the line through the
 * origin, least squares, over the lower half of the columns; depths relative, 0 to 1.
 *
 * in   matrix: [rows, columns]
 */
export function matchSlope(matrix: Matrix): number {
	const columns = matrix[0]?.length ?? 0;
	let [products, squares] = [0, 0];
	for (let column = 0; column < columns / 2; column++) {
		const depth = column / (columns - 1);
		products += depth * (bestRow(matrix, column) / (matrix.length - 1));
		squares += depth * depth;
	}
	return products / squares;
}

function bestRow(matrix: Matrix, column: number): number {
	const values = matrix.map((row) => row[column] ?? Number.NaN);
	return values.indexOf(Math.max(...values));
}

/**
 * Relative depth of the run of rows (its centre) whose mean CKA with the upper half of the columns is the largest.
 *
 * in   matrix: [rows, columns]; runs in ascending order
 */
export function upperHalfPeak(matrix: Matrix, runs: readonly Run[]): number {
	const columns = matrix[0]?.length ?? 0;
	const means = runs.map(({ start, end }) =>
		meanOf(matrix, [start, end], [columns - Math.floor(columns / 2), columns]),
	);
	const peak = runs[means.indexOf(Math.max(...means))];
	return peak === undefined ? Number.NaN : (peak.start + peak.end - 1) / 2 / (matrix.length - 1);
}

/**
 * Best match of each row among the columns: its mean over the last third of the rows, over the best match of all.
 *
 * in   matrix: [rows, columns]
 */
export function lastThirdLikeness(matrix: Matrix): number {
	const best = matrix.map((row) => Math.max(...row));
	const last = best.slice(-Math.floor(matrix.length / 3));
	return last.reduce((sum, value) => sum + value, 0) / last.length / Math.max(...best);
}

/** Mean over the rows of their best match among the columns. */
export function meanBestMatch(matrix: Matrix): number {
	return matrix.reduce((sum, row) => sum + Math.max(...row), 0) / matrix.length;
}
