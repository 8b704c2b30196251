/** Tables in plain text: columns as wide as their widest cell, two spaces apart; numbers stand at the right. */

export type Cell = string | number | null;

/** @param rows null is printed as a dash */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
	const cells = [headings, ...rows].map((row) => row.map((cell) => (cell === null ? "-" : String(cell))));
	const widths = headings.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
	const atRight = headings.map(
		(_, column) => rows.length > 0 && rows.every((row) => row[column] === null || typeof row[column] === "number"),
	);
	const line = (row: readonly string[]) =>
		row
			.map((text, column) => (atRight[column] ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)))
			.join("  ")
			.trimEnd();
	return `${cells.map(line).join("\n")}\n`;
}

/** Names and values in two columns, without a heading. */
export function pairs(entries: readonly (readonly [name: string, value: Cell])[]): string {
	const width = Math.max(0, ...entries.map(([name]) => name.length));
	return entries.map(([name, value]) => `${name.padEnd(width)}  ${value ?? "-"}\n`).join("");
}
