/** The walk through each panel of a figure. */
import type { FigureSpec } from "../../src/report/figureSpec.ts";
import { heatMapWalk } from "./heatMap.ts";
import { linesWalk } from "./lines.ts";
import { mapsWalk } from "./maps.ts";
import type { Walk } from "./walk.ts";

/** One a panel. */
export function walksOf(spec: FigureSpec): Walk[] {
	switch (spec.kind) {
		case "heatMap":
			return spec.panels.map((panel) => heatMapWalk(spec, panel));
		case "lines":
			return spec.panels.map((panel) => linesWalk(panel));
		case "maps":
			return spec.panels.map((panel) => mapsWalk(spec, panel));
	}
}
