/** Statistics of CKA matrices, with intervals over the batches of images. */
import { jackknifeInterval, type Measured, type Missing } from "../interval.ts";
import type { SimilarityResult } from "../queryResult.ts";

/** values[row][column], each row of one length. */
export type Matrix = readonly (readonly number[])[];

/**
 * A statistic of one or more matrices that were measured on the same batches: its value on the whole, and its jackknife
 * interval from the matrices with one batch left out (the same batch of each).
 */
export function matrixStatistic(
	similarities: readonly SimilarityResult[],
	statistic: (...matrices: Matrix[]) => number,
	level: number,
): Measured {
	const whole = completeMatrices(similarities.map((similarity) => similarity.values));
	if (whole === null) return missing(similarities);
	const batches = similarities[0]?.leaveOneOut.length ?? 0;
	if (similarities.some((similarity) => similarity.leaveOneOut.length !== batches))
		return { reason: "the matrices rest on different numbers of batches" };
	const leaveOneOut: number[] = [];
	for (let batch = 0; batch < batches; batch++) {
		const matrices = completeMatrices(similarities.map((similarity) => similarity.leaveOneOut[batch] ?? []));
		if (matrices === null) return missing(similarities);
		leaveOneOut.push(statistic(...matrices));
	}
	return jackknifeInterval(statistic(...whole), leaveOneOut, level);
}

/** The mean of the cells of rows [rowStart, rowEnd) and columns [columnStart, columnEnd). */
export function meanOf(
	matrix: Matrix,
	[rowStart, rowEnd]: readonly [number, number],
	[columnStart, columnEnd]: readonly [number, number],
): number {
	let sum = 0;
	for (let row = rowStart; row < rowEnd; row++)
		for (let column = columnStart; column < columnEnd; column++) sum += matrix[row]?.[column] ?? Number.NaN;
	return sum / ((rowEnd - rowStart) * (columnEnd - columnStart));
}

/** The sum of the cells between different layers of [start, end), and how many there are. */
export function withoutDiagonal(matrix: Matrix, start: number, end: number): { sum: number; cells: number } {
	const size = end - start;
	let sum = meanOf(matrix, [start, end], [start, end]) * size * size;
	for (let layer = start; layer < end; layer++) sum -= matrix[layer]?.[layer] ?? Number.NaN;
	return { sum, cells: size * (size - 1) };
}

/** The matrices without nulls, or null where there is one. */
function completeMatrices(matrices: readonly (readonly (readonly (number | null)[])[])[]): readonly Matrix[] | null {
	const complete = (matrix: readonly (readonly (number | null)[])[]): matrix is Matrix =>
		matrix.length > 0 && matrix.every((row) => row.every((value) => value !== null));
	return matrices.every(complete) ? matrices : null;
}

function missing(similarities: readonly SimilarityResult[]): Missing {
	const reasons = similarities.flatMap((similarity) =>
		similarity.reasons.map(({ layer, reason }) => (layer === null ? reason : `${layer}: ${reason}`)),
	);
	return { reason: `values are missing (${[...new Set(reasons)].join("; ") || "no reason given"})` };
}
