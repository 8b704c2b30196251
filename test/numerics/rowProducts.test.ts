import { expect, test } from "vitest";
import { random } from "../../src/numerics/random.ts";
import { rowProducts, rowSquares } from "../../src/numerics/rowProducts.ts";

function matrix(rows: number, length: number, seed: number): Float32Array {
	const { between } = random(seed, 0);
	return Float32Array.from({ length: rows * length }, () => between(-1, 1));
}

test.each([
	[1, 1, 1],
	[4, 4, 256],
	[5, 3, 700],
	[9, 6, 257],
])("%i rows with %i rows of %i values give every dot product", (rows, columns, length) => {
	const [a, b] = [matrix(rows, length, 1), matrix(columns, length, 2)];
	const products = rowProducts(a, b, length);
	expect(products).toHaveLength(rows * columns);
	for (let row = 0; row < rows; row++)
		for (let column = 0; column < columns; column++) {
			let expected = 0;
			for (let k = 0; k < length; k++) expected += (a[row * length + k] as number) * (b[column * length + k] as number);
			expect(products[row * columns + column]).toBeCloseTo(expected, 12);
		}
});

test("a matrix with itself gives to the bit what it gives with a copy, and squares on the diagonal", () => {
	const [rows, length] = [7, 600];
	const a = matrix(rows, length, 3);
	const products = rowProducts(a, a, length);
	expect(products).toEqual(rowProducts(a, a.slice(), length));
	expect(rowSquares(a, length)).toEqual(products.filter((_, at) => at % (rows + 1) === 0));
});
