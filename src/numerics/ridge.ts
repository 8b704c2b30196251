import { choleskyFactor, choleskySolve } from "./cholesky.ts";
import { rowProducts } from "./rowProducts.ts";

/**
 * Ridge regression in closed form: the W that minimises |X W - Y|^2 + l2 |W|^2. Solved over the features,
 * (X^T X + l2) W = X^T Y, or over the examples, W = X^T (X X^T + l2)^-1 Y, whichever is the smaller system; the products
 * of X are made once for all l2.
 *
 * @param x X [examples, features] row-major
 * @param y Y [examples, targets] row-major
 * @returns of an l2 above 0: W transposed, [targets, features]
 */
export function ridge(
	x: Float64Array,
	y: Float64Array,
	features: number,
	targets: number,
): (l2: number) => Float64Array {
	const examples = x.length / features;
	const xColumns = transposed(x, examples, features);
	if (examples >= features) {
		const gram = rowProducts(xColumns, xColumns, examples);
		const right = rowProducts(xColumns, transposed(y, examples, targets), examples);
		return (l2) => {
			const solution = choleskySolve(choleskyFactor(withRidge(gram, features, l2), features), features, right, targets);
			return transposed(solution, features, targets);
		};
	}
	const gram = rowProducts(x, x, features);
	return (l2) => {
		const solution = choleskySolve(choleskyFactor(withRidge(gram, examples, l2), examples), examples, y, targets);
		return rowProducts(transposed(solution, examples, targets), xColumns, examples);
	};
}

function withRidge(gram: Float64Array, size: number, l2: number): Float64Array {
	const sum = gram.slice();
	for (let at = 0; at < size; at++) sum[at * (size + 1)] = (sum[at * (size + 1)] as number) + l2;
	return sum;
}

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
	const result = new Float64Array(matrix.length);
	for (let row = 0; row < rows; row++)
		for (let column = 0; column < columns; column++)
			result[column * rows + row] = matrix[row * columns + column] as number;
	return result;
}
