/** Each report as one file that carries all it needs: figures stay live where it is opened from a disk or a mail. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EleventyFilters } from "@11ty/eleventy";
import type { ReportData } from "../src/report/runReport.ts";
import { type Inlined, type InlineFigure, wholeReportPage } from "./pages/wholeReport.ts";
import type { SiteData, SiteFigure } from "./siteData.ts";
import { withoutLetters } from "./stills/svg.ts";

export interface WholeReport {
	readonly report: ReportData;
	/** Its folder from the site's root, of report.html and report.json. */
	readonly path: string;
	/** Made when it is first asked for, once. */
	text(filters: EleventyFilters): Promise<string>;
}

/** @param folder of the site, where assets and stills lie already */
export function wholeReports(site: SiteData, figures: readonly SiteFigure[], folder: string): WholeReport[] {
	let inlined: Promise<Inlined> | undefined;
	return site.reports.map((report) => {
		let text: Promise<string> | undefined;
		const make = async (filters: EleventyFilters) => {
			inlined ??= readInlined(join(folder, "assets"));
			const own = figures.filter((item) => item.report === report);
			const inline = await Promise.all(own.map((item) => inlineFigure(item, folder, filters)));
			return wholeReportPage(site, report, inline, await inlined);
		};
		return {
			report,
			path: `${report.id}/`,
			text(filters) {
				text ??= make(filters);
				return text;
			},
		};
	});
}

async function inlineFigure(item: SiteFigure, folder: string, filters: EleventyFilters): Promise<InlineFigure> {
	const still = await readFile(join(folder, item.path, "figure.svg"), "utf8");
	return { item, caption: await filters.renderContent(item.figure.caption, "md"), still: withoutLetters(still) };
}

async function readInlined(assets: string): Promise<Inlined> {
	const text = (name: string) => readFile(join(assets, name), "utf8");
	return {
		style: await withDataAddresses(await text("site.css"), assets),
		icon: dataAddress("image/svg+xml", await readFile(join(assets, "icon.svg"))),
		scripts: [await text("sightline-figure.js"), await text("page.js")],
	};
}

/** A style sheet whose letters are part of it. */
async function withDataAddresses(style: string, assets: string): Promise<string> {
	const names = [...new Set([...style.matchAll(/url\("([^"]+\.woff2)"\)/g)].map((match) => match[1] ?? ""))];
	const addresses = await Promise.all(
		names.map(async (name) => dataAddress("font/woff2", await readFile(join(assets, name)))),
	);
	return names.reduce((text, name, index) => text.replaceAll(`url("${name}")`, `url("${addresses[index]}")`), style);
}

function dataAddress(type: string, bytes: Buffer): string {
	return `data:${type};base64,${bytes.toString("base64")}`;
}
