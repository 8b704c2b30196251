/**
 * <sightline-figure src="figure.json">: a live figure on any page, from one script. What stands inside the element (a
 * still image) is shown until the chart is drawn, and stays where that fails. It draws on sight, follows the page's
 * dark mode unless `theme` is "light" or "dark", and loads nothing but its data and its letters.
 */
import { Chart } from "chart.js";
import type { FigureSpec, LinesSpec } from "../../src/report/figureSpec.ts";
import { type ColourBar, colourBarHeight, colourBarOf, drawColourBar } from "../charts/colourBar.ts";
import { configOf, layoutOf } from "../charts/configOf.ts";
import type { CreateCanvas } from "../charts/panel.ts";
import { fontFamily, type Theme, themes } from "../charts/theme.ts";
import type { ChartFile } from "../pages/figureFile.ts";

const style = `
:host { display: block; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, var(--least)), 1fr)); gap: 4px; justify-items: center; }
.panel { position: relative; width: 100%; max-width: var(--most); aspect-ratio: var(--aspect); }
.panel canvas { position: absolute; inset: 0; }
.bar { display: block; max-width: 100%; height: auto; margin: 4px auto 0; }
fieldset { border: 0; margin: 8px 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 14px; justify-content: center; font: 13px/1.6 ${fontFamily}, sans-serif; }
legend { float: left; padding: 0; margin-right: 4px; }
label { display: inline-flex; align-items: center; gap: 5px; }
`;

class SightlineFigure extends HTMLElement {
	static observedAttributes = ["src", "theme"];
	#charts: Chart[] = [];
	#file: ChartFile | null = null;
	/** Labels of series that the reader switched on or off. */
	readonly #switched = new Map<string, boolean>();
	readonly #dark = matchMedia("(prefers-color-scheme: dark)");
	readonly #redraw = () => this.#draw();
	readonly #sight = new IntersectionObserver((entries) => {
		if (entries.some((entry) => entry.isIntersecting)) void this.load();
	});

	constructor() {
		super();
		this.attachShadow({ mode: "open" }).innerHTML = `<style>${style}</style><slot></slot>`;
	}

	connectedCallback(): void {
		this.#dark.addEventListener("change", this.#redraw);
		this.#sight.observe(this);
	}

	disconnectedCallback(): void {
		this.#dark.removeEventListener("change", this.#redraw);
		this.#sight.disconnect();
		this.#clear();
	}

	attributeChangedCallback(name: string): void {
		if (name === "theme") this.#draw();
		else if (this.#file !== null) void this.load();
	}

	/** Reads the data and draws it; the still stays where either fails. */
	async load(): Promise<void> {
		this.#sight.disconnect();
		try {
			await loadLetters();
			const answer = await fetch(new URL(this.getAttribute("src") ?? "", document.baseURI));
			if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
			const file = (await answer.json()) as ChartFile;
			if (file.format !== 1) throw new Error(`a figure of format ${file.format}, this element reads format 1`);
			this.#file = file;
			this.#draw();
		} catch (error) {
			console.warn("sightline-figure:", error);
		}
	}

	#draw(): void {
		const file = this.#file;
		const root = this.shadowRoot;
		if (file === null || root === null || !this.isConnected) return;
		this.#clear();
		const spec = withSwitched(file.spec, this.#switched);
		const theme = this.#theme();
		const { width, height } = layoutOf(spec);
		const panels = document.createElement("div");
		panels.className = "panels";
		panels.style.setProperty("--least", `${Math.round(width * 0.8)}px`);
		panels.style.setProperty("--most", `${Math.round(width * 1.3)}px`);
		panels.style.setProperty("--aspect", `${width} / ${height}`);
		const sheet = document.createElement("style");
		sheet.textContent = style;
		const canvases = spec.panels.map(({ title }) => {
			const canvas = document.createElement("canvas");
			canvas.setAttribute("role", "img");
			canvas.setAttribute("aria-label", `${title}: ${file.alt}`);
			const panel = document.createElement("div");
			panel.className = "panel";
			panel.append(canvas);
			panels.append(panel);
			return canvas;
		});
		// All panels stand in the page, at their sizes, before the first chart asks for its own.
		root.replaceChildren(sheet, panels);
		const configs = configOf(spec, theme, createElementCanvas);
		this.#charts = canvases.flatMap((canvas, index) => {
			const config = configs[index];
			if (config === undefined) return [];
			const options = { ...config.options, responsive: true, maintainAspectRatio: false };
			return [new Chart(canvas, { ...config, options })];
		});
		const bar = colourBarOf(spec);
		if (bar !== null) root.append(colourBar(bar, theme, Math.min(this.clientWidth, 480)));
		if (spec.kind === "lines") root.append(this.#switches(spec, theme));
	}

	/** A box for each series, since a legend on a canvas is out of a keyboard's reach. */
	#switches(spec: LinesSpec, theme: Theme): HTMLElement {
		const fieldset = document.createElement("fieldset");
		fieldset.style.color = theme.ink;
		const legend = document.createElement("legend");
		legend.textContent = `Show each ${spec.seriesName}:`;
		fieldset.append(legend);
		const labels = [...new Set(spec.panels.flatMap(({ series }) => series.map((item) => item.label)))];
		for (const label of labels) {
			const box = document.createElement("input");
			box.type = "checkbox";
			box.checked = spec.panels.some(({ series }) => series.some((item) => item.label === label && item.shown));
			box.addEventListener("change", () => {
				this.#switched.set(label, box.checked);
				this.#draw();
				// The boxes are new ones now: the keyboard shall stay where it was.
				this.shadowRoot?.querySelector<HTMLInputElement>(`input[data-label="${CSS.escape(label)}"]`)?.focus();
			});
			box.dataset.label = label;
			const text = document.createElement("label");
			text.append(box, label);
			fieldset.append(text);
		}
		return fieldset;
	}

	#theme(): Theme {
		const name = this.getAttribute("theme") ?? (this.#dark.matches ? "dark" : "light");
		return name === "dark" ? themes.dark : themes.light;
	}

	#clear(): void {
		for (const chart of this.#charts) chart.destroy();
		this.#charts = [];
	}
}

function withSwitched(spec: FigureSpec, switched: ReadonlyMap<string, boolean>): FigureSpec {
	if (spec.kind !== "lines") return spec;
	return {
		...spec,
		panels: spec.panels.map((panel) => ({
			...panel,
			series: panel.series.map((series) => ({ ...series, shown: switched.get(series.label) ?? series.shown })),
		})),
	};
}

function colourBar(bar: ColourBar, theme: Theme, width: number): HTMLCanvasElement {
	const density = devicePixelRatio;
	const canvas = createElementCanvas(width * density, colourBarHeight * density);
	canvas.className = "bar";
	canvas.style.width = `${width}px`;
	canvas.setAttribute("role", "img");
	canvas.setAttribute("aria-label", `Colours of ${bar.quantity}, from ${bar.labels[0]} to ${bar.labels.at(-1)}`);
	const context = canvas.getContext("2d");
	if (context === null) return canvas;
	context.scale(density, density);
	context.fillStyle = theme.paper;
	context.fillRect(0, 0, width, colourBarHeight);
	drawColourBar(context, bar, theme, { left: 0, top: 0, width });
	return canvas;
}

const createElementCanvas: CreateCanvas = (width, height) =>
	Object.assign(document.createElement("canvas"), { width, height });

let letters: Promise<unknown> | undefined;

/** From beside this script, so that a foreign page shows the same letters; without them it draws all the same. */
function loadLetters(): Promise<unknown> {
	letters ??= new FontFace(fontFamily, `url(${new URL("inter-latin-400-normal.woff2", import.meta.url)})`)
		.load()
		.then((face) => document.fonts.add(face))
		.catch(() => undefined);
	return letters;
}

if (customElements.get("sightline-figure") === undefined) customElements.define("sightline-figure", SightlineFigure);
