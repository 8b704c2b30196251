/** How alike the lower and the upper layers of a model are. */
import { type Matrix, meanOf, withoutDiagonal } from "./matrixStatistic.ts";

/**
 * Mean CKA between the lower and the upper half of the layers, over the mean CKA within the halves: 1 where depth makes
 * no difference. A middle layer of an odd number belongs to neither half. The diagonal is 1 by definition and left out,
 * since its share of the cells would depend on how many layers a model has.
 *
 * in   matrix: [layers, layers], symmetric, at least 4 layers
 */
export function uniformity(matrix: Matrix): number {
	const half = Math.floor(matrix.length / 2);
	const upper = matrix.length - half;
	const between = meanOf(matrix, [0, half], [upper, matrix.length]);
	const low = withoutDiagonal(matrix, 0, half);
	const high = withoutDiagonal(matrix, upper, matrix.length);
	return between / ((low.sum + high.sum) / (low.cells + high.cells));
}

/** Mean CKA between the lowest and the highest quarter of the layers: the far corner of the heat map. */
export function farCorner(matrix: Matrix): number {
	const quarter = Math.floor(matrix.length / 4);
	return meanOf(matrix, [0, quarter], [matrix.length - quarter, matrix.length]);
}
