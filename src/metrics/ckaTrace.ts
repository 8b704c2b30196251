/** How an estimate of CKA converges: after the records' first 4, 8, 16, ... batches, and after all of them. */
import { jackknifeError, normalizedSum } from "../numerics/normalizedSum.ts";
import { fullBatches } from "./fullBatches.ts";
import { hsicOf } from "./hsic.ts";
import { type CkaMatrix, type CkaOptions, type CkaSides, fewestBatches, linearCka } from "./linearCka.ts";
import { requireSameBatches } from "./sameBatches.ts";

export interface ConvergencePoint {
	readonly images: number;
	readonly batches: number;
	/** Over the cells but those of a layer with itself; null where no cell has one. */
	readonly largestStandardError: number | null;
	readonly meanStandardError: number | null;
	/** Over the cells, against the point before. */
	readonly largestChange: number | null;
}

export function ckaTrace(sides: CkaSides, options: CkaOptions): readonly ConvergencePoint[] {
	const [rows, columns = rows] = sides;
	const isSelf = columns === rows;
	const all = Math.min(...[rows, columns].map((side) => fullBatches(side).length));
	if (all < fewestBatches) {
		const matrix = linearCka.finish(sides, options);
		return matrix.batches === 0 ? [] : [pointOf(matrix, null, isSelf, rows.batchSize)];
	}
	requireSameBatches(rows, columns);
	const { table } = hsicOf(rows, columns, options);
	const points: ConvergencePoint[] = [];
	let before: Cells | null = null;
	for (const batches of sizesUpTo(all)) {
		const first = (sums: readonly number[]) => sums.slice(0, batches);
		const matrix: Cells = {
			batches,
			values: table((x, y, xy) => finite(normalizedSum(first(x), first(y), first(xy)))),
			standardErrors: table((x, y, xy) => jackknifeError(first(x), first(y), first(xy))),
		};
		points.push(pointOf(matrix, before, isSelf, rows.batchSize));
		before = matrix;
	}
	return points;
}

type Cells = Pick<CkaMatrix, "values" | "standardErrors" | "batches">;

/** 4, 8, 16, ... and all. */
function sizesUpTo(all: number): readonly number[] {
	const sizes: number[] = [];
	for (let batches = fewestBatches; batches < all; batches *= 2) sizes.push(batches);
	return [...sizes, all];
}

/** null where a layer does not vary over the first batches, though it does over all. */
function finite(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}

function pointOf(
	{ values, standardErrors, batches }: Cells,
	before: Cells | null,
	isSelf: boolean,
	batchSize: number,
): ConvergencePoint {
	const errors: number[] = [];
	const changes: number[] = [];
	for (const [row, cells] of values.entries())
		for (const [column, value] of cells.entries()) {
			if (isSelf && row === column) continue;
			const error = standardErrors[row]?.[column] ?? null;
			if (error !== null) errors.push(error);
			const was = before?.values[row]?.[column] ?? null;
			if (value !== null && was !== null) changes.push(Math.abs(value - was));
		}
	return {
		images: batches * batchSize,
		batches,
		largestStandardError: largest(errors),
		meanStandardError: errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length,
		largestChange: largest(changes),
	};
}

function largest(values: readonly number[]): number | null {
	return values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b));
}
