/** Three significant digits, and at most six decimals: what a picture shows of a value, in a third of the bytes. */
export function threeDigits(value: number): number {
	return Math.round(Number(value.toPrecision(3)) * 1e6) / 1e6;
}
