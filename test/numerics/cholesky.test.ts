import { describe, expect, test } from "vitest";
import { choleskyFactor, choleskySolve } from "../../src/numerics/cholesky.ts";
import { gaussians } from "../support/gaussians.ts";

describe.each([1, 2, 5, 40])("a positive definite matrix of %i rows", (size) => {
	const matrix = positiveDefinite(size);

	test("is its factor times the factor's transpose, and the factor is lower triangular", () => {
		const factor = choleskyFactor(matrix, size);
		for (let row = 0; row < size; row++)
			for (let column = 0; column < size; column++) {
				let product = 0;
				for (let k = 0; k < size; k++) product += at(factor, size, row, k) * at(factor, size, column, k);
				expect(product).toBeCloseTo(at(matrix, size, row, column), 9);
				if (column > row) expect(at(factor, size, row, column)).toBe(0);
			}
	});

	test("times the solution is the right side", () => {
		const normal = gaussians(2);
		const right = Float64Array.from({ length: size * 3 }, normal);
		const solution = choleskySolve(choleskyFactor(matrix, size), size, right, 3);
		for (let row = 0; row < size; row++)
			for (let column = 0; column < 3; column++) {
				let product = 0;
				for (let k = 0; k < size; k++) product += at(matrix, size, row, k) * at(solution, 3, k, column);
				expect(product).toBeCloseTo(at(right, 3, row, column), 9);
			}
	});
});

test("what stands above the diagonal is not read", () => {
	expect(choleskyFactor([4, Number.NaN, 2, 5], 2)).toEqual(Float64Array.of(2, 0, 1, 2));
});

test.each([
	["rows that depend on each other", [1, 2, 2, 4], "pivot 1 is 0"],
	["a negative diagonal", [-1, 0, 0, 1], "pivot 0 is -1"],
	["a NaN", [1, 0, Number.NaN, 1], "pivot 1 is NaN"],
])("%s are refused with the pivot", (_words, matrix, pivot) => {
	expect(() => choleskyFactor(matrix, 2)).toThrow(
		`a matrix [2, 2] is not positive definite: ${pivot}, expected above 0`,
	);
});

function positiveDefinite(size: number): Float64Array {
	const normal = gaussians(1);
	const root = Float64Array.from({ length: size * size }, normal);
	return Float64Array.from({ length: size * size }, (_, place) => {
		const [row, column] = [Math.floor(place / size), place % size];
		let product = row === column ? 1 : 0;
		for (let k = 0; k < size; k++) product += at(root, size, row, k) * at(root, size, column, k);
		return product;
	});
}

function at(matrix: ArrayLike<number>, columns: number, row: number, column: number): number {
	return matrix[row * columns + column] as number;
}
