/**
 * Spearman's rank correlation: the correlation of the ranks of two lists, equal values sharing the mean of their ranks.
 *
 * @returns -1 to 1; null for fewer than 3 pairs, or where either list holds one value only
 */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
	if (x.length < 3) return null;
	const [a, b] = [ranks(x), ranks(y)];
	const mean = (x.length + 1) / 2;
	let [product, first, second] = [0, 0, 0];
	for (const [i, rank] of a.entries()) {
		const [u, v] = [rank - mean, (b[i] as number) - mean];
		product += u * v;
		first += u * u;
		second += v * v;
	}
	const correlation = product / Math.sqrt(first * second);
	return Number.isFinite(correlation) ? correlation : null;
}

/** From 1 on. */
function ranks(values: readonly number[]): number[] {
	return values.map((value) => {
		let [below, equal] = [0, 0];
		for (const other of values) {
			if (other < value) below++;
			if (other === value) equal++;
		}
		return below + (equal + 1) / 2;
	});
}
