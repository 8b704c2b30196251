/**
 * Paints a matrix as one scaled image: a tenth of the time and a thirtieth of the SVG of one rectangle a cell, and
 * without the light seams between cells. The chart's one invisible point follows the pointer from cell to cell, so that
 * the tooltip is Chart.js's own.
 */
import type { Chart, Plugin } from "chart.js";
import type { Axis, HeatMapPanel, HeatMapSpec } from "../../src/report/figureSpec.ts";
import { paintCells } from "./cells.ts";
import type { CreateCanvas } from "./panel.ts";
import type { Theme } from "./theme.ts";

export interface Cell {
	readonly row: number;
	readonly column: number;
}

/** Which cell the pointer is on, of each chart. */
const pointed = new WeakMap<Chart, Cell>();
export const pointedCell = (chart: Chart): Cell | undefined => pointed.get(chart);

/** Moves the chart's point to a cell; where that is, in pixels. */
export function pointAt(chart: Chart, { rows, columns }: HeatMapPanel, cell: Cell): { x: number; y: number } {
	const { left, top, width, height } = chart.chartArea;
	const x = left + ((cell.column + 0.5) / columns.steps.length) * width;
	const y = top + (1 - (cell.row + 0.5) / rows.steps.length) * height;
	Object.assign(chart.getDatasetMeta(0).data[0] ?? {}, { x, y });
	pointed.set(chart, cell);
	return { x, y };
}

export function gridPlugin(
	panel: HeatMapPanel,
	scale: HeatMapSpec["scale"],
	theme: Theme,
	createCanvas: CreateCanvas,
): Plugin<"scatter"> {
	// The first row stands at the bottom.
	const image = paintCells([...panel.values].reverse(), scale, theme, createCanvas);
	return {
		id: "grid",
		beforeDatasetsDraw({ ctx, chartArea: { left, top, width, height } }) {
			ctx.save();
			ctx.imageSmoothingEnabled = false;
			ctx.drawImage(image, left, top, width, height);
			ctx.strokeStyle = "rgba(255, 255, 255, 0.45)";
			ctx.lineWidth = 0.75;
			ctx.beginPath();
			for (const edge of edges(panel.columns)) {
				ctx.moveTo(left + edge * width, top);
				ctx.lineTo(left + edge * width, top + height);
			}
			for (const edge of edges(panel.rows)) {
				ctx.moveTo(left, top + (1 - edge) * height);
				ctx.lineTo(left + width, top + (1 - edge) * height);
			}
			ctx.stroke();
			ctx.restore();
		},
		beforeEvent(chart, { event, inChartArea }) {
			const { x, y } = event;
			if (x === null || y === null || !inChartArea) return;
			const { left, top, width, height } = chart.chartArea;
			const [rows, columns] = [panel.rows.steps.length, panel.columns.steps.length];
			const column = Math.min(columns - 1, Math.floor(((x - left) / width) * columns));
			const row = Math.min(rows - 1, Math.floor((1 - (y - top) / height) * rows));
			pointAt(chart, panel, { row, column });
		},
	};
}

/** Where groups begin and end, as shares of the axis, without its own ends. */
function edges({ steps, groups }: Axis): number[] {
	const ends = new Set(groups.flatMap(({ start, end }) => [start, end]));
	return [...ends].filter((end) => end > 0 && end < steps.length).map((end) => end / steps.length);
}
