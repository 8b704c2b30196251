/** A panel of a figure as Chart.js takes it, and what drawing needs from the place where it runs. */
import type { ChartConfiguration } from "chart.js";

export type PanelConfiguration = ChartConfiguration<"scatter">;

/** A canvas of this many pixels: an element in a browser, one of a library elsewhere. */
export type CreateCanvas = (width: number, height: number) => HTMLCanvasElement;

/** Settings of every chart: it is drawn at the size it is given and does not move. */
export const still = { responsive: false, animation: false } as const;
