/** A site of the made-up numbers of syntheticApi.ts, built once for all tests of a file. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { effectiveReceptiveFields } from "../../reports/raghu-2021/figures/06-effective-receptive-fields/figure.ts";
import { localizationWithoutClassToken } from "../../reports/raghu-2021/figures/10-localization-without-class-token/figure.ts";
import { raghu2021 } from "../../reports/raghu-2021/report.ts";
import { buildSite } from "../../site/build.ts";
import { bundleAssets } from "../../site/bundle.ts";
import type { ImageSet } from "../../src/data/imageSet.ts";
import { imageSets } from "../../src/data/imageSets.ts";
import type { Report } from "../../src/report/definition.ts";
import type { ZooModelResult } from "../../src/report/queryResult.ts";
import { type ReportData, runReport } from "../../src/report/runReport.ts";
import { readZoo } from "../../src/report/zooModels.ts";
import { syntheticExecute } from "./syntheticApi.ts";

export interface SyntheticSite {
	readonly folder: string;
	readonly outDir: string;
	readonly assetsDir: string;
	readonly stillsDir: string;
	readonly report: ReportData;
	readonly models: readonly ZooModelResult[];
	readonly imageSets: readonly ImageSet[];
	remove(): Promise<void>;
}

/** What the made-up API can answer. */
export const threeFigures: Report = { ...raghu2021, figures: raghu2021.figures.slice(0, 3) };

/** The same and two of maps: by depth, and by places. */
export const fiveFigures: Report = {
	...raghu2021,
	figures: [...threeFigures.figures, effectiveReceptiveFields, localizationWithoutClassToken],
};

export function syntheticReport(count = 512): Promise<ReportData> {
	return runReport(fiveFigures, syntheticExecute(), { images: { count } });
}

export async function syntheticSite(): Promise<SyntheticSite> {
	const folder = await mkdtemp(join(tmpdir(), "sightline-site-"));
	const place = { outDir: join(folder, "site"), assetsDir: join(folder, "assets"), stillsDir: join(folder, "stills") };
	const report = await syntheticReport();
	const models = await readZoo(syntheticExecute());
	await bundleAssets(place.assetsDir);
	await buildSite({ reports: [report], models, imageSets, playground: "server", ...place });
	return { folder, ...place, report, models, imageSets, remove: () => rm(folder, { recursive: true, force: true }) };
}
