/** A value as figures keep it: the device measures in float32, so further decimals would be noise, and bytes of a page. */
export function sixDecimals(value: number): number {
	return Math.round(value * 1e6) / 1e6;
}
