/** A figure's data file: what the element on a page draws, and what it says about it. */
import { footerOf, type SiteFigure } from "../siteData.ts";

/** What the element `<sightline-figure>` reads. */
export interface FigureFile {
	/** Goes up when an older element could not read it. */
	readonly format: 1;
	readonly id: string;
	readonly title: string;
	readonly alt: string;
	readonly footer: string;
	readonly spec: SiteFigure["figure"]["spec"];
	readonly claims: SiteFigure["figure"]["claims"];
	readonly provenance: SiteFigure["figure"]["provenance"];
}

export function figureFile(item: SiteFigure): FigureFile {
	const { id, title, alt, spec, claims, provenance } = item.figure;
	return { format: 1, id, title, alt, footer: footerOf(item), spec, claims, provenance };
}
