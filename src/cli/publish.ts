/** Measures reports and writes their site: what `report` does once, and `serve` twice. */
import { join } from "node:path";
import { buildSite } from "../../site/build.ts";
import type { Report } from "../report/definition.ts";
import { type ReportData, runReport } from "../report/runReport.ts";
import { readZoo } from "../report/zooModels.ts";
import { batchSize } from "./counts.ts";
import type { OpenServices } from "./services.ts";

export interface Publication {
	readonly reports: readonly Report[];
	/** Images that each value rests on. */
	readonly count: number;
	/** Folder of the site; what is there is replaced when all is ready. */
	readonly outDir: string;
	/** Folder of the playground from the site's root, null where there is no server. */
	readonly playground: string | null;
	/** Where the site will be published, for its snippets. */
	readonly siteUrl: string | null;
	readonly signal: AbortSignal;
}

/** @throws SightlineError CANCELLED when the signal aborts: what was measured is kept, the site is as it was */
export async function publish(services: OpenServices, publication: Publication): Promise<ReportData[]> {
	const { reports, count, outDir, playground, siteUrl, signal } = publication;
	const images = { set: "leaves", split: "test", count, batchSize };
	const execute = (query: string, variables: Readonly<Record<string, unknown>>) =>
		services.executeOwn({ query, variables }, signal);
	const measured: ReportData[] = [];
	for (const report of reports) measured.push(await runReport(report, execute, images));
	const models = await readZoo(execute);
	signal.throwIfAborted();
	const stillsDir = join(services.store.place, "stills");
	await buildSite({ reports: measured, models, outDir, stillsDir, playground, siteUrl });
	return measured;
}
