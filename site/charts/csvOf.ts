/** A figure's numbers as a data file. */
import type { FigureSpec, HeatMapSpec, LinesSpec, MapsSpec } from "../../src/report/figureSpec.ts";

/** Every number of the figure to six decimals, a line each (RFC 4180). */
export function csvOf(spec: FigureSpec): string {
	return linesOf(spec)
		.map((line) => line.map(csvField).join(","))
		.join("\r\n")
		.concat("\r\n");
}

function linesOf(spec: FigureSpec): string[][] {
	switch (spec.kind) {
		case "heatMap":
			return heatMapLines(spec);
		case "lines":
			return seriesLines(spec);
		case "maps":
			return mapLines(spec);
	}
}

function heatMapLines({ panels }: HeatMapSpec): string[][] {
	return [
		["panel", "row", "column", "value", "standardError"],
		...panels.flatMap(({ title, rows, columns, values, standardErrors }) =>
			rows.steps.flatMap((row, i) =>
				columns.steps.map((column, j) => [title, row, column, number(values[i]?.[j]), number(standardErrors[i]?.[j])]),
			),
		),
	];
}

function seriesLines({ panels, seriesName, x: { scale } }: LinesSpec): string[][] {
	return [
		["panel", seriesName, scale === "ranks" ? "rank" : "x", "name", "value", "standardError", "low", "high"],
		...panels.flatMap(({ title, series, references }) => [
			...series.flatMap(({ label, points }) =>
				points.map(({ x, y, standardError, interval, name }) => [
					...[title, label, String(x), name, number(y), number(standardError)],
					...[number(interval?.[0]), number(interval?.[1])],
				]),
			),
			...references.map(({ label, y }) => [title, label, "", "", number(y), "", "", ""]),
		]),
	];
}

function mapLines({ panels }: MapsSpec): string[][] {
	return [
		["panel", "map", "row", "column", "value"],
		...panels.flatMap(({ title, maps }) =>
			maps.flatMap(({ label, values }) =>
				values.flatMap((row, at) =>
					row.map((value, column) => [title, label, String(at), String(column), number(value)]),
				),
			),
		),
	];
}

/** Empty where there is no value. */
function number(value: number | null | undefined): string {
	return value == null ? "" : String(value);
}

function csvField(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
