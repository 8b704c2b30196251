/** `sightline report [id]`: measures what a report lacks, judges its claims and writes its site. */
import { resolve } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { reports } from "../../reports/index.ts";
import { notFound } from "../errors.ts";
import type { Report } from "../report/definition.ts";
import { withFigures } from "../report/figureNumber.ts";
import type { ReportData } from "../report/runReport.ts";
import { fullCount } from "./counts.ts";
import { onInterrupt } from "./interrupt.ts";
import { deviceOption, figuresOption, jsonOption, siteUrlOption, storeOption, wholeNumber } from "./options.ts";
import { showPasses } from "./progress.ts";
import { table } from "./table.ts";

export function reportCommand() {
	return new Command("report")
		.summary("measure a report, judge its claims, write its site")
		.description(
			"Measures what a report's figures lack, judges its claims and writes a static site: a page, an embeddable page,\n" +
				"JSON, CSV, SVG, PNG and PDF for each figure, and the whole report as one file. The verdicts are printed. A stopped\n" +
				"run goes on where it was.",
		)
		.argument("[id]", "which report; all where none is named")
		.option("--out <folder>", "folder of the site; what is there is replaced", "_site")
		.option("--images <count>", "images that each value rests on", wholeNumber(1), fullCount)
		.addOption(figuresOption())
		.addOption(siteUrlOption())
		.addOption(deviceOption())
		.addOption(storeOption())
		.addOption(jsonOption())
		.addHelpText(
			"after",
			`
Examples:
  sightline report --images 512              a first look
  sightline report --figures 1,2,C.4         some of its figures
  sightline report raghu-2021 --out public --site-url https://example.org/sightline/`,
		)
		.action(async (id, options) => {
			const named = id === undefined ? reports : [reportNamed(id)];
			const chosen = options.figures === undefined ? named : withFigures(named, options.figures);
			const { openServices } = await import("./services.ts");
			const { publish } = await import("./publish.ts");
			const services = await openServices(options);
			const hidePasses = showPasses(services.engine);
			try {
				const measured = await publish(services, {
					reports: chosen,
					count: options.images,
					outDir: options.out,
					playground: null,
					siteUrl: options.siteUrl ?? null,
					signal: onInterrupt(),
				});
				const claims = measured.flatMap(verdicts);
				const place = resolve(options.out);
				process.stdout.write(
					options.json
						? `${JSON.stringify({ site: place, claims })}\n`
						: `${verdictTable(claims)}\nThe site is in ${place}\n`,
				);
			} finally {
				hidePasses();
				await services.close();
			}
		});
}

function reportNamed(id: string): Report {
	const found = reports.find((report) => report.id === id);
	if (found !== undefined) return found;
	throw notFound(
		"report",
		id,
		reports.map((report) => report.id),
	);
}

function verdicts({ id: report, figures }: ReportData) {
	return figures.flatMap(({ id: figure, claims }) => claims.map((claim) => ({ report, figure, ...claim })));
}

function verdictTable(claims: ReturnType<typeof verdicts>): string {
	const rows = claims.flatMap(({ id, sentence, cases }) =>
		cases.map(({ label, verdict }, index) => [index === 0 ? id : "", verdict, label, index === 0 ? sentence : ""]),
	);
	return table(["claim", "verdict", "models", "what is claimed"], rows);
}
