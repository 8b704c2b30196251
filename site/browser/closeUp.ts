/** One map of each panel, larger, with what chooses it: a slider through an order, or a grid of places. */
import type { MapsSpec } from "../../src/report/figureSpec.ts";
import { closeUpAt, closeUpOf } from "../charts/derived.ts";
import type { Theme } from "../charts/theme.ts";
import { asideOf } from "./aside.ts";
import type { LivePanels } from "./livePanels.ts";

/** What is chosen, from 0 to 1: of an order how far along, of a grid how far down and across. */
export interface Chosen {
	share: number;
	down: number;
	across: number;
}

/** null where no panel has more than one map */
export function closeUp(spec: MapsSpec, chosen: Chosen, theme: Theme): LivePanels | null {
	const most = Math.max(0, ...spec.panels.map(({ maps }) => maps.length));
	if (most < 2) return null;
	const aside = asideOf("close-up", `The map of the chosen ${spec.mapName}.`, theme);
	const grid = spec.panels.find(({ places }) => places !== undefined)?.places;
	const element = document.createElement("section");
	element.className = "closer";
	element.setAttribute("aria-label", `A closer look at each ${spec.mapName}`);
	const update = () =>
		aside.show(grid === undefined ? closeUpOf(spec, chosen.share) : closeUpAt(spec, chosen.down, chosen.across));
	const control = grid === undefined ? slider(spec, most, chosen, update) : picker(spec, grid, chosen, update);
	const controls = document.createElement("div");
	const label = document.createElement("p");
	label.className = "hint";
	label.textContent =
		grid === undefined ? `Go through the ${spec.mapName}s:` : `Choose a ${spec.mapName} by its place:`;
	controls.append(label, control);
	element.append(controls, aside.element);
	return { element, draw: update, destroy: aside.destroy };
}

function slider({ mapName, panels }: MapsSpec, most: number, chosen: Chosen, update: () => void): HTMLElement {
	const range = document.createElement("input");
	range.type = "range";
	range.min = "0";
	range.max = String(most - 1);
	range.value = String(Math.round(chosen.share * (most - 1)));
	const longest = panels.find(({ maps }) => maps.length === most);
	const tell = () => range.setAttribute("aria-valuetext", longest?.maps[Number(range.value)]?.label ?? range.value);
	range.addEventListener("input", () => {
		chosen.share = Number(range.value) / (most - 1);
		tell();
		update();
	});
	tell();
	range.setAttribute("aria-label", `${mapName}, from first to last`);
	return range;
}

/** A button a place; arrow keys go from one to the next. */
function picker(
	{ mapName }: MapsSpec,
	[rows, columns]: readonly [number, number],
	chosen: Chosen,
	update: () => void,
): HTMLElement {
	const group = document.createElement("div");
	group.className = "picker";
	group.setAttribute("role", "group");
	group.setAttribute("aria-label", `Choose the ${mapName} by its place`);
	group.style.setProperty("--columns", String(columns));
	const buttons = Array.from({ length: rows * columns }, (_, at) => {
		const [row, column] = [Math.floor(at / columns), at % columns];
		const button = document.createElement("button");
		button.type = "button";
		button.setAttribute("aria-label", `${mapName} (${row}, ${column})`);
		button.addEventListener("click", () => choose(row, column));
		return button;
	});
	const mark = () => {
		const [row, column] = [Math.floor(chosen.down * rows), Math.floor(chosen.across * columns)];
		buttons.forEach((button, at) => {
			const pressed = at === row * columns + column;
			button.setAttribute("aria-pressed", String(pressed));
			button.tabIndex = pressed ? 0 : -1;
		});
		return { row, column };
	};
	const choose = (row: number, column: number) => {
		chosen.down = (Math.max(0, Math.min(rows - 1, row)) + 0.5) / rows;
		chosen.across = (Math.max(0, Math.min(columns - 1, column)) + 0.5) / columns;
		const at = mark();
		buttons[at.row * columns + at.column]?.focus();
		update();
	};
	group.addEventListener("keydown", (event) => {
		const step = steps[event.key];
		if (step === undefined) return;
		const { row, column } = mark();
		choose(row + step[0], column + step[1]);
		event.preventDefault();
	});
	mark();
	group.append(...buttons);
	return group;
}

const steps: Readonly<Record<string, readonly [down: number, across: number]>> = {
	ArrowUp: [-1, 0],
	ArrowDown: [1, 0],
	ArrowLeft: [0, -1],
	ArrowRight: [0, 1],
};
