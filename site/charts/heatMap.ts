/** Heat maps: values in, Chart.js configurations out. */
import type { ScaleOptionsByType } from "chart.js";
import type { Axis, HeatMapPanel, HeatMapSpec } from "../../src/report/figureSpec.ts";
import { gridPlugin, pointAt, pointedCell } from "./gridPlugin.ts";
import { rounded } from "./numbers.ts";
import { type CreateCanvas, type PanelConfiguration, still } from "./panel.ts";
import { paperPlugin } from "./paperPlugin.ts";
import type { Theme } from "./theme.ts";
import { titleHeight, titlePlugin } from "./titlePlugin.ts";
import type { Walk } from "./walk.ts";

/** Beside the square of cells: the left axis, and the title, lower axis and margins; pixels. */
const axisWidth = 46;
const axisHeight = 44;

export const heatMapLayout = { width: 350, height: 372, columns: 3 } as const;

export function heatMapConfigs(spec: HeatMapSpec, theme: Theme, createCanvas: CreateCanvas): PanelConfiguration[] {
	return spec.panels.map((panel) => ({
		type: "scatter",
		// One point that nobody sees, for the tooltip to hold on to.
		data: { datasets: [{ data: [{ x: 0, y: 0 }], pointRadius: 0, pointHoverRadius: 0 }] },
		plugins: [
			paperPlugin(theme.paper),
			gridPlugin(panel, spec.scale, theme, createCanvas),
			titlePlugin(panel.title, theme),
		],
		options: {
			...still,
			layout: { padding: { right: 10, top: titleHeight, bottom: 2, left: 2 } },
			interaction: { mode: "nearest", intersect: false },
			scales: { x: stepScale("x", panel.columns, theme), y: stepScale("y", panel.rows, theme) },
			plugins: {
				legend: { display: false },
				tooltip: {
					displayColors: false,
					titleFont: { family: theme.font },
					bodyFont: { family: theme.font },
					callbacks: {
						title: () => "",
						label: ({ chart }) => cellLines(spec, panel, pointedCell(chart) ?? { row: 0, column: 0 }),
					},
				},
			},
		},
	}));
}

/** What the tooltip says of a cell. */
export function cellLines(spec: HeatMapSpec, panel: HeatMapPanel, cell: { row: number; column: number }): string[] {
	const value = panel.values[cell.row]?.[cell.column] ?? null;
	const error = panel.standardErrors[cell.row]?.[cell.column] ?? null;
	return [
		`↑ ${panel.rows.steps[cell.row]}`,
		`→ ${panel.columns.steps[cell.column]}`,
		value === null
			? `${spec.quantity}: no value`
			: `${spec.quantity} ${rounded(value)}${error === null ? "" : ` ± ${rounded(error)}`}`,
	];
}

/** From cell to cell. */
export function heatMapWalk(spec: HeatMapSpec, panel: HeatMapPanel): Walk {
	return {
		parts: [panel.rows.steps.map(() => panel.columns.steps.length)],
		upwards: true,
		text: (cell) => cellLines(spec, panel, cell).join(", "),
		aim: (chart, cell) => ({ datasetIndex: 0, index: 0, ...pointAt(chart, panel, cell) }),
		under(chart) {
			const cell = pointedCell(chart);
			return cell === undefined ? null : { part: 0, ...cell };
		},
	};
}

/** Steps of one, a label at the middle of each group, the two axes of fixed size so that the cells form a square. */
function stepScale(axis: "x" | "y", { title, steps, groups }: Axis, theme: Theme) {
	const options: Partial<ScaleOptionsByType<"linear">> & { readonly type: "linear" } = {
		type: "linear",
		min: 0,
		max: steps.length,
		title: {
			display: true,
			text: title,
			color: theme.muted,
			font: { family: theme.font, size: 12 },
			padding: 4,
			align: "center",
		},
		grid: { display: false },
		border: { display: true, color: theme.muted, dash: [], dashOffset: 0, width: 1, z: 1 },
		afterBuildTicks: (scale) => {
			scale.ticks = groups.map(({ start, end }) => ({ value: (start + end) / 2 }));
		},
		afterFit: (scale) => {
			if (axis === "x") scale.height = axisHeight;
			else scale.width = axisWidth;
		},
	};
	return {
		...options,
		ticks: {
			color: theme.ink,
			font: { family: theme.font, size: 12 },
			autoSkip: true,
			autoSkipPadding: 4,
			maxRotation: 0,
			callback: (_value: number | string, index: number) => groups[index]?.label ?? "",
		},
	} as const;
}
