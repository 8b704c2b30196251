import { expect, test } from "vitest";
import { random } from "../../src/numerics/random.ts";
import { uCentredTriangle } from "../../src/numerics/uCentre.ts";

const n = 9;

/** Symmetric, from a seed. */
function matrix(seed: number): number[][] {
	const { uniform } = random(seed, 0);
	const half = Array.from({ length: n }, () => Array.from({ length: n }, uniform));
	return half.map((row, i) => row.map((value, j) => value + (half[j]?.[i] as number) + 100));
}

test("the product of two U-centred matrices over n (n - 3) is HSIC_1 term by term", () => {
	const [k, l] = [matrix(1), matrix(2)];
	const [a, b] = [uCentredTriangle(k.flat(), n), uCentredTriangle(l.flat(), n)];
	const product = a.reduce((sum, value, index) => sum + 2 * value * (b[index] as number), 0);
	expect(product / (n * (n - 3))).toBeCloseTo(hsic1(k, l), 8);
});

test("every row of a U-centred matrix sums to zero, and the diagonal is not read", () => {
	const k = matrix(3);
	const triangle = uCentredTriangle(k.flat(), n);
	const sums = new Array<number>(n).fill(0);
	let at = 0;
	for (let i = 0; i < n; i++)
		for (let j = i + 1; j < n; j++, at++) {
			sums[i] = (sums[i] as number) + (triangle[at] as number);
			sums[j] = (sums[j] as number) + (triangle[at] as number);
		}
	for (const sum of sums) expect(sum).toBeCloseTo(0, 10);
	const other = k.map((row, i) => row.map((value, j) => (i === j ? -7 : value)));
	expect(uCentredTriangle(other.flat(), n)).toEqual(triangle);
});

/** Song et al. 2012: tr(KL) + 1'K1 1'L1 / ((n-1)(n-2)) - 2 1'KL1 / (n-2), with zero diagonals. */
function hsic1(k: number[][], l: number[][]): number {
	let [trace, sumK, sumL, cross] = [0, 0, 0, 0];
	for (let i = 0; i < n; i++) {
		let [rowK, rowL] = [0, 0];
		for (let j = 0; j < n; j++) {
			if (i === j) continue;
			trace += (k[i]?.[j] as number) * (l[i]?.[j] as number);
			rowK += k[i]?.[j] as number;
			rowL += l[i]?.[j] as number;
		}
		sumK += rowK;
		sumL += rowL;
		cross += rowK * rowL;
	}
	return (trace + (sumK * sumL) / ((n - 1) * (n - 2)) - (2 * cross) / (n - 2)) / (n * (n - 3));
}
