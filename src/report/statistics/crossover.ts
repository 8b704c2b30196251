/** At which depth of one model its layers turn from the lower half of another to its upper half. */
import { type Matrix, meanOf } from "./matrixStatistic.ts";

/** A run of rows [start, end) that is read as one: a block. */
export interface Run {
	readonly start: number;
	readonly end: number;
}

/**
 * Relative depth (0 at the first row, 1 at the last) where a run's mean CKA with the lower half of the columns first
 * falls below that with the upper half; linear between the centres of runs. 0 where the first run is already nearer
 * to the upper half, 1 where none is. Means over a block, because the layers inside one alternate.
 *
 * in   matrix: [rows, columns]; runs in ascending order
 */
export function crossoverDepth(matrix: Matrix, runs: readonly Run[]): number {
	const leads = lowerHalfLeads(matrix, runs);
	const crossed = leads.findIndex((lead) => lead < 0);
	if (crossed <= 0) return crossed === 0 ? 0 : 1;
	const [before, after] = [leads[crossed - 1] ?? Number.NaN, leads[crossed] ?? Number.NaN];
	const [from, to] = [centre(runs[crossed - 1]), centre(runs[crossed])];
	return (from + (to - from) * (before / (before - after))) / (matrix.length - 1);
}

/** Of each run: mean CKA with the lower half of the columns minus that with the upper half. */
export function lowerHalfLeads(matrix: Matrix, runs: readonly Run[]): number[] {
	const columns = matrix[0]?.length ?? 0;
	const half = Math.floor(columns / 2);
	return runs.map(
		({ start, end }) =>
			meanOf(matrix, [start, end], [0, half]) - meanOf(matrix, [start, end], [columns - half, columns]),
	);
}

function centre(run: Run | undefined): number {
	return run === undefined ? Number.NaN : (run.start + run.end - 1) / 2;
}
