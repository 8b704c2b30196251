/** A figure's panels on canvases, whose values are reached with the pointer and with the keyboard. */
import { Chart } from "chart.js";
import type { FigureSpec } from "../../src/report/figureSpec.ts";
import { configOf, layoutOf } from "../charts/configOf.ts";
import type { CreateCanvas } from "../charts/panel.ts";
import type { Theme } from "../charts/theme.ts";
import { firstPlace, moved, type Place, type Walk } from "../charts/walk.ts";
import { walksOf } from "../charts/walkOf.ts";

export interface LivePanelsOptions {
	readonly theme: Theme;
	/** What a reader who cannot see it is told. */
	readonly alt: string;
	/** The pointer or the keyboard is on a value. */
	readonly onPlace?: (panel: number, place: Place) => void;
	/** A value was clicked, or Enter was pressed on it. */
	readonly onChoose?: (panel: number, place: Place) => void;
}

export interface LivePanels {
	/** To be put into a page before `draw`. */
	readonly element: HTMLElement;
	/** Draws the charts at the sizes that their places have in the page. */
	draw(): void;
	destroy(): void;
}

export function livePanels(spec: FigureSpec, options: LivePanelsOptions): LivePanels {
	const { columns, width, heights, leastHeights } = layoutOf(spec);
	const element = document.createElement("div");
	element.className = "panels";
	element.style.setProperty("--least", columns === 1 ? "100%" : `${Math.round(width * 0.8)}px`);
	element.style.setProperty("--most", `${Math.round(width * 1.3)}px`);
	// What is said to those who cannot see the tooltip, as the keyboard moves.
	const live = document.createElement("p");
	live.className = "quiet";
	live.setAttribute("aria-live", "polite");
	const walks = walksOf(spec);
	const canvases = spec.panels.map(({ title }, index) => {
		const canvas = document.createElement("canvas");
		const panel = document.createElement("div");
		panel.className = "panel";
		panel.style.setProperty("--aspect", `${width} / ${heights[index]}`);
		panel.style.setProperty("--least-height", `${leastHeights[index]}px`);
		panel.tabIndex = 0;
		panel.setAttribute("role", "application");
		panel.setAttribute("aria-roledescription", "chart");
		panel.setAttribute("aria-label", `${title}: ${options.alt} Arrow keys go from value to value.`);
		panel.append(canvas);
		element.append(panel);
		return canvas;
	});
	element.append(live);
	let charts: Chart[] = [];
	return {
		element,
		draw() {
			const configs = configOf(spec, options.theme, createElementCanvas);
			charts = canvases.flatMap((canvas, index) => {
				const [config, walk] = [configs[index], walks[index]];
				if (config === undefined || walk === undefined) return [];
				const chart = new Chart(canvas, {
					...config,
					options: { ...config.options, responsive: true, maintainAspectRatio: false },
				});
				followPointer(chart, canvas, walk, index, options);
				followKeys(chart, canvas, walk, index, options, live);
				return [chart];
			});
		},
		destroy() {
			for (const chart of charts) chart.destroy();
			charts = [];
		},
	};
}

export const createElementCanvas: CreateCanvas = (width, height) =>
	Object.assign(document.createElement("canvas"), { width, height });

function followPointer(
	chart: Chart,
	canvas: HTMLCanvasElement,
	walk: Walk,
	index: number,
	{ onPlace, onChoose }: LivePanelsOptions,
): void {
	const tell = (listener: LivePanelsOptions["onPlace"]) => () => {
		const place = walk.under(chart);
		if (place !== null) listener?.(index, place);
	};
	// Chart.js answers to the pointer in its own listener, in the next frame.
	canvas.addEventListener("pointermove", () => requestAnimationFrame(tell(onPlace)));
	canvas.addEventListener("click", () => requestAnimationFrame(tell(onChoose)));
}

function followKeys(
	chart: Chart,
	canvas: HTMLCanvasElement,
	walk: Walk,
	index: number,
	{ onPlace, onChoose }: LivePanelsOptions,
	live: HTMLElement,
): void {
	let place: Place | null = null;
	const show = (next: Place | null) => {
		place = next;
		const aim = next === null ? null : walk.aim(chart, next);
		const active = aim === null ? [] : [{ datasetIndex: aim.datasetIndex, index: aim.index }];
		chart.setActiveElements(active);
		chart.tooltip?.setActiveElements(active, aim ?? { x: 0, y: 0 });
		chart.render();
		live.textContent = next === null ? "" : walk.text(next);
		if (next !== null) onPlace?.(index, next);
	};
	const panel = canvas.parentElement;
	panel?.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		if (event.key === "Enter" && place !== null) onChoose?.(index, place);
		else if (event.key === "Escape" && place !== null) show(null);
		else {
			const from = place ?? firstPlace(walk);
			const next = from === null ? null : moved(walk, from, event.key);
			if (next === null) return;
			show(place === null ? from : next);
		}
		event.preventDefault();
	});
	panel?.addEventListener("blur", () => {
		if (place !== null) show(null);
	});
}
