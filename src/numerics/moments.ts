/** The mean of values, and the standard error of that mean: null for fewer than two values. */
export function meanAndStandardError(values: ArrayLike<number>): { mean: number; standardError: number | null } {
	const count = values.length;
	let sum = 0;
	for (let i = 0; i < count; i++) sum += values[i] as number;
	const mean = sum / count;
	if (count < 2) return { mean, standardError: null };
	// A second pass: the difference of large sums of squares would cancel.
	let squares = 0;
	for (let i = 0; i < count; i++) squares += ((values[i] as number) - mean) ** 2;
	return { mean, standardError: Math.sqrt(squares / (count - 1) / count) };
}
