import { jackknifeSpread } from "./jackknife.ts";

/**
 * A product normalised by two squares, each a sum over batches: sum(xy) / sqrt(sum(x) sum(y)), what a cosine is for one
 * batch. The sums are taken before the ratio, in the order given.
 */
export function normalizedSum(x: readonly number[], y: readonly number[], xy: readonly number[]): number {
	return normalized(sum(x), sum(y), sum(xy));
}

/** The values with one batch left out, for each batch in turn; null where the others leave nothing to divide by. */
export function normalizedSumsWithoutEach(
	x: readonly number[],
	y: readonly number[],
	xy: readonly number[],
): (number | null)[] {
	const [otherX, otherY, otherXY] = [sumsOfOthers(x), sumsOfOthers(y), sumsOfOthers(xy)];
	return otherXY.map((product, batch) => {
		const value = normalized(otherX[batch] as number, otherY[batch] as number, product);
		return Number.isFinite(value) ? value : null;
	});
}

/**
 * Its standard error, from the values with one batch left out at a time.
 * null where one batch alone is not zero: leaving it out leaves nothing.
 */
export function jackknifeError(x: readonly number[], y: readonly number[], xy: readonly number[]): number | null {
	const count = xy.length;
	const without = normalizedSumsWithoutEach(x, y, xy).filter((value) => value !== null);
	return without.length < count ? null : jackknifeSpread(without);
}

export function sum(values: readonly number[]): number {
	let total = 0;
	for (const value of values) total += value;
	return total;
}

/**
 * For each value the sum of the others, from the sums before and after it: taking a value off the whole would leave
 * rounding errors of its size, where one batch outweighs the others.
 */
function sumsOfOthers(values: readonly number[]): number[] {
	const others = new Array<number>(values.length).fill(0);
	let before = 0;
	let after = 0;
	for (const [from, value] of values.entries()) {
		others[from] = (others[from] as number) + before;
		before += value;
		const back = values.length - 1 - from;
		others[back] = (others[back] as number) + after;
		after += values[back] as number;
	}
	return others;
}

/** One root of the product, not the product of two roots: x with itself then gives 1 to the bit. */
function normalized(x: number, y: number, xy: number): number {
	return xy / Math.sqrt(x * y);
}
