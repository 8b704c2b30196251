import { SightlineError } from "../errors.ts";

/**
 * The lower triangle L with L L^T = A of a symmetric positive definite matrix.
 *
 * @param matrix A [size, size] row-major; the part above the diagonal is not read
 * @returns L [size, size], zero above the diagonal
 * @throws SightlineError BAD_INPUT where A is not positive definite, which a NaN in it also makes it
 */
export function choleskyFactor(matrix: ArrayLike<number>, size: number): Float64Array {
	const factor = new Float64Array(size * size);
	for (let row = 0; row < size; row++)
		for (let column = 0; column <= row; column++) {
			const left = (matrix[row * size + column] as number) - product(factor, row * size, column * size, column);
			if (column < row) factor[row * size + column] = left / (factor[column * (size + 1)] as number);
			else if (left > 0) factor[row * size + row] = Math.sqrt(left);
			else
				throw new SightlineError(
					"BAD_INPUT",
					`a matrix [${size}, ${size}] is not positive definite: pivot ${row} is ${left}, expected above 0`,
					{ hint: "Its rows depend on each other, or hold a NaN; a larger ridge on the diagonal helps the first." },
				);
		}
	return factor;
}

/**
 * X with A X = B, from the factor of A.
 *
 * @param factor choleskyFactor(A, size)
 * @param right B [size, columns] row-major
 * @returns X [size, columns]
 */
export function choleskySolve(factor: Float64Array, size: number, right: Float64Array, columns: number): Float64Array {
	const solution = right.slice();
	const subtract = (to: number, from: number, times: number) => {
		for (let column = 0; column < columns; column++)
			solution[to * columns + column] =
				(solution[to * columns + column] as number) - times * (solution[from * columns + column] as number);
	};
	const divide = (row: number) => {
		const pivot = factor[row * (size + 1)] as number;
		for (let at = row * columns; at < (row + 1) * columns; at++) solution[at] = (solution[at] as number) / pivot;
	};
	for (let row = 0; row < size; row++) {
		for (let above = 0; above < row; above++) subtract(row, above, factor[row * size + above] as number);
		divide(row);
	}
	for (let row = size - 1; row >= 0; row--) {
		divide(row);
		for (let above = 0; above < row; above++) subtract(above, row, factor[row * size + above] as number);
	}
	return solution;
}

/** Of two runs of values; four sums at once, since each waits for the one before it. */
function product(values: Float64Array, a: number, b: number, length: number): number {
	let [s0, s1, s2, s3] = [0, 0, 0, 0];
	const whole = length - (length % 4);
	for (let k = 0; k < whole; k += 4) {
		s0 += (values[a + k] as number) * (values[b + k] as number);
		s1 += (values[a + k + 1] as number) * (values[b + k + 1] as number);
		s2 += (values[a + k + 2] as number) * (values[b + k + 2] as number);
		s3 += (values[a + k + 3] as number) * (values[b + k + 3] as number);
	}
	for (let k = whole; k < length; k++) s0 += (values[a + k] as number) * (values[b + k] as number);
	return s0 + s1 + (s2 + s3);
}
