/**
 * <sightline-pair>: any two panels of the same quantity side by side, chosen from lists and kept in the page's address.
 * What it offers stands inside it as JSON; what else is there is shown where scripts are off.
 */
import { pairOf } from "../charts/derived.ts";
import type { ChartFile } from "../pages/figureFile.ts";
import type { PairsFile } from "../pages/pairs.ts";
import { chartAt } from "./chartAt.ts";
import type { SightlineFigure } from "./sightlineFigure.ts";

type Group = PairsFile["groups"][number];
type Panel = Group["panels"][number];

class SightlinePair extends HTMLElement {
	#groups: PairsFile["groups"] = [];
	#group: Group | undefined;
	readonly #what = document.createElement("select");
	readonly #sides = [document.createElement("select"), document.createElement("select")] as const;
	readonly #figure = document.createElement("sightline-figure") as SightlineFigure;
	readonly #sources = document.createElement("p");
	/** The newest choice, which alone is drawn where an older one comes later. */
	#asked = 0;

	connectedCallback(): void {
		const text = this.querySelector("script")?.textContent;
		if (text == null) return;
		this.#groups = (JSON.parse(text) as PairsFile).groups;
		this.#sources.className = "note";
		const controls = document.createElement("p");
		controls.className = "choices screen";
		const [first, second] = this.#sides;
		for (const [name, select] of [
			["Show", this.#what],
			["of", first],
			["beside", second],
		] as const) {
			const choice = document.createElement("span");
			choice.className = "choice";
			const label = document.createElement("label");
			select.id = `pair-${name}`;
			label.htmlFor = select.id;
			label.textContent = name;
			choice.append(label, select);
			controls.append(choice);
		}
		fill(
			this.#what,
			this.#groups.map(({ what }) => what),
		);
		this.replaceChildren(controls, this.#figure, this.#sources);
		this.#what.addEventListener("change", () => this.#choose(this.#groups[this.#what.selectedIndex], 0, 1));
		for (const select of this.#sides) select.addEventListener("change", () => this.#keep());
		addEventListener("hashchange", () => this.#follow());
		this.#follow();
	}

	/**
	 * The choice that the address tells; as far as it tells none, the first panel and the one behind it. An address that leads
	 * to a place in the page changes nothing.
	 */
	#follow(): void {
		const told = new URLSearchParams(location.hash.slice(1));
		const [first, second] = [told.get("first"), told.get("second")];
		if (this.#group !== undefined && first === null && second === null) {
			this.#tell();
			return;
		}
		const group = this.#groups.find(({ panels }) => panels.some(({ label }) => label === first)) ?? this.#groups[0];
		const place = (label: string | null) => group?.panels.findIndex((panel) => panel.label === label) ?? -1;
		const left = Math.max(0, place(first));
		const right = place(second);
		this.#choose(group, left, right >= 0 ? right : (left + 1) % (group?.panels.length ?? 1));
	}

	#choose(group: Group | undefined, left: number, right: number): void {
		if (group === undefined) return;
		this.#group = group;
		this.#what.selectedIndex = this.#groups.indexOf(group);
		for (const [side, chosen] of [left, right].entries()) {
			const select = this.#sides[side];
			if (select === undefined) continue;
			fill(
				select,
				group.panels.map(({ label }) => label),
			);
			select.selectedIndex = chosen;
		}
		this.#keep();
	}

	#keep(): void {
		this.#tell();
		void this.#draw();
	}

	#tell(): void {
		const [first, second] = this.#sides.map(({ value }) => value);
		const told = new URLSearchParams({ first: first ?? "", second: second ?? "" });
		history.replaceState(null, "", `#${told.toString()}`);
	}

	async #draw(): Promise<void> {
		const asked = ++this.#asked;
		const [left, right] = this.#sides.map(({ selectedIndex }) => this.#group?.panels[selectedIndex]);
		if (left === undefined || right === undefined) return;
		try {
			const [one, other] = await Promise.all([chartOf(left), chartOf(right)]);
			await customElements.whenDefined("sightline-figure");
			if (asked !== this.#asked) return;
			const alt = `${left.label} beside ${right.label}.`;
			this.#figure.chart = { ...one, title: alt, alt, spec: pairOf(one.spec, left.panel, other.spec, right.panel) };
			this.#figure.hidden = false;
			this.#tellSources([left, one.footer], [right, other.footer]);
		} catch (error) {
			console.warn("sightline-pair:", error);
			if (asked !== this.#asked) return;
			this.#figure.hidden = true;
			const words = "the two could not be loaded; try again, or look at the figure";
			this.#tellSources([left, words], [right, words]);
		}
	}

	/** Where the panels come from: each one's figure, and what that rests on. */
	#tellSources(...sources: readonly (readonly [panel: Panel, words: string])[]): void {
		const lines = sources.map(([{ label, figure }, words]) => {
			const line = document.createElement("span");
			line.className = "source-line";
			const link = document.createElement("a");
			link.href = `${figure}index.html`;
			link.textContent = label;
			line.append(link, `: ${words}`);
			return line;
		});
		this.#sources.replaceChildren(...lines);
	}
}

function chartOf({ figure }: Panel): Promise<ChartFile> {
	return chartAt(`${figure}figure.json`);
}

function fill(select: HTMLSelectElement, labels: readonly string[]): void {
	select.replaceChildren(...labels.map((label) => new Option(label)));
}

customElements.define("sightline-pair", SightlinePair);
