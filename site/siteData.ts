/** What the pages are made from: measured reports, and where each figure's files lie. */
import type { FigureData, ReportData } from "../src/report/runReport.ts";

export interface SiteData {
	readonly reports: readonly ReportData[];
	/** Folder of the GraphQL playground from the site's root, or null where the site is published without a server. */
	readonly playground: string | null;
	/** Where the site will be published ("https://example.org/sightline/"), for snippets; a script fills in the rest. */
	readonly siteUrl: string | null;
	/** Digest of all that is shown: when it changes, open pages load themselves again. */
	readonly digest: string;
}

/** A figure with its place in the site. */
export interface SiteFigure {
	readonly report: ReportData;
	readonly figure: FigureData;
	/** As in the paper: "1". */
	readonly number: string;
	/** Folder from the site's root: "raghu-2021/01-within-model-similarity/". */
	readonly path: string;
	/** Size of the stills, CSS pixels. */
	readonly width: number;
	readonly height: number;
}

/** The line that says which images a figure rests on. */
export function footerOf({ report, figure }: Pick<SiteFigure, "report" | "figure">): string {
	const { imagesUsed, batchSizes, images, seeds } = figure.provenance;
	return `n = ${imagesUsed} images (${images.join(", ")}; seed ${seeds.join(", ")}; batches of ${batchSizes.join(", ")}) · Sightline, ${report.id}`;
}

/** From one folder of the site to a file or folder, so that a site works below any path, and opened from disk. */
export function relative(from: string, to: string): string {
	return `${"../".repeat(from.split("/").length - 1)}${to}` || "./";
}
