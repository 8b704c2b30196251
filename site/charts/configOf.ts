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

/** A panel's size in CSS pixels, and how many stand side by side at most. */
export function layoutOf(spec: FigureSpec): { width: number; height: number; columns: number } {
	switch (spec.kind) {
		case "heatMap":
			return heatMapLayout;
		case "lines":
			return linesLayout;
		case "maps":
			return mapsLayout(spec);
	}
}
