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
}

interface GroupOfKind {
	readonly what: string;
	readonly kind: FigureSpec["kind"];
	readonly panels: PairPanel[];
	/** As JSON, what stands there already. */
	readonly seen: Set<string>;
}

/** In the order of the figures; a panel that shows just what another of its title shows stands there once. */
export function pairGroups(report: ReportData, figures: readonly SiteFigure[]): PairGroup[] {
	const groups = new Map<string, GroupOfKind>();
	for (const { spec, number, path } of figures.filter((figure) => figure.report === report)) {
		const what = whatOf(spec);
		const key = `${spec.kind} ${what}`;
		const group = groups.get(key) ?? { what, kind: spec.kind, panels: [], seen: new Set() };
		groups.set(key, group);
		spec.panels.forEach((panel, index) => {
			const shown = JSON.stringify(panel);
			if (group.seen.has(shown)) return;
			group.seen.add(shown);
			group.panels.push({ label: `${panel.title} (Figure ${number})`, path, panel: index });
		});
	}
	const found = [...groups.values()].filter(({ panels }) => panels.length > 1);
	return found.map(({ what, kind, panels }) => {
		const isOne = found.every((other) => other.kind === kind || other.what !== what);
		return { what: isOne ? what : `${what}, ${kinds[kind]}`, panels };
	});
}

/** What tells two groups of one quantity apart. */
const kinds: Readonly<Record<FigureSpec["kind"], string>> = {
	heatMap: "as a map",
	lines: "as lines",
	maps: "as pictures",
};

function whatOf(spec: FigureSpec): string {
	return spec.kind === "lines" ? spec.y.title : spec.quantity;
}

/** The first of a figure's panels that can stand beside another; null where there is none. */
export function pairOfFigure(groups: readonly PairGroup[], { path }: SiteFigure): PairPanel | null {
	return groups.flatMap(({ panels }) => panels).find((panel) => panel.path === path) ?? null;
}

/** Address of the page, from a folder, with a panel chosen. */
export function pairAddress(from: string, report: Pick<ReportData, "id">, { label }: PairPanel): string {
	return `${relative(from, pairsPath(report))}index.html#${new URLSearchParams({ first: label }).toString()}`;
}

/** Folder of the page from the site's root. */
export function pairsPath({ id }: Pick<ReportData, "id">): string {
	return `${id}/side-by-side/`;
}
