/**
 * <sightline-figure src="figure.json">: a live figure on any page, from one script; src="#id" takes the data of a
 * <script type="application/json"> in the page itself. What stands inside the element (a still image) is shown until the
 * chart is drawn, on paper, and where drawing fails. It draws on sight, follows the page's dark mode unless `theme` is
 * "light" or "dark", and loads nothing but its data and its letters.
 */
import type { FigureSpec, LinesSpec } from "../../src/report/figureSpec.ts";
import { type ColourBar, colourBarHeight, colourBarOf, drawColourBar } from "../charts/colourBar.ts";
import { fontFamily, type Theme, themes } from "../charts/theme.ts";
import type { ChartFile } from "../pages/figureFile.ts";
import { boxes, focusBox } from "./boxes.ts";
import { chartAt } from "./chartAt.ts";
import { type Chosen, closeUp } from "./closeUp.ts";
import { type Cut, followerOf } from "./follower.ts";
import { loadLetters } from "./letters.ts";
import { createElementCanvas, type LivePanels, livePanels } from "./livePanels.ts";

const style = `
:host { display: block; }
.still { display: none; }
@media print {
	.still { display: block; }
	.still ~ * { display: none !important; }
}
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, var(--least)), 1fr)); gap: 4px; justify-items: center; }
.panel { position: relative; width: 100%; max-width: var(--most); aspect-ratio: var(--aspect); min-height: var(--least-height); }
.panel:focus-visible { outline: 2px solid currentcolor; outline-offset: 2px; }
.panel canvas { position: absolute; inset: 0; }
.bar { display: block; max-width: 100%; height: auto; margin: 4px auto 0; }
.quiet { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); }
.below { font: 13px/1.6 ${fontFamily}, sans-serif; text-align: center; }
.hint { margin: 4px 0 0; opacity: 0.75; }
fieldset { border: 0; margin: 8px 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 14px; justify-content: center; }
legend { float: left; padding: 0; margin-right: 4px; }
label { display: inline-flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 5px; }
input[type="range"] { width: min(24rem, 80vw); }
.closer { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 8px 28px; margin-top: 12px; }
.aside .panels { display: flex; flex-wrap: wrap; justify-content: center; }
.aside .panel { max-width: none; }
.close-up .panel { width: min(240px, 42vw); }
.point-map .panel { width: 190px; }
.cut .panel { width: min(100%, 640px); }
.picker { display: grid; grid-template-columns: repeat(var(--columns), 1fr); width: min(12rem, 60vw); gap: 2px; margin: 4px auto 8px; }
.picker button { aspect-ratio: 1; min-width: 0; padding: 0; border: 1px solid currentcolor; border-radius: 2px; background: none; color: inherit; opacity: 0.55; cursor: pointer; }
.picker button[aria-pressed="true"] { background: currentcolor; opacity: 1; }
`;

export class SightlineFigure extends HTMLElement {
	static observedAttributes = ["src", "theme"];
	#drawn: LivePanels[] = [];
	#file: ChartFile | null = null;
	/** Labels of series, and titles of panels, that the reader switched on or off. */
	readonly #series = new Map<string, boolean>();
	readonly #panels = new Map<string, boolean>();
	/** Whether colours of maps go by the root of the values. */
	#root = false;
	/** The row that is cut out of a heat map. */
	#cut: Cut | null = null;
	readonly #chosen: Chosen = { share: 0, down: 0, across: 0 };
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

	/** Draws this in place of what `src` names, with all that it shows at first. */
	set chart(file: ChartFile) {
		this.#cut = null;
		this.#series.clear();
		this.#panels.clear();
		void this.#show(() => file);
	}

	/** Reads the data and draws it; the still stays where either fails. */
	async load(): Promise<void> {
		const src = this.getAttribute("src");
		if (src !== null) await this.#show(() => chartAt(src));
	}

	async #show(read: () => ChartFile | Promise<ChartFile>): Promise<void> {
		this.#sight.disconnect();
		try {
			await loadLetters();
			this.#file = await read();
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
		const spec = switched(file.spec, this.#series, this.#panels, this.#root);
		const theme = this.#theme();
		const sheet = document.createElement("style");
		sheet.textContent = style;
		const still = document.createElement("slot");
		still.className = "still";
		const below = document.createElement("div");
		below.className = "below";
		below.style.color = theme.ink;
		const follower = followerOf(spec, theme, this.#cut);
		const panels = livePanels(spec, {
			theme,
			alt: file.alt,
			onPlace: (panel, place) => follower?.onPlace(panel, place),
			onChoose: (panel, place) => {
				this.#cut = { panel, row: place.row };
				follower?.onChoose(panel, place);
			},
		});
		panels.element.style.color = theme.ink;
		// All panels stand in the page, at their sizes, before the first chart asks for its own.
		root.replaceChildren(sheet, ...(this.childElementCount > 0 ? [still] : []), panels.element, below);
		panels.draw();
		this.#drawn = [panels];
		const bar = colourBarOf(spec);
		if (bar !== null) below.append(colourBar(bar, theme, Math.min(this.clientWidth, 480)));
		if (spec.kind === "lines") below.append(...this.#seriesBoxes(spec));
		if (file.spec.panels.length > 2) below.append(this.#panelBoxes(file.spec));
		if (spec.kind === "maps" && spec.scale === "zeroToMap") below.append(this.#shadesBox());
		const more = spec.kind === "maps" ? closeUp(spec, this.#chosen, theme) : follower;
		if (more === null) return;
		below.append(more.element);
		more.draw();
		this.#drawn.push(more);
	}

	/** A box for each series, since a legend on a canvas is out of a keyboard's reach; none where there is no choice. */
	#seriesBoxes({ seriesName, panels }: LinesSpec): HTMLElement[] {
		const all = panels.flatMap(({ series }) => series);
		const labels = [...new Set(all.map(({ label }) => label))];
		if (labels.length < 2) return [];
		const choices = labels.map((label) => ({ label, checked: all.some((item) => item.label === label && item.shown) }));
		return [boxes(`Show each ${seriesName}:`, choices, (label, checked) => this.#switch(this.#series, label, checked))];
	}

	/** A box for each panel, to look at any two side by side. */
	#panelBoxes({ panels }: FigureSpec): HTMLElement {
		return boxes(
			"Show:",
			panels.map(({ title }) => ({ label: title, checked: this.#panels.get(title) ?? true })),
			(title, checked) => this.#switch(this.#panels, title, checked),
		);
	}

	/** Where one place outshines all others, as the own patch does in a receptive field. */
	#shadesBox(): HTMLElement {
		const label = "bring out faint places (square root)";
		return boxes("Shades:", [{ label, checked: this.#root }], (_, checked) => {
			this.#root = checked;
			this.#redrawFrom(label);
		});
	}

	#switch(among: Map<string, boolean>, label: string, checked: boolean): void {
		among.set(label, checked);
		this.#cut = null;
		this.#redrawFrom(label);
	}

	/** With the keyboard on the box that was ticked. */
	#redrawFrom(label: string): void {
		this.#draw();
		focusBox(this.shadowRoot, label);
	}

	#theme(): Theme {
		const name = this.getAttribute("theme") ?? (this.#dark.matches ? "dark" : "light");
		return name === "dark" ? themes.dark : themes.light;
	}

	#clear(): void {
		for (const drawn of this.#drawn) drawn.destroy();
		this.#drawn = [];
	}
}

/** The figure with what is switched on; all panels where none is. */
function switched(
	spec: FigureSpec,
	series: ReadonlyMap<string, boolean>,
	panels: ReadonlyMap<string, boolean>,
	root: boolean,
): FigureSpec {
	const only = <Panel extends { readonly title: string }>(all: readonly Panel[]): readonly Panel[] => {
		const left = all.filter(({ title }) => panels.get(title) ?? true);
		return left.length === 0 ? all : left;
	};
	switch (spec.kind) {
		case "heatMap":
			return { ...spec, panels: only(spec.panels) };
		case "maps":
			return { ...spec, panels: only(spec.panels), ...(root ? { shades: "root" } : {}) };
		case "lines":
			return {
				...spec,
				panels: only(spec.panels).map((panel) => ({
					...panel,
					series: panel.series.map((item) => ({ ...item, shown: series.get(item.label) ?? item.shown })),
				})),
			};
	}
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

if (customElements.get("sightline-figure") === undefined) customElements.define("sightline-figure", SightlineFigure);
