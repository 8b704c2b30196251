/**
 * The delete-one jackknife (Quenouille 1956, Tukey 1958): the standard error of a statistic of independent batches, from
 * its values with one batch left out at a time.
 */
export function jackknifeSpread(without: readonly number[]): number {
	const count = without.length;
	let total = 0;
	for (const value of without) total += value;
	const mean = total / count;
	let squares = 0;
	for (const value of without) squares += (value - mean) ** 2;
	return Math.sqrt(((count - 1) / count) * squares);
}
