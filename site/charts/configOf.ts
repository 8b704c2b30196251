/** A figure's panels as Chart.js configurations: the same in the browser and in stills. */
import {
	Chart,
	Filler,
	Legend,
	LinearScale,
	LineElement,
	PointElement,
	ScatterController,
	Title,
	Tooltip,
} from "chart.js";
import type { FigureSpec } from "../../src/report/figureSpec.ts";
import { heatMapConfigs, heatMapLayout } from "./heatMap.ts";
import { linesConfigs, linesLayout } from "./lines.ts";
import { mapsConfigs, mapsLayout } from "./maps.ts";
import type { CreateCanvas, PanelConfiguration } from "./panel.ts";
import type { Theme } from "./theme.ts";

// Only what the two kinds of chart use: half of Chart.js stays out of the browser's bundle.
Chart.register(ScatterController, PointElement, LineElement, LinearScale, Filler, Legend, Title, Tooltip);

/** One configuration a panel. */
export function configOf(spec: FigureSpec, theme: Theme, createCanvas: CreateCanvas): PanelConfiguration[] {
	switch (spec.kind) {
		case "heatMap":
			return heatMapConfigs(spec, theme, createCanvas);
		case "lines":
			return linesConfigs(spec, theme);
		case "maps":
			return mapsConfigs(spec, theme, createCanvas);
	}
}

/** How panels are drawn at full size, in CSS pixels. */
export interface Layout {
	/** How many stand side by side at most. */
	readonly columns: number;
	readonly width: number;
	/** Of each panel. */
	readonly heights: readonly number[];
	/** Of each panel where it is drawn narrower, since letters do not get smaller; 0 where it goes by its width alone. */
	readonly leastHeights: readonly number[];
}

export function layoutOf(spec: FigureSpec): Layout {
	const alike = (height: number) => spec.panels.map(() => height);
	switch (spec.kind) {
		case "heatMap": {
			const { width, height, columns } = heatMapLayout;
			return { columns, width, heights: alike(height), leastHeights: alike(0) };
		}
		case "lines": {
			const { width, height, leastHeight, columns } = linesLayout;
			return { columns, width, heights: alike(height), leastHeights: alike(leastHeight) };
		}
		case "maps":
			return mapsLayout(spec);
	}
}
