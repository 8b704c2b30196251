/** The legend of pictures of values: their colours from the least to the largest with the numbers they stand for. */
import type { FigureSpec, MapsSpec } from "../../src/report/figureSpec.ts";
import { type ColourMapName, colourAt } from "./colourMap.ts";
import type { Theme } from "./theme.ts";

export const colourBarHeight = 40;

export interface ColourBar {
	readonly quantity: string;
	readonly colours: ColourMapName;
	/** Below the bar at even distances, the first and last at its ends. */
	readonly labels: readonly string[];
}

/** null for a figure without colours that stand for values */
export function colourBarOf(spec: FigureSpec): ColourBar | null {
	if (spec.kind === "lines") return null;
	const { quantity, scale } = spec;
	const colours = spec.kind === "maps" ? spec.colours : spec.scale.colours;
	if (typeof scale === "string") {
		const [least, largest] = endsOf(scale);
		// By the root, the middle of the colours is a quarter of the way.
		const middle = spec.kind === "maps" && spec.shades === "root" ? ["¼"] : [];
		return { quantity, colours, labels: [least, ...middle, largest] };
	}
	const labels = [0, 0.25, 0.5, 0.75, 1].map((share) => {
		const value = scale.from + (scale.to - scale.from) * share;
		return String(Number(value.toPrecision(3)));
	});
	return { quantity, colours, labels };
}

function endsOf(scale: Extract<MapsSpec["scale"], string>): [least: string, largest: string] {
	return scale === "map" ? ["least of its map", "largest of its map"] : ["0", "largest of its map"];
}

/** Draws the bar, its numbers and its quantity, centred in [left, left + width], from `top` down. */
export function drawColourBar(
	context: CanvasRenderingContext2D,
	{ quantity, colours, labels }: ColourBar,
	theme: Theme,
	{ left, top, width }: { left: number; top: number; width: number },
): void {
	context.font = `12px ${theme.font}`;
	// The quantity stands before the bar; half of the last number reaches beyond it.
	const before = context.measureText(quantity).width + 14;
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
	context.textAlign = "left";
	const widthOf = (label: string) => context.measureText(label).width;
	placed(labels, length, widthOf).forEach(({ label, left: at }) => {
		context.fillText(label, start + at, top + thickness + 8);
	});
	context.fillStyle = theme.muted;
	context.textBaseline = "middle";
	context.textAlign = "right";
	context.fillText(quantity, start - 14, top + 2 + thickness / 2);
}

/**
 * Labels with their left ends along a bar: numbers stand centred below their places, words at an end inside of it. Where two
 * would run into each other, their first words stand for them; where those would, the ends alone are told.
 */
export function placed(
	labels: readonly string[],
	length: number,
	widthOf: (label: string) => number,
): { readonly label: string; readonly left: number }[] {
	const first = labels.map((label) => label.split(" ")[0] ?? "");
	const tries = [labels, first].map((all) =>
		all.map((label, at) => place(label, at / (all.length - 1), length, widthOf)),
	);
	const found = tries.find((all) => all.every(({ left }, at) => left >= (all[at - 1]?.right ?? -length) + gap));
	return found ?? (tries[1] ?? []).filter((_, at, { length: count }) => at === 0 || at === count - 1);
}

/** Between two labels, pixels. */
const gap = 4;

function place(label: string, share: number, length: number, widthOf: (label: string) => number) {
	const width = widthOf(label);
	// Words at an end stand inside of it.
	const isInside = Number.isNaN(Number(label)) && (share === 0 || share === 1);
	const left = share * length - (isInside ? share * width : width / 2);
	return { label, left, right: left + width };
}
