/** Numbers for readers; data files keep all digits. */

/** Three digits after the point, with a true minus sign. */
export function rounded(value: number, digits = 3): string {
	return value
		.toFixed(digits)
		.replace(/^-(?=[\d.]*[1-9])/, "−")
		.replace(/^-/, "");
}
