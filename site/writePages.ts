/**
 * Writes the pages through Eleventy. Templates are our own typed functions, given to it as virtual templates: nothing is
 * looked up on disk, so the same code runs from sources, compiled, and from an installed package, in any folder.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Eleventy, { type EleventyConfiguration, type EleventyFilters, EleventyRenderPlugin } from "@11ty/eleventy";
import { csvOf } from "./charts/tableOf.ts";
import { embedPage } from "./pages/embed.ts";
import { figurePage } from "./pages/figure.ts";
import { figureFile } from "./pages/figureFile.ts";
import { indexPage } from "./pages/index.ts";
import type { SiteData, SiteFigure } from "./siteData.ts";

export async function writePages(site: SiteData, figures: readonly SiteFigure[], outDir: string): Promise<void> {
	// Eleventy wants a folder to read from; there is nothing in it.
	const input = await mkdtemp(join(tmpdir(), "sightline-templates-"));
	try {
		const eleventy = new Eleventy(input, outDir, {
			configPath: null,
			quietMode: true,
			source: "script",
			config: (configuration) => configure(configuration, site, figures),
		});
		eleventy.disableLogger();
		await eleventy.write();
	} finally {
		await rm(input, { recursive: true, force: true });
	}
}

interface FigureTemplateData {
	readonly item: SiteFigure;
}

function configure(configuration: EleventyConfiguration, site: SiteData, figures: readonly SiteFigure[]): void {
	configuration.setTemplateFormats(["11ty.js"]);
	configuration.setUseGitIgnore(false);
	configuration.addPlugin(EleventyRenderPlugin);
	configuration.addGlobalData("figures", figures);

	const page = (permalink: string, render: () => string) => ({ data: { permalink }, render });
	configuration.addTemplate(
		"index.11ty.js",
		page("index.html", () => indexPage(site, figures)),
	);
	configuration.addTemplate(
		"build.11ty.js",
		page("build.json", () => JSON.stringify({ digest: site.digest })),
	);

	const eachFigure = (name: string, render: (this: EleventyFilters, item: SiteFigure) => string | Promise<string>) => ({
		data: {
			pagination: { data: "figures", size: 1, alias: "item" },
			permalink: ({ item }: FigureTemplateData) => item.path + name,
		},
		render(this: EleventyFilters, { item }: FigureTemplateData) {
			return render.call(this, item);
		},
	});
	configuration.addTemplate(
		"figure.11ty.js",
		eachFigure("index.html", async function (item) {
			return figurePage(site, item, await this.renderContent(item.figure.caption, "md"));
		}),
	);
	configuration.addTemplate(
		"embed.11ty.js",
		eachFigure("embed.html", (item) => embedPage(site, item)),
	);
	configuration.addTemplate(
		"json.11ty.js",
		eachFigure("figure.json", (item) => JSON.stringify(figureFile(item))),
	);
	configuration.addTemplate(
		"csv.11ty.js",
		eachFigure("data.csv", (item) => csvOf(item.figure.spec)),
	);
}
