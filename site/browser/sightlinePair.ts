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
		controls.className = "choices";
		const [first, second] = this.#sides;
		for (const [name, select] of [
			["Show", this.#what],
			["of", first],
			["beside", second],
		] as const) {
			const label = document.createElement("label");
			select.id = `pair-${name}`;
			label.htmlFor = select.id;
			label.textContent = name;
			controls.append(label, select);
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

	/** The choice that the address tells; as far as it tells none, the first panel and the one behind it. */
	#follow(): void {
		const told = new URLSearchParams(location.hash.slice(1));
		const [first, second] = [told.get("first"), told.get("second")];
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
		const [first, second] = this.#sides.map(({ value }) => value);
		const told = new URLSearchParams({ first: first ?? "", second: second ?? "" });
		history.replaceState(null, "", `#${told.toString()}`);
		void this.#draw();
	}

	async #draw(): Promise<void> {
		const asked = ++this.#asked;
		const chosen = this.#sides.flatMap(({ selectedIndex }) => this.#group?.panels[selectedIndex] ?? []);
		const files = await Promise.all(chosen.map(({ figure }) => chartAt(`${figure}figure.json`)));
		const [one, other, left, right] = [files[0], files[1], chosen[0], chosen[1]];
		if (asked !== this.#asked || one === undefined || other === undefined || !left || !right) return;
		const spec = pairOf(one.spec, left.panel, other.spec, right.panel);
		if (spec === null) return;
		await customElements.whenDefined("sightline-figure");
		const alt = `${left.label} beside ${right.label}.`;
		this.#figure.chart = { ...one, title: alt, alt, spec };
		this.#sources.replaceChildren(...source(left, one), document.createElement("br"), ...source(right, other));
	}
}

/** Where a panel's values come from: its figure, and what that rests on. */
function source({ label, figure }: Panel, { footer }: ChartFile): (Node | string)[] {
	const link = document.createElement("a");
	link.href = `${figure}index.html`;
	link.textContent = label;
	return [link, `: ${footer}`];
}

function fill(select: HTMLSelectElement, labels: readonly string[]): void {
	select.replaceChildren(...labels.map((label) => new Option(label)));
}

customElements.define("sightline-pair", SightlinePair);
