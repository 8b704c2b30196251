/**
 * A product normalised by two squares, each a sum over batches: sum(xy) / sqrt(sum(x) sum(y)), what a cosine is for one
 * batch. The sums are taken before the ratio, in the order given.
 */
export function normalizedSum(x: readonly number[], y: readonly number[], xy: readonly number[]): number {
	return normalized(sum(x), sum(y), sum(xy));
}

/** The values with one batch left out, for each batch in turn. */
export function normalizedSumsWithoutEach(x: readonly number[], y: readonly number[], xy: readonly number[]): number[] {
	const [sumX, sumY, sumXY] = [sum(x), sum(y), sum(xy)];
	return xy.map((product, batch) =>
		normalized(sumX - (x[batch] as number), sumY - (y[batch] as number), sumXY - product),
	);
}

/**
 * Its standard error, from the values with one batch left out at a time (the jackknife; Efron and Tibshirani 1993, 11.5).
 * null where one batch alone is not zero: leaving it out leaves nothing.
 */
export function jackknifeError(x: readonly number[], y: readonly number[], xy: readonly number[]): number | null {
	const count = xy.length;
	const without = normalizedSumsWithoutEach(x, y, xy);
	const mean = sum(without) / count;
	const error = Math.sqrt(((count - 1) / count) * sum(without.map((value) => (value - mean) ** 2)));
	return Number.isFinite(error) ? error : null;
}

export function sum(values: readonly number[]): number {
	let total = 0;
	for (const value of values) total += value;
	return total;
}

/** One root of the product, not the product of two roots: x with itself then gives 1 to the bit. */
function normalized(x: number, y: number, xy: number): number {
	return xy / Math.sqrt(x * y);
}
