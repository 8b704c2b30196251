/** A matrix as an image of one pixel a cell, to be drawn larger without smoothing. */
import { type ColourMapName, colourAt } from "./colourMap.ts";
import type { CreateCanvas } from "./panel.ts";
import type { Theme } from "./theme.ts";

/** Which colours stand for which values; beyond either end, that end's colour. */
export interface CellColours {
	readonly colours: ColourMapName;
	readonly from: number;
	readonly to: number;
	/** By the square root of the share of the way from one to the other, in place of the share. */
	readonly root?: boolean;
}

/** @param values [rows][columns], the first row at the top; null takes the colour of what is missing */
export function paintCells(
	values: readonly (readonly (number | null)[])[],
	{ colours, from, to, root = false }: CellColours,
	theme: Theme,
	createCanvas: CreateCanvas,
): HTMLCanvasElement {
	const canvas = createCanvas(values[0]?.length ?? 0, values.length);
	const context = canvas.getContext("2d");
	if (context === null) throw new Error("this canvas has no 2d context");
	values.forEach((row, index) => {
		row.forEach((value, column) => {
			// Where all values are one, that one is the end's.
			const share = value === null ? null : to > from ? (value - from) / (to - from) : 0;
			const [red, green, blue] = share === null ? [] : colourAt(colours, root ? Math.sqrt(Math.max(0, share)) : share);
			context.fillStyle = red === undefined ? theme.missing : `rgb(${red}, ${green}, ${blue})`;
			context.fillRect(column, index, 1, 1);
		});
	});
	return canvas;
}
