/** Measures reports and writes their site: what `report` does once, and `serve` again and again. */
import { join } from "node:path";
import { buildSite } from "../../site/build.ts";
import { imageSets } from "../data/imageSets.ts";
import type { Figure, Report } from "../report/definition.ts";
import { figureNumber } from "../report/figureNumber.ts";
import type { ReportChoices } from "../report/readChoices.ts";
import { omittedFigure } from "../report/roles.ts";
import { type ReportData, runReport } from "../report/runReport.ts";
import { readZoo } from "../report/zooModels.ts";
import type { OpenServices } from "./services.ts";

export interface Publication {
	readonly reports: readonly Report[];
	/** Only the figures that a report shows first; the others are named as to come. */
	readonly firstOnly?: boolean;
	/** What is asked of each of them. */
	readonly choices: ReportChoices;
	/** Folder of the site; what is there is replaced when all is ready. */
	readonly outDir: string;
	/** Who answers in the site's playground: a server beside it, or published files; none where it is null. */
	readonly playground: "server" | "published" | null;
	/** Where the site will be published, with a slash at the end. */
	readonly siteUrl: string | null;
	readonly signal: AbortSignal;
}

/** @throws SightlineError CANCELLED when the signal aborts: what was measured is kept, the site is as it was */
export async function publish(services: OpenServices, publication: Publication): Promise<ReportData[]> {
	const { reports, firstOnly = false, choices, outDir, playground, siteUrl, signal } = publication;
	const execute = (query: string, variables: Readonly<Record<string, unknown>>) =>
		services.executeOwn({ query, variables }, signal);
	const measured: ReportData[] = [];
	for (const report of reports) {
		const shown = firstOnly ? first(report) : report.figures;
		const data = await runReport({ ...report, figures: shown }, execute, choices);
		const toCome = report.figures
			.filter((figure) => !shown.includes(figure))
			.map((figure) => omittedFigure(figure, "It is being measured."));
		measured.push({ ...data, omitted: [...data.omitted, ...toCome] });
	}
	const shown = new Set(measured.flatMap((report) => report.models.map(({ id }) => id)));
	const zoo = await readZoo(execute);
	const models = choices.models === undefined ? zoo : zoo.filter(({ id }) => shown.has(id));
	signal.throwIfAborted();
	const stillsDir = join(services.store.place, "stills");
	await buildSite({ reports: measured, models, imageSets, outDir, stillsDir, playground, siteUrl });
	return measured;
}

/** The figures that a report shows first; all where none of these was asked for. */
function first({ figures, first: numbers }: Report): readonly Figure[] {
	const chosen = figures.filter(({ id }) => numbers.includes(figureNumber(id)));
	return chosen.length === 0 ? figures : chosen;
}
