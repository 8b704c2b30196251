/**
 * The standard error of CKA where all images are one batch: the jackknife over images. With U-centred U, V of n images and
 * d_i = sum over j of U_ij V_ij, taking image i away leaves rows that add up to -U_ij, so of HSIC_1's three terms the second
 * is 0, the third d_i, and up to a factor that the ratio cancels
 *
 *     HSIC_1 without i = sum of all d - 2 d_i (n - 2) / (n - 3)
 */
import { rowProducts, rowSquares } from "../numerics/rowProducts.ts";
import { type BatchGrams, pairAt, pairs } from "./gramRecord.ts";

/** [rows, columns]; null where nothing is left without some image, or for fewer than 5 images. */
export function imageJackknife(rows: BatchGrams, columns: BatchGrams): readonly (readonly (number | null)[])[] {
	const { n } = rows;
	const [height, width] = [rows.norms.length, columns.norms.length];
	const [means, squares] = [new Float64Array(height * width), new Float64Array(height * width)];
	const totals = {
		cross: rowProducts(rows.triangles, columns.triangles, pairs(n)),
		left: rowSquares(rows.triangles, pairs(n)),
		right: rowSquares(columns.triangles, pairs(n)),
	};
	/** A triangle is half of a matrix: its products are half of the sum of all d. */
	const without = (half: number, d: number) => 2 * half - (2 * d * (n - 2)) / (n - 3);
	// Image by image: the values without each would be n matrices. Means and squares are carried on (Welford 1962).
	for (let image = 0; image < n; image++) {
		const left = rowsOfImage(rows, image);
		const right = columns === rows ? left : rowsOfImage(columns, image);
		const cross = rowProducts(left, right, n);
		const [x, y] = [rowSquares(left, n), rowSquares(right, n)];
		for (let row = 0, at = 0; row < height; row++) {
			const own = without(totals.left[row] as number, x[row] as number);
			for (let column = 0; column < width; column++, at++) {
				const other = without(totals.right[column] as number, y[column] as number);
				const value = without(totals.cross[at] as number, cross[at] as number) / Math.sqrt(own * other);
				const change = value - (means[at] as number);
				means[at] = (means[at] as number) + change / (image + 1);
				squares[at] = (squares[at] as number) + change * (value - (means[at] as number));
			}
		}
	}
	return Array.from({ length: height }, (_, row) =>
		Array.from(squares.subarray(row * width, (row + 1) * width), (sum) => {
			const error = Math.sqrt(((n - 1) / n) * sum);
			return n >= 5 && Number.isFinite(error) ? error : null;
		}),
	);
}

/** An image's row of every layer's U: [layers, n], with 0 at the image itself. */
function rowsOfImage({ n, triangles, norms }: BatchGrams, image: number): Float32Array {
	const rows = new Float32Array(norms.length * n);
	for (let layer = 0; layer < norms.length; layer++)
		for (let other = 0; other < n; other++)
			if (other !== image) rows[layer * n + other] = triangles[layer * pairs(n) + pairAt(n, image, other)] as number;
	return rows;
}
