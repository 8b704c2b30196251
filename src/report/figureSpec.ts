/**
 * A figure as JSON: what browser, still image, table and CSV are all made from. It holds values and words, never
 * functions or colours in pixels; how it is drawn is the site's matter.
 */
export type FigureSpec = HeatMapSpec | LinesSpec | MapsSpec;

/** One or more matrices side by side on one colour scale. */
export interface HeatMapSpec {
	readonly kind: "heatMap";
	/** What a cell's value is, with its unit: "linear CKA". */
	readonly quantity: string;
	/** Fixed for all panels, so that figures compare. Values beyond it take the colour of its end. */
	readonly scale: { readonly colours: "magma" | "viridis"; readonly from: number; readonly to: number };
	readonly panels: readonly HeatMapPanel[];
}

export interface HeatMapPanel {
	readonly title: string;
	/** Drawn upwards from the lower left. */
	readonly rows: Axis;
	/** Drawn to the right from the lower left. */
	readonly columns: Axis;
	/** values[row][column]; null where there is none. */
	readonly values: readonly (readonly (number | null)[])[];
	/** Of each value; null where it is not known. */
	readonly standardErrors: readonly (readonly (number | null)[])[];
}

/** An axis of steps in their order: layers from input to output, tokens. */
export interface Axis {
	/** What stands beside it: "ViT-S layers, by block". */
	readonly title: string;
	/** One name a step: "blocks.0.mlp". */
	readonly steps: readonly string[];
	/** Runs of steps that belong together: blocks of a ViT, stages of a CNN. */
	readonly groups: readonly StepGroup[];
}

/** Steps [start, end). */
export interface StepGroup {
	/** Short, for the axis: "3". */
	readonly label: string;
	/** By itself, for tables: "block 3". */
	readonly name: string;
	readonly start: number;
	readonly end: number;
}

/** One or more panels of lines with bands. */
export interface LinesSpec {
	readonly kind: "lines";
	/** "ranks" are 1, 2, ... of points in their order, "values" any numbers from `from` on, 0 unless told, to the panel's largest. */
	readonly x: { readonly title: string; readonly scale: "ranks" | "values"; readonly from?: number };
	/** The axis starts at `from`, 0 unless told, and ends at `to`, or at the largest value. */
	readonly y: { readonly title: string; readonly from?: number; readonly to: number | null };
	/** What the series are, in one word: "block". */
	readonly seriesName: string;
	/** What the maps of the points tell, where they have such: "mean attention weight". */
	readonly mapQuantity?: string;
	readonly panels: readonly LinesPanel[];
}

export interface LinesPanel {
	readonly title: string;
	/** Ends of its axes where those of the figure would press its lines together. */
	readonly ends?: { readonly x?: AxisEnds; readonly y?: AxisEnds };
	readonly series: readonly Series[];
	/** Horizontal lines to compare with. */
	readonly references: readonly { readonly label: string; readonly y: number }[];
}

export interface AxisEnds {
	readonly from: number;
	/** Left out, the largest value. */
	readonly to?: number;
}

export interface Series {
	readonly label: string;
	/** Drawn at first; the others can be switched on. */
	readonly shown: boolean;
	readonly points: readonly Point[];
}

export interface Point {
	readonly x: number;
	readonly y: number;
	/** Half the height of the band, in the unit of y; null where it is not known. */
	readonly standardError: number | null;
	/** 95 % interval, for values whose error is told so: the band in place of that of a standard error. */
	readonly interval?: readonly [low: number, high: number];
	/** What the point is: "head 2". */
	readonly name: string;
	/** What it looks like in an image, shown beside the chart: [row][column], the image's upper left first. */
	readonly map?: readonly (readonly number[])[];
}

/** Small pictures of places in an image: a row of them a panel. */
export interface MapsSpec {
	readonly kind: "maps";
	/** What a cell's value is, with its unit: "linear CKA of the token with the patch". */
	readonly quantity: string;
	readonly colours: "magma" | "viridis" | "greys";
	/**
	 * Values at the ends of the colours. "map": each map from its own least to its own largest value; "zeroToMap": from 0 to
	 * its own largest. The ends are told beside the map.
	 */
	readonly scale: { readonly from: number; readonly to: number } | "map" | "zeroToMap";
	/** "root": colours go by the square root of the values, so that faint ones are seen; else by the values themselves. */
	readonly shades?: "root";
	/** What a map is of, in one word: "token", "layer". */
	readonly mapName: string;
	readonly panels: readonly MapsPanel[];
}

export interface MapsPanel {
	readonly title: string;
	/** In the order in which they stand, left to right: tokens, or layers from input to output. */
	readonly maps: readonly PictureMap[];
	/** [rows, columns] of the places whose maps these are, row by row; left out where they are of no such places. */
	readonly places?: readonly [rows: number, columns: number];
}

export interface PictureMap {
	/** "token (2, 1)", "attention 3". */
	readonly label: string;
	/** Drawn at first; the others are reached by a slider, or by their places. */
	readonly shown: boolean;
	/** values[row][column], the image's upper left first; null where there is none. */
	readonly values: readonly (readonly (number | null)[])[];
	/** The cell that the map is about, framed; null where there is none. */
	readonly mark: { readonly row: number; readonly column: number } | null;
	/** Numbers of the whole map, told beside it: "own patch largest", "r50 = 12 px"; "" for none. */
	readonly note: string;
}
