/** Small pictures of places in an image: values in, Chart.js configurations out. */
import type { Chart, Plugin } from "chart.js";
import type { MapsPanel, MapsSpec, PictureMap } from "../../src/report/figureSpec.ts";
import { type CellColours, paintCells } from "./cells.ts";
import { rounded } from "./numbers.ts";
import { type CreateCanvas, type PanelConfiguration, still } from "./panel.ts";
import { paperPlugin } from "./paperPlugin.ts";
import type { Theme } from "./theme.ts";
import { titleHeight, titlePlugin } from "./titlePlugin.ts";
import type { Place, Walk } from "./walk.ts";

/** Maps side by side at most, and the place that each takes, pixels: its picture, and the lines of text below it. */
const mostAcross = 6;
const place = { side: 104, gap: 12, text: 48 } as const;
/** Below this share of their size there is no room for notes; the tables have them. */
const leastScaleOfNotes = 0.8;
/** What a map's label takes at any size, and the least height that is left for the map; pixels. */
const labelHeight = 14;
const leastSide = 28;

/** All panels are as wide as the one with the most maps, each as high as its own rows. */
export function mapsLayout({ panels }: MapsSpec) {
	const counts = panels.map((panel) => Math.max(1, shownMaps(panel).length));
	const across = Math.min(mostAcross, Math.max(1, ...counts));
	const width = across * (place.side + place.gap) + place.gap;
	const rows = counts.map((count) => Math.ceil(count / across));
	return {
		columns: width <= 360 ? 2 : 1,
		width,
		heights: rows.map((count) => titleHeight + count * (place.side + place.text)),
		leastHeights: rows.map((count) => titleHeight + count * (leastSide + labelHeight)),
	};
}

export function mapsConfigs(spec: MapsSpec, theme: Theme, createCanvas: CreateCanvas): PanelConfiguration[] {
	const { width } = mapsLayout(spec);
	return spec.panels.map((panel) => ({
		type: "scatter",
		// One point that nobody sees, for the tooltip to hold on to.
		data: { datasets: [{ data: [{ x: 0, y: 0 }], pointRadius: 0, pointHoverRadius: 0 }] },
		plugins: [
			paperPlugin(theme.paper),
			mapsPlugin(spec, panel, theme, createCanvas, width),
			titlePlugin(panel.title, theme),
		],
		options: {
			...still,
			layout: { padding: { top: titleHeight } },
			interaction: { mode: "nearest", intersect: false },
			scales: { x: { display: false, min: 0, max: 1 }, y: { display: false, min: 0, max: 1 } },
			plugins: {
				legend: { display: false },
				tooltip: {
					displayColors: false,
					titleFont: { family: theme.font },
					bodyFont: { family: theme.font },
					callbacks: {
						title: () => "",
						label: ({ chart }) => {
							const cell = pointed.get(chart);
							return cell === undefined ? [] : mapLines(spec, panel, cell);
						},
					},
				},
			},
		},
	}));
}

/** Those that stand in the picture; the others are shown when they are asked for. */
export function shownMaps({ maps }: MapsPanel): PictureMap[] {
	return maps.filter(({ shown }) => shown);
}

/** Which cell the pointer is on, of each chart; its part counts the maps shown. */
const pointed = new WeakMap<Chart, Place>();

/** From cell to cell of the maps that are drawn. */
export function mapsWalk(spec: MapsSpec, panel: MapsPanel): Walk {
	const { width } = mapsLayout(spec);
	const maps = shownMaps(panel);
	return {
		parts: maps.map(({ values }) => values.map((row) => row.length)),
		upwards: false,
		text: (place) => mapLines(spec, panel, place).join(", "),
		aim(chart, place) {
			if (maps[place.part] === undefined) return null;
			return { datasetIndex: 0, index: 0, ...pointAt(chart, width, maps, place) };
		},
		under: (chart) => pointed.get(chart) ?? null,
	};
}

/** What the tooltip says of a cell. */
export function mapLines({ quantity }: MapsSpec, panel: MapsPanel, { part, row, column }: Place): string[] {
	const picture = shownMaps(panel)[part];
	const value = picture?.values[row]?.[column] ?? null;
	return [
		picture?.label ?? "",
		`row ${row}, column ${column}`,
		`${quantity} ${value === null ? "no value" : significant(value)}`,
	];
}

/** From which value to which a map's colours run. */
export function mapRange({ scale, colours, shades }: MapsSpec, { values }: PictureMap): CellColours {
	const root = shades === "root";
	if (typeof scale !== "string") return { colours, root, ...scale };
	const found = values.flat().filter((value) => value !== null);
	const to = found.length === 0 ? 0 : Math.max(...found);
	return { colours, root, from: scale === "map" && found.length > 0 ? Math.min(...found) : 0, to };
}

/** Draws the maps in rows and moves the invisible point to the cell under the pointer. */
function mapsPlugin(
	spec: MapsSpec,
	panel: MapsPanel,
	theme: Theme,
	createCanvas: CreateCanvas,
	fullWidth: number,
): Plugin<"scatter"> {
	const maps = shownMaps(panel);
	const images = maps.map((map) => paintCells(map.values, mapRange(spec, map), theme, createCanvas));
	return {
		id: "maps",
		beforeDatasetsDraw(chart) {
			const { ctx } = chart;
			ctx.save();
			ctx.imageSmoothingEnabled = false;
			ctx.textAlign = "center";
			ctx.textBaseline = "top";
			maps.forEach((map, index) => {
				const image = images[index];
				const { x, y, side, scale } = cornerOf(chart, fullWidth, maps.length, index);
				if (image === undefined) return;
				ctx.drawImage(image, x, y, side, side);
				ctx.strokeStyle = theme.muted;
				ctx.lineWidth = 0.5;
				ctx.strokeRect(x, y, side, side);
				frameMark(ctx, map, { x, y, side }, theme);
				ctx.font = `${Math.min(15, Math.max(9, 12 * scale))}px ${theme.font}`;
				ctx.fillStyle = theme.ink;
				// Squeezed rather than run into its neighbour.
				ctx.fillText(map.label, x + side / 2, y + side + 3 * scale, side + (place.gap - 2) * scale);
				if (scale < leastScaleOfNotes) return;
				ctx.font = `${Math.min(13, 10.5 * scale)}px ${theme.font}`;
				ctx.fillStyle = theme.muted;
				notesOf(spec, map).forEach((line, at) => {
					ctx.fillText(line, x + side / 2, y + side + (18 + 13 * at) * scale, side + place.gap - 2);
				});
			});
			ctx.restore();
		},
		beforeEvent(chart, { event: { x, y } }) {
			if (x === null || y === null) return;
			maps.forEach((map, index) => {
				const corner = cornerOf(chart, fullWidth, maps.length, index);
				const [across, down] = [(x - corner.x) / corner.side, (y - corner.y) / corner.side];
				if (!(across >= 0 && across < 1 && down >= 0 && down < 1)) return;
				const [rows, columns] = [map.values.length, map.values[0]?.length ?? 0];
				const cell = { part: index, row: Math.floor(down * rows), column: Math.floor(across * columns) };
				pointAt(chart, fullWidth, maps, cell);
			});
		},
	};
}

/**
 * Left upper corner and side of a map, and the scale of the whole. The rows share the height that the title leaves, since
 * letters do not get smaller with the maps.
 */
function cornerOf({ chartArea: { left, top, width, height } }: Chart, fullWidth: number, count: number, index: number) {
	const scale = width / fullWidth;
	const across = Math.min(mostAcross, Math.max(1, Math.floor((fullWidth - place.gap) / (place.side + place.gap))));
	const rowHeight = height / Math.ceil(count / across);
	const side = Math.min(place.side * scale, Math.max(1, rowHeight - labelHeight));
	const cell = (place.side + place.gap) * scale;
	const x = left + place.gap * scale + (index % across) * cell + (place.side * scale - side) / 2;
	return { x, y: top + Math.floor(index / across) * rowHeight, side, scale };
}

/** Moves the chart's point to a cell of a map; where that is, in pixels. */
function pointAt(chart: Chart, fullWidth: number, maps: readonly PictureMap[], cell: Place): { x: number; y: number } {
	const corner = cornerOf(chart, fullWidth, maps.length, cell.part);
	const values = maps[cell.part]?.values ?? [];
	const x = corner.x + ((cell.column + 0.5) / (values[0]?.length ?? 1)) * corner.side;
	const y = corner.y + ((cell.row + 0.5) / values.length) * corner.side;
	Object.assign(chart.getDatasetMeta(0).data[0] ?? {}, { x, y });
	pointed.set(chart, cell);
	return { x, y };
}

/** Two lines, so that the frame is seen on any colour. */
function frameMark(
	context: CanvasRenderingContext2D,
	{ mark, values }: PictureMap,
	{ x, y, side }: { readonly x: number; readonly y: number; readonly side: number },
	theme: Theme,
): void {
	if (mark === null) return;
	const [width, height] = [side / (values[0]?.length ?? 1), side / values.length];
	const frame = [x + mark.column * width, y + mark.row * height, width, height] as const;
	for (const [colour, thickness] of [
		["#000000", 3],
		["#ffffff", 1.25],
	] as const) {
		context.strokeStyle = colour;
		context.lineWidth = thickness;
		context.strokeRect(...frame);
	}
	context.strokeStyle = theme.muted;
}

/** The range of a map's colours where that is its own, and its own note: a line each. */
export function notesOf(spec: MapsSpec, map: PictureMap): string[] {
	const { from, to } = mapRange(spec, map);
	const range = spec.scale === "map" ? `${significant(from)} to ${significant(to)}` : "";
	return [range, map.note].filter((line) => line !== "");
}

/** Three significant digits: the values of maps may be small. */
function significant(value: number): string {
	if (value === 0) return "0";
	const digits = Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))));
	return rounded(value, digits);
}
