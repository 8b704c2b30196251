/** What of a report can be put side by side: panels that show the same quantity, whichever figures they are of. */
import type { FigureSpec } from "../src/report/figureSpec.ts";
import type { ReportData } from "../src/report/runReport.ts";
import { relative, type SiteFigure } from "./siteData.ts";

export interface PairGroup {
	/** The quantity: "Linear CKA". */
	readonly what: string;
	readonly panels: readonly PairPanel[];
}

export interface PairPanel {
	/** Of this panel alone in the whole report: "ViT-S (Figure 1)". */
	readonly label: string;
	/** Folder of its figure from the site's root. */
	readonly path: string;
	/** Which of the figure's panels it is, from 0. */
	readonly panel: number;
	/** Folders of the figures that begin with it: its own, and others that show just the same. */
	readonly begins: readonly string[];
}

/** In the order of the figures; a panel that shows just what another of its title shows stands there once. */
export function pairGroups(report: ReportData, figures: readonly SiteFigure[]): PairGroup[] {
	const groups = new Map<string, GroupOfKind>();
	for (const { spec, number, path } of figures.filter((figure) => figure.report === report)) {
		const name = nameOf(spec);
		const key = JSON.stringify(name);
		const group = groups.get(key) ?? { ...name, panels: new Map() };
		groups.set(key, group);
		spec.panels.forEach((panel, index) => {
			const shown = JSON.stringify(panel);
			const known = group.panels.get(shown) ?? {
				label: `${panel.title} (Figure ${number})`,
				path,
				panel: index,
				begins: [],
			};
			group.panels.set(shown, index === 0 ? { ...known, begins: [...known.begins, path] } : known);
		});
	}
	const found = [...groups.values()].filter(({ panels }) => panels.size > 1);
	return found.map(({ what, by, panels }) => {
		const isOne = found.every((other) => other.what !== what || other.by === by);
		return { what: isOne ? what : `${what}, ${by}`, panels: [...panels.values()] };
	});
}

interface GroupOfKind extends GroupName {
	/** By what they show, as JSON. */
	readonly panels: Map<string, PairPanel>;
}

/** A quantity, and how it is drawn, which tells it apart from the same one drawn in another way. */
interface GroupName {
	readonly what: string;
	readonly by: string;
}

function nameOf(spec: FigureSpec): GroupName {
	switch (spec.kind) {
		case "heatMap":
			return { what: spec.quantity, by: "as a map" };
		case "lines":
			return { what: spec.y.title, by: `by ${spec.seriesName}` };
		case "maps":
			return { what: spec.quantity, by: `by ${spec.mapName}` };
	}
}

/** The panel that a figure begins with, where it can stand beside another; null where it cannot. */
export function pairOfFigure(groups: readonly PairGroup[], { path }: SiteFigure): PairPanel | null {
	return groups.flatMap(({ panels }) => panels).find(({ begins }) => begins.includes(path)) ?? null;
}

/** Address of the page, from a folder, with a panel chosen. */
export function pairAddress(from: string, report: Pick<ReportData, "id">, { label }: PairPanel): string {
	return `${relative(from, pairsPath(report))}index.html#${new URLSearchParams({ first: label }).toString()}`;
}

/** Folder of the page from the site's root. */
export function pairsPath({ id }: Pick<ReportData, "id">): string {
	return `${id}/side-by-side/`;
}
