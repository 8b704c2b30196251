/**
 * Writes the pages through Eleventy. Templates are our own typed functions, given to it as virtual templates: nothing is
 * looked up on disk, so the same code runs from sources, compiled, and from an installed package, in any folder.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Eleventy, { type EleventyConfiguration, type EleventyFilters, EleventyRenderPlugin } from "@11ty/eleventy";
import { csvOf } from "./charts/csvOf.ts";
import { galleryPath } from "./gallery.ts";
import { ledgerOf, ledgerPath } from "./ledger.ts";
import { claimsPage } from "./pages/claims.ts";
import { embedPage } from "./pages/embed.ts";
import { figurePage } from "./pages/figure.ts";
import { chartFile, figureFile } from "./pages/figureFile.ts";
import { glossaryPage } from "./pages/glossary.ts";
import { imagesPage } from "./pages/images.ts";
import { indexPage } from "./pages/index.ts";
import { methodPage } from "./pages/method.ts";
import { modelPage } from "./pages/model.ts";
import { modelsPage } from "./pages/models.ts";
import { oembedFile } from "./pages/oembed.ts";
import { pairsPage } from "./pages/pairs.ts";
import { pairGroups, pairOfFigure, pairsPath } from "./pairs.ts";
import type { SiteChart, SiteData, SiteFigure, SiteModel } from "./siteData.ts";
import { type WholeReport, wholeReports } from "./wholeReports.ts";

/** @param outDir with the assets and stills, which reports that are one file carry */
export async function writePages(
	site: SiteData,
	figures: readonly SiteFigure[],
	models: readonly SiteModel[],
	outDir: string,
): Promise<void> {
	// Eleventy wants a folder to read from; there is nothing in it.
	const input = await mkdtemp(join(tmpdir(), "sightline-templates-"));
	try {
		const eleventy = new Eleventy(input, outDir, {
			configPath: null,
			quietMode: true,
			source: "script",
			config: (configuration) => configure(configuration, site, figures, models, outDir),
		});
		eleventy.disableLogger();
		await eleventy.write();
	} finally {
		await rm(input, { recursive: true, force: true });
	}
}

function configure(
	configuration: EleventyConfiguration,
	site: SiteData,
	figures: readonly SiteFigure[],
	models: readonly SiteModel[],
	outDir: string,
): void {
	configuration.setTemplateFormats(["11ty.js"]);
	configuration.setUseGitIgnore(false);
	configuration.addPlugin(EleventyRenderPlugin);
	configuration.addGlobalData("figures", figures);
	configuration.addGlobalData("models", models);
	const whole = wholeReports(site, figures, outDir);
	const pairs = new Map(site.reports.map((report) => [report, pairGroups(report, figures)]));
	configuration.addGlobalData("wholeReports", whole);

	const page = (permalink: string, render: (this: EleventyFilters) => string | Promise<string>) => ({
		data: { permalink },
		render,
	});
	configuration.addTemplate(
		"index.11ty.js",
		page("index.html", async function () {
			const texts = whole.map(async ({ report, text }) => [report, Buffer.byteLength(await text(this))] as const);
			return indexPage(site, figures, pairs, new Map(await Promise.all(texts)));
		}),
	);
	configuration.addTemplate(
		"report.11ty.js",
		each<WholeReport>("wholeReports", "report.html", function (item) {
			return item.text(this);
		}),
	);
	configuration.addTemplate(
		"reportJson.11ty.js",
		each<WholeReport>("wholeReports", "report.json", ({ report }) => `${JSON.stringify(report.file, null, 2)}\n`),
	);

	if (models.length > 0) {
		configuration.addTemplate(
			"models.11ty.js",
			page("models/index.html", () => modelsPage(site, models)),
		);
	}

	if (site.gallery.length > 0)
		configuration.addTemplate(
			"images.11ty.js",
			page(`${galleryPath}index.html`, () => imagesPage(site, site.gallery)),
		);
	configuration.addTemplate(
		"method.11ty.js",
		page("method/index.html", () => methodPage(site)),
	);
	configuration.addTemplate(
		"glossary.11ty.js",
		page("glossary/index.html", () => glossaryPage(site)),
	);

	for (const report of site.reports) {
		const ledger = ledgerOf(report, figures);
		if (ledger.length > 0)
			configuration.addTemplate(
				`${report.id}Claims.11ty.js`,
				page(`${ledgerPath(report)}index.html`, () => claimsPage(site, report, ledger)),
			);
	}

	for (const [report, groups] of pairs) {
		if (groups.length > 0)
			configuration.addTemplate(
				`${report.id}Pairs.11ty.js`,
				page(`${pairsPath(report)}index.html`, () => pairsPage(site, report, groups)),
			);
	}

	configuration.addTemplate(
		"figure.11ty.js",
		each<SiteFigure>("figures", "index.html", async function (item) {
			const pair = pairOfFigure(pairs.get(item.report) ?? [], item);
			return figurePage(site, item, pair, await this.renderContent(item.figure.caption, "md"));
		}),
	);
	configuration.addTemplate(
		"embed.11ty.js",
		each<SiteFigure>("figures", "embed.html", (item) => embedPage(site, item)),
	);
	configuration.addTemplate(
		"json.11ty.js",
		each<SiteFigure>("figures", "figure.json", (item) => JSON.stringify(figureFile(item))),
	);
	configuration.addTemplate(
		"model.11ty.js",
		each<SiteModel>("models", "index.html", (item) => modelPage(site, item)),
	);
	configuration.addTemplate(
		"modelJson.11ty.js",
		each<SiteModel>("models", "figure.json", (item) => JSON.stringify(chartFile(item))),
	);
	const { siteUrl } = site;
	if (siteUrl !== null)
		configuration.addTemplate(
			"oembed.11ty.js",
			each<SiteFigure>("figures", "oembed.json", (item) => JSON.stringify(oembedFile(item, siteUrl))),
		);
	for (const charts of ["figures", "models"])
		configuration.addTemplate(
			`${charts}Csv.11ty.js`,
			each<SiteChart>(charts, "data.csv", (item) => csvOf(item.spec)),
		);
}

/** A file in the folder of each item of a list among the global data. */
function each<Item extends Pick<SiteChart, "path">>(
	list: string,
	name: string,
	render: (this: EleventyFilters, item: Item) => string | Promise<string>,
) {
	interface TemplateData {
		readonly item: Item;
	}
	return {
		data: {
			pagination: { data: list, size: 1, alias: "item" },
			permalink: ({ item }: TemplateData) => item.path + name,
		},
		render(this: EleventyFilters, { item }: TemplateData) {
			return render.call(this, item);
		},
	};
}
