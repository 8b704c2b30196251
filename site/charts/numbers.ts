/** Numbers for readers; data files keep all digits. */

/** A whole number with its thousands apart by a narrow space. */
export function counted(value: number): string {
	return value.toLocaleString("en-GB").replaceAll(",", "\u202f");
}

/** A share as a percentage with one digit after the point. */
export function percent(share: number): string {
	return `${rounded(share * 100, 1)} %`;
}

/** Three digits after the point, with a true minus sign. */
export function rounded(value: number, digits = 3): string {
	return value
		.toFixed(digits)
		.replace(/^-(?=[\d.]*[1-9])/, "−")
		.replace(/^-/, "");
}
