/** Values of a row that are multiplied before going on to the next rows: two blocks of four rows stay in the L1 cache. */
const chunk = 256;

/**
 * Dot products of all rows of a matrix with all rows of another, summed in float64. Each is summed in one fixed order,
 * whatever stands around it: so a . b and b . a are the same to the bit, and so is a row's product with itself when
 * rowSquares finds it.
 *
 * Four rows are multiplied with four at a time, which makes sixteen products of eight loads: three times as fast as one
 * by one.
 *
 * @param left [rows, length] row-major
 * @param right [columns, length] row-major; the same array as `left` halves the work, by symmetry
 * @returns [rows, columns]
 */
export function rowProducts(left: Float32Array, right: Float32Array, length: number): Float64Array {
	const rows = left.length / length;
	const columns = right.length / length;
	const symmetric = left === right;
	const a = inFours(left, length);
	const b = symmetric ? a : inFours(right, length);
	const width = b.length / length;
	const products = new Float64Array((a.length / length) * width);
	for (let from = 0; from < length; from += chunk) {
		const to = Math.min(from + chunk, length);
		for (let row = 0; row < rows; row += 4)
			for (let column = symmetric ? row : 0; column < columns; column += 4)
				addTile(products, a, b, length, width, row, column, from, to);
	}
	return Float64Array.from({ length: rows * columns }, (_, at) => {
		const row = Math.floor(at / columns);
		const column = at % columns;
		return products[symmetric && column < row ? column * width + row : row * width + column] as number;
	});
}

/** Dot products of each row with itself, to the bit those of rowProducts. */
export function rowSquares(matrix: Float32Array, length: number): Float64Array {
	return Float64Array.from({ length: matrix.length / length }, (_, row) => {
		let square = 0;
		for (let from = row * length; from < (row + 1) * length; from += chunk) {
			const to = Math.min(from + chunk, (row + 1) * length);
			let sum = 0;
			for (let k = from; k < to; k++) sum += (matrix[k] as number) ** 2;
			square += sum;
		}
		return square;
	});
}

/** In float64, with rows of zeros up to a multiple of four. */
function inFours(matrix: Float32Array, length: number): Float64Array {
	const padded = new Float64Array(Math.ceil(matrix.length / length / 4) * 4 * length);
	padded.set(matrix);
	return padded;
}

/** Adds the products over [from, to) of four rows of a with four rows of b. */
function addTile(
	products: Float64Array,
	left: Float64Array,
	right: Float64Array,
	length: number,
	width: number,
	row: number,
	column: number,
	from: number,
	to: number,
): void {
	const a = row * length;
	const b = column * length;
	// Sixteen names and no array: the sums stay in registers.
	let s00 = 0;
	let s01 = 0;
	let s02 = 0;
	let s03 = 0;
	let s10 = 0;
	let s11 = 0;
	let s12 = 0;
	let s13 = 0;
	let s20 = 0;
	let s21 = 0;
	let s22 = 0;
	let s23 = 0;
	let s30 = 0;
	let s31 = 0;
	let s32 = 0;
	let s33 = 0;
	for (let k = from; k < to; k++) {
		const a0 = left[a + k] as number;
		const a1 = left[a + length + k] as number;
		const a2 = left[a + 2 * length + k] as number;
		const a3 = left[a + 3 * length + k] as number;
		const b0 = right[b + k] as number;
		const b1 = right[b + length + k] as number;
		const b2 = right[b + 2 * length + k] as number;
		const b3 = right[b + 3 * length + k] as number;
		s00 += a0 * b0;
		s01 += a0 * b1;
		s02 += a0 * b2;
		s03 += a0 * b3;
		s10 += a1 * b0;
		s11 += a1 * b1;
		s12 += a1 * b2;
		s13 += a1 * b3;
		s20 += a2 * b0;
		s21 += a2 * b1;
		s22 += a2 * b2;
		s23 += a2 * b3;
		s30 += a3 * b0;
		s31 += a3 * b1;
		s32 += a3 * b2;
		s33 += a3 * b3;
	}
	const add = (at: number, sum0: number, sum1: number, sum2: number, sum3: number) => {
		products[at] = (products[at] as number) + sum0;
		products[at + 1] = (products[at + 1] as number) + sum1;
		products[at + 2] = (products[at + 2] as number) + sum2;
		products[at + 3] = (products[at + 3] as number) + sum3;
	};
	const at = row * width + column;
	add(at, s00, s01, s02, s03);
	add(at + width, s10, s11, s12, s13);
	add(at + 2 * width, s20, s21, s22, s23);
	add(at + 3 * width, s30, s31, s32, s33);
}
