/** A smaller figure below another one, made from the part of it that the reader is on. */
import type { FigureSpec } from "../../src/report/figureSpec.ts";
import type { Theme } from "../charts/theme.ts";
import { type LivePanels, livePanels } from "./livePanels.ts";

export interface Aside {
	readonly element: HTMLElement;
	/** Draws it anew; null takes it away. */
	show(spec: FigureSpec | null): void;
	destroy(): void;
}

/** @param className "cut", "close-up" or "point-map": how large it is */
export function asideOf(className: string, alt: string, theme: Theme): Aside {
	const element = document.createElement("div");
	element.className = `aside ${className}`;
	let panels: LivePanels | null = null;
	let shown = "";
	return {
		element,
		show(spec) {
			const text = JSON.stringify(spec);
			if (text === shown) return;
			shown = text;
			panels?.destroy();
			panels = spec === null ? null : livePanels(spec, { theme, alt });
			element.replaceChildren(...(panels === null ? [] : [panels.element]));
			panels?.draw();
		},
		destroy() {
			panels?.destroy();
		},
	};
}
