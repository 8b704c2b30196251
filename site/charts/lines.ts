/** Lines with bands: values in, Chart.js configurations out. */
import type { ChartDataset, Plugin, ScaleOptions } from "chart.js";
import type { AxisEnds, LinesPanel, LinesSpec, Point, Series } from "../../src/report/figureSpec.ts";
import { rounded } from "./numbers.ts";
import { type PanelConfiguration, still } from "./panel.ts";
import { paperPlugin } from "./paperPlugin.ts";
import type { Theme } from "./theme.ts";
import { titleHeight, titlePlugin } from "./titlePlugin.ts";
import type { Walk } from "./walk.ts";

/** `leastHeight`: in a narrow place, what title, axis and a legend of three lines leave room for a plot in. */
export const linesLayout = { width: 500, height: 400, leastHeight: 340, columns: 2 } as const;

/** Corners only: a round mark is a hundred segments in SVG. */
const marks = [
	{ pointStyle: "rectRot", rotation: 0 },
	{ pointStyle: "triangle", rotation: 0 },
	{ pointStyle: "rect", rotation: 0 },
	{ pointStyle: "triangle", rotation: 180 },
] as const;

export function linesConfigs(spec: LinesSpec, theme: Theme): PanelConfiguration[] {
	const top = spec.y.to ?? largestValue(spec) * 1.08;
	return spec.panels.map((panel) => ({
		type: "scatter",
		data: { datasets: panel.series.flatMap((series, index) => datasetsOf(series, index, theme)) },
		plugins: [paperPlugin(theme.paper), referencePlugin(panel, theme), titlePlugin(panel.title, theme)],
		options: {
			...still,
			layout: { padding: { right: 12, top: titleHeight, bottom: 2, left: 2 } },
			interaction: { mode: "nearest", intersect: false },
			scales: {
				x: {
					type: "linear",
					title: { display: true, text: spec.x.title, color: theme.muted, font: { family: theme.font, size: 12 } },
					grid: { display: false },
					border: { color: theme.muted },
					ticks: {
						color: theme.ink,
						font: { family: theme.font, size: 12 },
						maxRotation: 0,
						includeBounds: false,
						...(isWhole(panel) ? { precision: 0 } : {}),
					},
					...(spec.x.scale === "ranks"
						? rankScale(panel)
						: valueScale(panel, panel.ends?.x ?? { from: spec.x.from ?? 0 })),
				},
				y: {
					type: "linear",
					min: spec.y.from ?? 0,
					max: top,
					...(panel.ends?.y === undefined ? {} : { min: panel.ends.y.from, max: panel.ends.y.to ?? top }),
					title: { display: true, text: spec.y.title, color: theme.muted, font: { family: theme.font, size: 12 } },
					grid: { color: theme.grid },
					border: { color: theme.muted },
					ticks: { color: theme.ink, font: { family: theme.font, size: 12 }, includeBounds: false },
				},
			},
			plugins: {
				legend: {
					position: "bottom",
					// The boxes beside the chart switch series; here stands what is drawn.
					onClick: () => undefined,
					labels: {
						usePointStyle: true,
						color: theme.ink,
						font: { family: theme.font, size: 12 },
						boxHeight: 7,
						padding: 14,
						filter: ({ text, hidden }) => text !== "" && hidden !== true,
					},
				},
				tooltip: {
					titleFont: { family: theme.font },
					bodyFont: { family: theme.font },
					filter: ({ dataset }) => dataset.label !== "",
					callbacks: {
						label: ({ dataset, dataIndex }) => pointLine(panel, dataset.label ?? "", dataIndex),
					},
				},
			},
		},
	}));
}

/** A tick for each rank, the outer ones with room beside them. */
function rankScale({ series }: LinesPanel): Partial<ScaleOptions<"linear">> {
	const ranks = Math.max(1, ...series.map(({ points }) => points.length));
	return {
		min: 0.7,
		max: ranks + 0.3,
		afterBuildTicks: (scale) => {
			scale.ticks = Array.from({ length: ranks }, (_, rank) => ({ value: rank + 1 }));
		},
	};
}

function valueScale(panel: LinesPanel, { from, to }: AxisEnds): Partial<ScaleOptions<"linear">> {
	return { min: from, max: to ?? largestX(panel) };
}

export function largestX({ series }: LinesPanel): number {
	return Math.max(...series.flatMap(({ points }) => points.map(({ x }) => x)));
}

/** Between whole numbers, as of blocks, there is nothing to mark. */
function isWhole({ series }: LinesPanel): boolean {
	return series.every(({ points }) => points.every(({ x }) => Number.isInteger(x)));
}

/** A point's value with its error: "5.50 ± 0.25", or "5.50 (5.01 to 5.99)". */
export function valueText({ y, standardError, interval }: Point): string {
	if (interval !== undefined) return `${rounded(y, 2)} (${rounded(interval[0], 2)} to ${rounded(interval[1], 2)})`;
	return standardError === null ? rounded(y, 2) : `${rounded(y, 2)} ± ${rounded(standardError, 2)}`;
}

/** What the tooltip says of a point. */
export function pointLine(panel: LinesPanel, label: string, index: number): string {
	const point = panel.series.find((series) => series.label === label)?.points[index];
	if (point === undefined) return "";
	return `${label}, ${point.name}: ${valueText(point)}`;
}

/** From point to point of the lines that are drawn, in their order from the top of the legend. */
export function linesWalk(panel: LinesPanel): Walk {
	const drawn = panel.series.flatMap((series, index) => (series.shown ? [{ series, index }] : []));
	return {
		parts: [drawn.map(({ series }) => series.points.length)],
		upwards: false,
		text({ row, column }) {
			const { series } = drawn[row] ?? {};
			return series === undefined ? "" : pointLine(panel, series.label, column);
		},
		aim(chart, { row, column }) {
			const { index } = drawn[row] ?? {};
			const datasetIndex = (index ?? 0) * datasetsOfSeries + lineOfSeries;
			const point = chart.getDatasetMeta(datasetIndex).data[column];
			return index === undefined || point === undefined
				? null
				: { datasetIndex, index: column, x: point.x, y: point.y };
		},
		under(chart) {
			const [found] = chart.tooltip?.dataPoints ?? [];
			const row = drawn.findIndex(({ index }) => index === Math.floor((found?.datasetIndex ?? -1) / datasetsOfSeries));
			return found === undefined || row < 0 ? null : { part: 0, row, column: found.dataIndex };
		},
	};
}

/** How many datasets draw a series, and which of them is the line itself. */
const datasetsOfSeries = 3;
const lineOfSeries = 2;

/** The band's upper and lower edge (or a whisker), without names so that legend and tooltip leave them out, then the line. */
function datasetsOf(series: Series, index: number, theme: Theme): ChartDataset<"scatter">[] {
	const colour = theme.series[index % theme.series.length] ?? theme.ink;
	const mark = marks[index % marks.length];
	const edge = (sign: 1 | -1): ChartDataset<"scatter"> => ({
		label: "",
		data: series.points.map((point) => ({ x: point.x, y: edgeOf(point, sign) })),
		hidden: !series.shown,
		showLine: true,
		pointRadius: 0,
		pointHitRadius: 0,
		borderWidth: 0,
		backgroundColor: `${colour}40`,
		fill: sign === -1 ? "-1" : false,
	});
	const [only] = series.points.length === 1 ? series.points : [];
	return [
		...(only === undefined ? [edge(1), edge(-1)] : whisker(only, series.shown, colour)),
		{
			label: series.label,
			data: series.points.map(({ x, y }) => ({ x, y })),
			hidden: !series.shown,
			showLine: true,
			borderColor: colour,
			backgroundColor: colour,
			borderWidth: 1.75,
			// A mark at the edge of the plot is drawn whole.
			clip: 6,
			pointStyle: mark?.pointStyle ?? "rect",
			pointRotation: mark?.rotation ?? 0,
			pointRadius: 4,
		},
	];
}

/** In place of a band, which has no area over one point: a line from its lower to its upper edge. */
function whisker(point: Point, shown: boolean, colour: string): ChartDataset<"scatter">[] {
	const ends = ([1, -1] as const).map((sign) => ({ x: point.x, y: edgeOf(point, sign) }));
	const line = { label: "", hidden: !shown, showLine: true, pointRadius: 0, pointHitRadius: 0, borderColor: colour };
	return [
		{ ...line, data: ends, borderWidth: 1.75 },
		{ ...line, data: [] },
	];
}

/** Of the band: above (1) or below (-1). */
function edgeOf({ y, standardError, interval }: Point, sign: 1 | -1): number {
	return interval === undefined ? y + sign * (standardError ?? 0) : interval[sign === 1 ? 1 : 0];
}

/** Dashed lines with their names at the right end. */
function referencePlugin({ references }: LinesPanel, theme: Theme): Plugin<"scatter"> {
	return {
		id: "references",
		beforeDatasetsDraw({ ctx, chartArea: { left, right }, scales }) {
			ctx.save();
			ctx.font = `12px ${theme.font}`;
			ctx.textAlign = "right";
			ctx.textBaseline = "bottom";
			for (const { label, y } of references) {
				const height = scales.y?.getPixelForValue(y) ?? Number.NaN;
				ctx.strokeStyle = theme.muted;
				ctx.lineWidth = 1;
				ctx.setLineDash([5, 4]);
				ctx.beginPath();
				ctx.moveTo(left, height);
				ctx.lineTo(right, height);
				ctx.stroke();
				// In a PDF letters would be dashed too: outlines instead of text.
				ctx.setLineDash([]);
				const width = ctx.measureText(label).width;
				ctx.fillStyle = theme.paper;
				ctx.fillRect(right - 8 - width, height - 17, width + 8, 15);
				ctx.fillStyle = theme.muted;
				ctx.fillText(label, right - 4, height - 3);
			}
			ctx.restore();
		},
	};
}

function largestValue({ panels }: LinesSpec): number {
	return Math.max(
		...panels.flatMap(({ series, references }) => [
			...references.map((reference) => reference.y),
			...series.flatMap(({ points }) => points.map((point) => edgeOf(point, 1))),
		]),
	);
}
