/** A figure's numbers as tables, for readers and screen readers. */
import type {
	FigureSpec,
	HeatMapPanel,
	HeatMapSpec,
	LinesSpec,
	MapsPanel,
	MapsSpec,
	Series,
} from "../../src/report/figureSpec.ts";
import { valueText } from "./lines.ts";
import { shownMaps } from "./maps.ts";
import { rounded } from "./numbers.ts";

export interface Table {
	readonly caption: string;
	/** The first names the rows. */
	readonly columns: readonly string[];
	/** The first cell is the row's name. */
	readonly rows: readonly (readonly string[])[];
}

/** A table a panel to be read: of a heat map the mean over each pair of groups, since nobody reads thousands of cells. */
export function tablesOf(spec: FigureSpec): Table[] {
	switch (spec.kind) {
		case "heatMap":
			return spec.panels.map((panel) => groupMeans(spec, panel));
		case "lines":
			return lineTables(spec);
		case "maps":
			return spec.panels.map((panel) => mapTable(spec, panel));
	}
}

/** A row a map: nobody reads its cells one by one. */
function mapTable({ quantity }: MapsSpec, panel: MapsPanel): Table {
	return {
		caption: `${panel.title}: ${quantity}, over the places of each map`,
		columns: ["", "least", "largest", "note"],
		rows: shownMaps(panel).map(({ label, values, note }) => {
			const found = values.flat().filter((value) => value !== null);
			const ends = found.length === 0 ? ["no value", "no value"] : [Math.min(...found), Math.max(...found)].map(short);
			return [label, ...ends, note];
		}),
	};
}

function short(value: number): string {
	return String(Number(value.toPrecision(3)));
}

function groupMeans({ quantity }: HeatMapSpec, { title, rows, columns, values }: HeatMapPanel): Table {
	return {
		caption: `${title}: mean ${quantity} of each pair of groups (downwards: ${rows.title}; across: ${columns.title})`,
		columns: ["", ...columns.groups.map(({ name }) => name)],
		rows: rows.groups.map((row) => [
			row.name,
			...columns.groups.map((column) => {
				const cells = values
					.slice(row.start, row.end)
					.flatMap((line) => line.slice(column.start, column.end))
					.filter((value) => value !== null);
				return cells.length === 0
					? "no value"
					: rounded(cells.reduce((sum, value) => sum + value, 0) / cells.length, 2);
			}),
		]),
	};
}

function lineTables(spec: LinesSpec): Table[] {
	return spec.x.scale === "ranks" ? rankTables(spec) : valueTables(spec);
}

/** A row for each place on the x axis, a column a series. */
function valueTables({ panels, x, y }: LinesSpec): Table[] {
	return panels.map(({ title, series }) => {
		const places = [...new Set(series.flatMap(({ points }) => points.map((point) => point.x)))].sort((a, b) => a - b);
		return {
			caption: `${title}: ${y.title} by ${x.title}${errorsOf(series)}`,
			columns: [x.title, ...series.map(({ label }) => label)],
			rows: places.map((place) => [
				String(place),
				...series.map(({ points }) => {
					const point = points.find((one) => one.x === place);
					return point === undefined ? "" : valueText(point);
				}),
			]),
		};
	});
}

/** What stands behind the values. */
function errorsOf(series: readonly Series[]): string {
	const points = series.flatMap((one) => one.points);
	if (points.some(({ interval }) => interval !== undefined)) return " (95 % interval)";
	return points.some(({ standardError }) => standardError !== null) ? ", ± standard error" : "";
}

function rankTables({ panels, seriesName, y }: LinesSpec): Table[] {
	return panels.map(({ title, series }) => {
		const ranks = Math.max(0, ...series.map(({ points }) => points.length));
		return {
			caption: `${title}: ${y.title} of each ${seriesName}, sorted, ± standard error (and which head)`,
			columns: ["", ...Array.from({ length: ranks }, (_, rank) => String(rank + 1))],
			rows: series.map(({ label, points }) => [label, ...points.map((point) => `${valueText(point)} (${point.name})`)]),
		};
	});
}
