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
	[258, 513, 3],
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

test.each([
	[7, 600],
	[300, 301],
])(
	"%i rows of %i with themselves give to the bit what they give with a copy, and squares on the diagonal",
	(rows, length) => {
		const a = matrix(rows, length, 3);
		const products = rowProducts(a, a, length);
		expect(products).toEqual(rowProducts(a, a.slice(), length));
		expect(rowSquares(a, length)).toEqual(products.filter((_, at) => at % (rows + 1) === 0));
	},
);

test("values that are not finite stay in their own row and column", () => {
	const [rows, length] = [5, 10];
	const a = matrix(rows, length, 4);
	a[2 * length + 3] = Number.POSITIVE_INFINITY;
	a[2 * length + 4] = Number.NaN;
	const products = rowProducts(a, a, length);
	for (const [at, product] of products.entries())
		expect(Number.isFinite(product)).toBe(Math.floor(at / rows) !== 2 && at % rows !== 2);
	// What the panels held before is in nobody's way.
	expect(rowProducts(a.subarray(0, length), a.subarray(0, length), length).every(Number.isFinite)).toBe(true);
});

test("no rows give no products", () => {
	expect(rowProducts(new Float32Array(0), matrix(3, 5, 5), 5)).toHaveLength(0);
});
