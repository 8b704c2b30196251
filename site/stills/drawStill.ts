/**
 * A figure as a still image, drawn without a browser by the same configurations as in one: for readers without
 * JavaScript, for READMEs and for print. Panels stand in rows, a heat map's colour bar and a line on the images below.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
	type Canvas,
	createCanvas,
	GlobalFonts,
	PDFDocument,
	type SKRSContext2D,
	type SvgCanvas,
	SvgExportFlag,
} from "@napi-rs/canvas";
import { Chart, type Plugin } from "chart.js";
import type { FigureSpec } from "../../src/report/figureSpec.ts";
import { colourBarHeight, colourBarOf, drawColourBar } from "../charts/colourBar.ts";
import { configOf, type Layout, layoutOf } from "../charts/configOf.ts";
import type { CreateCanvas } from "../charts/panel.ts";
import { fontFamily, type Theme } from "../charts/theme.ts";
import { composeSvg, type Drawing } from "./svg.ts";

export interface StillText {
	/** Prefix of ids inside the SVG. */
	readonly id: string;
	/** What a reader who cannot see it is told. */
	readonly title: string;
	/** Printed small below: images, seed, where from. */
	readonly footer: string;
}

const margin = 12;
const footerHeight = 26;
/** So that the footer has room below a single panel. */
const leastWidth = 540;

/** The size of a figure's stills in CSS pixels. */
export function stillSize(spec: FigureSpec): { width: number; height: number } {
	const { across, layout, rowHeights } = rowsOf(spec);
	const bar = colourBarOf(spec) === null ? 0 : colourBarHeight;
	return {
		width: Math.max(leastWidth, across * layout.width + 2 * margin),
		height: total(rowHeights) + bar + footerHeight + margin,
	};
}

/** A row of panels is as high as the highest of them. */
function rowsOf(spec: FigureSpec): { across: number; layout: Layout; rowHeights: readonly number[] } {
	const layout = layoutOf(spec);
	const across = Math.min(layout.columns, spec.panels.length);
	const rows = Array.from({ length: Math.ceil(spec.panels.length / across) }, (_, row) => row * across);
	return { across, layout, rowHeights: rows.map((first) => Math.max(...layout.heights.slice(first, first + across))) };
}

function total(heights: readonly number[]): number {
	return heights.reduce((sum, height) => sum + height, 0);
}

/** Twice the size of `stillSize`, for print and dense screens. */
export function drawPng(spec: FigureSpec, theme: Theme, text: StillText): Buffer {
	const { width, height } = stillSize(spec);
	const density = 2;
	const canvas = createCanvas(width * density, height * density);
	const context = canvas.getContext("2d");
	context.scale(density, density);
	drawFrame(asBrowserContext(context), spec, theme, text);
	drawPanels(spec, theme, density, createBitmap, (panel, { left, top, width: inner, height: tall }) =>
		context.drawImage(panel, left, top, inner, tall),
	);
	return canvas.toBuffer("image/png");
}

/**
 * For LaTeX: one page of the size of `stillSize`, a point a pixel, of lines and letters, with the letters inside. The
 * cells of a matrix are an image of one pixel each, without smoothing.
 */
export function drawPdf(spec: FigureSpec, theme: Theme, text: StillText): Buffer {
	const { width, height } = stillSize(spec);
	// No dates, so that the same figure is the same file.
	const document = new PDFDocument({ title: text.title, subject: text.footer, creator: "Sightline" });
	// A context of the library's own, though its types name the browser's.
	const context = document.beginPage(width, height) as unknown as SKRSContext2D;
	drawFrame(asBrowserContext(context), spec, theme, text);
	// A canvas remembers how it was drawn, until it is asked for its pixels.
	drawPanels(spec, theme, 1, createBitmap, (panel, { left, top }) => context.drawCanvas(panel, left, top));
	document.endPage();
	return document.close();
}

/** With its letters inside, below 100 kB for what reports draw. */
export function drawSvg(spec: FigureSpec, theme: Theme, text: StillText): string {
	const { width, height } = stillSize(spec);
	const createSvg = (across: number, down: number) => createCanvas(across, down, SvgExportFlag.RelativePathEncoding);
	const frame = createSvg(width, height);
	drawFrame(asBrowserContext(frame.getContext("2d")), spec, theme, text);
	const drawings: readonly Drawing[] = [
		{ svg: frame.getContent().toString(), left: 0, top: 0, width, height },
		...drawPanels(spec, theme, 1, createSvg, (panel, place) => ({ svg: panel.getContent().toString(), ...place })),
	];
	return composeSvg(drawings, { id: text.id, title: text.title, width, height, font: fontFile() });
}

/** Paper, colour bar and footer. */
function drawFrame(context: CanvasRenderingContext2D, spec: FigureSpec, theme: Theme, { footer }: StillText): void {
	registerFonts();
	plainLetters(context);
	const { width, height } = stillSize(spec);
	context.fillStyle = theme.paper;
	context.fillRect(0, 0, width, height);
	const bottom = height - footerHeight;
	const bar = colourBarOf(spec);
	if (bar !== null)
		drawColourBar(context, bar, theme, { left: margin, top: bottom - colourBarHeight, width: width - 2 * margin });
	context.font = `11px ${theme.font}`;
	context.fillStyle = theme.muted;
	context.textAlign = "right";
	context.textBaseline = "middle";
	// Squeezed rather than cut off.
	context.fillText(footer, width - margin, bottom + footerHeight / 2, width - 2 * margin);
}

/** Draws each panel on a canvas of its own, which `take` reads before the chart is let go of. */
function drawPanels<Target extends Canvas | SvgCanvas, Taken>(
	spec: FigureSpec,
	theme: Theme,
	density: number,
	createTarget: (width: number, height: number) => Target,
	take: (panel: Target, place: Omit<Drawing, "svg">) => Taken,
): Taken[] {
	const { across, layout, rowHeights } = rowsOf(spec);
	const { width } = layout;
	const start = (stillSize(spec).width - across * width) / 2;
	return configOf(spec, theme, createBrowserCanvas).map((config, index) => {
		const height = layout.heights[index] ?? 0;
		const canvas = createTarget(width, height);
		// Chart.js asks of a canvas what this library's has; its types name the browser's.
		const chart = new Chart(canvas as unknown as HTMLCanvasElement, {
			...config,
			plugins: [...(config.plugins ?? []), plainLettersPlugin],
			options: { ...config.options, devicePixelRatio: density },
		});
		const left = start + (index % across) * width;
		const top = margin / 2 + total(rowHeights.slice(0, Math.floor(index / across)));
		const taken = take(canvas, { left, top, width, height });
		chart.destroy();
		return taken;
	});
}

/** No alternates of letters by their neighbours ("T-S"): drawn they are, but they go missing in the text of an SVG. */
function plainLetters(context: CanvasRenderingContext2D): void {
	// A property of this library's contexts.
	Object.assign(context, { fontFeatureSettings: '"calt" 0' });
}
const plainLettersPlugin: Plugin<"scatter"> = { id: "plainLetters", beforeDraw: ({ ctx }) => plainLetters(ctx) };

const createBitmap = (width: number, height: number) => createCanvas(width, height);

// The library's canvases and contexts do all that charts ask of a browser's, without sharing their types.
const createBrowserCanvas: CreateCanvas = (width, height) =>
	createCanvas(width, height) as unknown as HTMLCanvasElement;
const asBrowserContext = (context: unknown) => context as CanvasRenderingContext2D;

let registered = false;

/** Figures look the same on every machine: they are drawn with the letters that the site ships. */
function registerFonts(): void {
	if (!registered) GlobalFonts.register(fontFile(), fontFamily);
	registered = true;
}

function fontFile(): Buffer {
	const require = createRequire(import.meta.url);
	return readFileSync(require.resolve("@fontsource/inter/files/inter-latin-400-normal.woff2"));
}
