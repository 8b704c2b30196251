/** The legend of a heat map: its colours from dark to bright with the numbers they stand for. */
import type { HeatMapSpec } from "../../src/report/figureSpec.ts";
import { colourAt } from "./colourMap.ts";
import type { Theme } from "./theme.ts";

export const colourBarHeight = 40;

/** Draws the bar, its numbers and its quantity, centred in [left, left + width], from `top` down. */
export function drawColourBar(
	context: CanvasRenderingContext2D,
	spec: HeatMapSpec,
	theme: Theme,
	{ left, top, width }: { left: number; top: number; width: number },
): void {
	const { colours, from, to } = spec.scale;
	context.font = `12px ${theme.font}`;
	// The quantity stands before the bar; half of the last number reaches beyond it.
	const before = context.measureText(spec.quantity).width + 14;
	const length = Math.min(280, width - before - 16);
	const start = left + (width - length + before) / 2 - 8;
	const thickness = 11;
	const gradient = context.createLinearGradient(start, 0, start + length, 0);
	for (let step = 0; step <= 51; step++) {
		const [red, green, blue] = colourAt(colours, step / 51);
		gradient.addColorStop(step / 51, `rgb(${red}, ${green}, ${blue})`);
	}
	context.fillStyle = gradient;
	context.fillRect(start, top + 2, length, thickness);
	context.strokeStyle = theme.muted;
	context.lineWidth = 0.75;
	context.strokeRect(start, top + 2, length, thickness);
	context.fillStyle = theme.ink;
	context.textBaseline = "top";
	context.textAlign = "center";
	for (const share of [0, 0.25, 0.5, 0.75, 1])
		context.fillText(String(from + (to - from) * share), start + share * length, top + thickness + 8);
	context.fillStyle = theme.muted;
	context.textBaseline = "middle";
	context.textAlign = "right";
	context.fillText(spec.quantity, start - 14, top + 2 + thickness / 2);
}
