/** Data files of charts: what the element on a page draws, and what a figure's says about it. */
import type { FigureData } from "../../src/report/runReport.ts";
import type { SiteChart, SiteFigure } from "../siteData.ts";

/** What the element `<sightline-figure>` reads. */
export interface ChartFile extends Pick<SiteChart, "id" | "title" | "alt" | "footer" | "spec"> {
	/** Goes up when an older element could not read it. */
	readonly format: 2;
}

export interface FigureFile extends ChartFile, Pick<FigureData, "claims" | "provenance"> {}

export function chartFile({ id, title, alt, footer, spec }: SiteChart): ChartFile {
	return { format: 2, id, title, alt, footer, spec };
}

export function figureFile(item: SiteFigure): FigureFile {
	const { id, claims, provenance } = item.figure;
	return { ...chartFile(item), id, claims, provenance };
}
