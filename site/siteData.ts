/** What the pages are made from: measured reports, models, and where each chart's files lie. */
import type { FigureSpec } from "../src/report/figureSpec.ts";
import type { ZooModelResult } from "../src/report/queryResult.ts";
import type { FigureData, ReportData } from "../src/report/runReport.ts";
import type { GallerySet } from "./gallery.ts";

export interface SiteData {
	readonly reports: readonly ReportData[];
	/** Those that have a page. */
	readonly models: readonly ZooModelResult[];
	/** Examples of the image sets that come along. */
	readonly gallery: readonly GallerySet[];
	/** Who answers in the playground; null where there is none. */
	readonly playground: PlaygroundKind | null;
	/**
	 * Where the site will be published ("https://example.org/sightline/"). Without it a script fills in the snippets, and
	 * what else needs a whole address is left out.
	 */
	readonly siteUrl: string | null;
}

/** A server beside the site answers anything, published files the queries of the figures. */
export type PlaygroundKind = "server" | "published";

/** Folder of the GraphQL playground from the site's root. */
export const playgroundPath = "playground/";

/** What is drawn on a page: live, and as still images. */
export interface SiteChart {
	/** Unique in the site: "figure-1". */
	readonly id: string;
	readonly title: string;
	/** What a reader who cannot see it is told, in one sentence. */
	readonly alt: string;
	/** What it rests on, in one line. */
	readonly footer: string;
	readonly spec: FigureSpec;
	/** Folder of its files from the site's root: "raghu-2021/01-within-model-similarity/". */
	readonly path: string;
	/** Size of the stills, CSS pixels. */
	readonly width: number;
	readonly height: number;
}

/** A figure with its place in the site. */
export interface SiteFigure extends SiteChart {
	readonly report: ReportData;
	readonly figure: FigureData;
	/** Digest of all that the report shows, by which it is cited. */
	readonly reportDigest: string;
	/** As in the paper: "1". */
	readonly number: string;
}

/** A model that has a page, with the curve of its training. */
export interface SiteModel extends SiteChart {
	readonly model: ZooModelResult;
}

/** Folder of a model's page from the site's root. */
export function modelPath(id: string): string {
	return `models/${id}/`;
}

/** From one folder of the site to a file or folder, so that a site works below any path, and opened from disk. */
export function relative(from: string, to: string): string {
	return `${"../".repeat(from.split("/").length - 1)}${to}` || "./";
}
