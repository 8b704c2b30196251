/** What stands below a figure and follows the reader through its values: a row of a heat map as a line, a head's map. */
import type { FigureSpec } from "../../src/report/figureSpec.ts";
import { cutOf, pointMapOf } from "../charts/derived.ts";
import type { Theme } from "../charts/theme.ts";
import type { Place } from "../charts/walk.ts";
import { type Aside, asideOf } from "./aside.ts";
import type { LivePanels } from "./livePanels.ts";

export interface Follower extends LivePanels {
	onPlace(panel: number, place: Place): void;
	onChoose(panel: number, place: Place): void;
}

/** A row of a heat map that is drawn as a line. */
export interface Cut {
	readonly panel: number;
	readonly row: number;
}

/**
 * @param cut of a heat map that is drawn anew: the row that was cut out of it before
 * @returns null where nothing follows
 */
export function followerOf(spec: FigureSpec, theme: Theme, cut: Cut | null): Follower | null {
	switch (spec.kind) {
		case "heatMap": {
			const aside = asideOf("cut", "The chosen row of the heat map as a line.", theme);
			let open = cut !== null;
			const show = (panel: number, { row }: Pick<Place, "row">) => aside.show(cutOf(spec, panel, row));
			return follower(aside, "Click a cell, or press Enter on it, to see its row as a line.", {
				draw: () => cut !== null && show(cut.panel, cut),
				onPlace: (panel, place) => open && show(panel, place),
				onChoose(panel, place) {
					open = true;
					show(panel, place);
				},
			});
		}
		case "lines": {
			if (!spec.panels.some(({ series }) => series.some(({ points }) => points.some(({ map }) => map !== undefined))))
				return null;
			const aside = asideOf("point-map", spec.mapQuantity ?? "", theme);
			const show = (panel: number, place: Place) => aside.show(pointMapOf(spec, panel, place));
			return follower(aside, `Point at a mark to see its map: ${spec.mapQuantity}.`, {
				draw: () => undefined,
				onPlace: show,
				onChoose: show,
			});
		}
		case "maps":
			return null;
	}
}

function follower(
	aside: Aside,
	hint: string,
	acts: {
		draw(): unknown;
		onPlace(panel: number, place: Place): unknown;
		onChoose(panel: number, place: Place): unknown;
	},
): Follower {
	const element = document.createElement("div");
	const line = document.createElement("p");
	line.className = "hint";
	line.textContent = hint;
	element.append(line, aside.element);
	return { ...acts, element, destroy: aside.destroy };
}
