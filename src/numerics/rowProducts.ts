import { createTileKernel, side } from "./tileKernel.ts";

/**
 * Dot products of all rows of a matrix with all rows of another, summed in float64. Each is summed in one fixed order,
 * whatever stands around it: so a . b and b . a are the same to the bit, and so is a row's product with itself when
 * rowSquares finds it.
 *
 * @param left [rows, length] row-major
 * @param right [columns, length] row-major; the same array as `left` halves the work, by symmetry
 * @returns [rows, columns]
 */
export function rowProducts(left: Floats, right: Floats, length: number): Float64Array {
	const [rows, columns] = [left.length / length, right.length / length];
	const symmetric = left === right;
	const found = new Float64Array(rows * columns);
	for (let row = 0; row < rows; row += side)
		for (let column = symmetric ? row : 0; column < columns; column += side)
			multiplyBlock(found, left, right, length, row, column);
	if (symmetric)
		for (let row = 1; row < rows; row++)
			for (let column = 0; column < row; column++)
				found[row * columns + column] = found[column * columns + row] as number;
	return found;
}

/** Dot products of each row with itself, to the bit those of rowProducts. */
export function rowSquares(matrix: Floats, length: number): Float64Array {
	return Float64Array.from({ length: matrix.length / length }, (_, row) => {
		let square = 0;
		for (let from = row * length; from < (row + 1) * length; from += side) {
			const to = Math.min(from + side, (row + 1) * length);
			let [even, odd] = [0, 0];
			for (let k = from; k < to; k += 2) even += (matrix[k] as number) ** 2;
			for (let k = from + 1; k < to; k += 2) odd += (matrix[k] as number) ** 2;
			square += even + odd;
		}
		return square;
	});
}

type Floats = Float32Array | Float64Array;

const kernel = createTileKernel();

/** Up to `side` rows with as many columns. Of a block of a matrix with itself, what lies left of the diagonal is not made. */
function multiplyBlock(
	found: Float64Array,
	left: Floats,
	right: Floats,
	length: number,
	row: number,
	column: number,
): void {
	const columns = right.length / length;
	const rowsHere = Math.min(side, left.length / length - row);
	const columnsHere = Math.min(side, columns - column);
	const ofItself = left === right && row === column;
	kernel.products.fill(0);
	for (let from = 0; from < length; from += side) {
		pack(kernel.left, left, length, row, rowsHere, from);
		if (!ofItself) pack(kernel.right, right, length, column, columnsHere, from);
		for (let tileRow = 0; tileRow < rowsHere; tileRow += 4)
			for (let tileColumn = ofItself ? tileRow : 0; tileColumn < columnsHere; tileColumn += 2)
				kernel.addTile(tileRow, tileColumn, ofItself ? "left" : "right");
	}
	for (let at = 0; at < rowsHere; at++)
		found.set(kernel.products.subarray(at * side, at * side + columnsHere), (row + at) * columns + column);
}

/** A chunk of each row, with zeros up to its end. What stands in further rows gives products that nobody reads. */
function pack(panel: Float64Array, matrix: Floats, length: number, row: number, rows: number, from: number): void {
	const to = Math.min(from + side, length);
	for (let at = 0; at < rows; at++) {
		const start = (row + at) * length;
		panel.set(matrix.subarray(start + from, start + to), at * side);
		panel.fill(0, at * side + to - from, (at + 1) * side);
	}
}
