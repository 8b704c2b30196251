/**
 * U-centring of a symmetric matrix (Szekely and Rizzo 2014, "Partial distance correlation"): the diagonal is taken as
 * zero, and every row sum becomes zero. The product of two U-centred matrices, divided by n (n - 3), is the unbiased HSIC.
 *
 * @param gram [n, n], symmetric, n >= 4; the diagonal is not read
 * @returns the strict upper triangle row by row, n (n - 1) / 2 values; the lower one is its mirror, the diagonal zero
 */
export function uCentredTriangle(gram: ArrayLike<number>, n: number): Float64Array {
	const means = new Float64Array(n);
	let total = 0;
	for (let row = 0; row < n; row++) {
		let sum = 0;
		for (let column = 0; column < n; column++) if (column !== row) sum += gram[row * n + column] as number;
		means[row] = sum / (n - 2);
		total += sum;
	}
	const shift = total / (2 * (n - 1) * (n - 2));
	for (let row = 0; row < n; row++) means[row] = (means[row] as number) - shift;

	const triangle = new Float64Array((n * (n - 1)) / 2);
	let k = 0;
	for (let row = 0; row < n; row++)
		for (let column = row + 1; column < n; column++)
			triangle[k++] = (gram[row * n + column] as number) - (means[row] as number) - (means[column] as number);
	return triangle;
}
