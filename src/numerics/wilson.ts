/** The 97.5 % point of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * The 95 % interval of a proportion (Wilson 1927): it stays within [0, 1] and is not empty at 0 or all, where the usual
 * "plus or minus 1.96 standard errors" collapses to a point.
 *
 * @param hits of `trials`; trials > 0
 */
export function wilsonInterval(hits: number, trials: number): { readonly low: number; readonly high: number } {
	const share = hits / trials;
	const middle = share + (z * z) / (2 * trials);
	const reach = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
	const scale = 1 + (z * z) / trials;
	// Rounding may leave the ends a hair outside of what they can be.
	return { low: hits === 0 ? 0 : (middle - reach) / scale, high: hits === trials ? 1 : (middle + reach) / scale };
}
