/** `sightline report [id]`: measures what a report lacks, judges its claims and checks, and writes its site. */
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { reports, templates } from "../../reports/index.ts";
import { notFound, SightlineError } from "../errors.ts";
import type { JudgedCheck } from "../report/check.ts";
import type { Report } from "../report/definition.ts";
import { figureNumber, withFigures } from "../report/figureNumber.ts";
import { parseNamedModels } from "../report/namedModels.ts";
import type { ReportChoices } from "../report/readChoices.ts";
import type { ReportData } from "../report/runReport.ts";
import { exitCodes } from "./failure.ts";
import { onInterrupt } from "./interrupt.ts";
import { deviceOption, figuresOption, jsonOption, siteUrlOption, storeOption, wholeNumber } from "./options.ts";
import { showPasses } from "./progress.ts";
import { readReportFile } from "./readReportFile.ts";
import { table } from "./table.ts";

export function reportCommand() {
	return new Command("report")
		.summary("measure a report, judge its claims and checks, write its site")
		.description(
			"Measures what a report's figures lack, judges its claims and writes a static site: a page, an embeddable page,\n" +
				"JSON, CSV, SVG, PNG and PDF for each figure, and the whole report as one file. The verdicts are printed. A stopped\n" +
				"run goes on where it was.\n\n" +
				"--models makes it of your own models. One that is named without a role takes the first free one of its family: of\n" +
				"raghu-2021 the first ViT is vit, the second vitLarge, the first CNN resnet, the second resnetLarge, a Mixer mixer; of\n" +
				"model-diff the first is before, the second after. Figures whose models or images are missing, or that a model has no\n" +
				"values for, are left out and named.",
		)
		.argument(
			"[id]",
			`which report: ${templates.map(({ id }) => id).join(" or ")}; all of the models that come along if left out`,
		)
		.option(
			"--models <list>",
			"your own models: ids, paths or addresses, each with its role or without: vit=a,resnet=b",
		)
		.option("--images <set>", "image set: id or path (default: leaves)", imageSetName)
		.option("--split <name>", "which of its splits (default: test, else its validation images, else all)")
		.option("--count <number>", "images that each value rests on (default: 2560, or what there is)", wholeNumber(1))
		.option(
			"--batch-size <number>",
			"images in a batch, part of the estimate of CKA (default: 64 or fewer)",
			wholeNumber(1),
		)
		.option("--title <title>", "of the report")
		.option("--config <file>", "a report.json that holds all of these; options count where both say something")
		.option("--out <folder>", "folder of the site; what is there is replaced", "_site")
		.addOption(figuresOption())
		.addOption(siteUrlOption())
		.addOption(deviceOption())
		.addOption(storeOption())
		.addOption(jsonOption())
		.addHelpText(
			"after",
			`
Examples:
  sightline report --count 512               a first look
  sightline report --figures 1,2,C.4         some of its figures
  sightline report --models vit-tiny,resnet56 --images photographs --title "Our models"
  sightline report model-diff --models model.safetensors,model.onnx --images ./photographs
  sightline report raghu-2021 --out public --site-url https://example.org/sightline/

Exit codes: 0 done and no check missed, 1 a check of model-diff missed, or failed.`,
		)
		.action(async (id, options) => {
			const { chosen, choices } = await ask(id, options);
			const { openServices } = await import("./services.ts");
			const { publish } = await import("./publish.ts");
			const services = await openServices(options);
			const hidePasses = showPasses(services.engine);
			try {
				const measured = await publish(services, {
					reports: chosen,
					choices,
					outDir: options.out,
					playground: "published",
					siteUrl: options.siteUrl ?? null,
					signal: onInterrupt(),
				});
				const site = resolve(options.out);
				process.stdout.write(options.json ? `${JSON.stringify(asJson(site, measured))}\n` : asText(site, measured));
				const checks = measured.flatMap((report) => report.checks);
				if (checks.some(({ verdict }) => verdict === "missed")) process.exitCode = exitCodes.failure;
			} finally {
				hidePasses();
				await services.close();
			}
		});
}

/** How many images is another option's matter. */
function imageSetName(text: string): string {
	if (!/^\d+$/.test(text)) return text;
	throw new InvalidArgumentError("expected the id or path of an image set; --count says how many images.");
}

interface ReportOptions {
	readonly models?: string;
	readonly images?: string;
	readonly split?: string;
	readonly count?: number;
	readonly batchSize?: number;
	readonly title?: string;
	readonly config?: string;
	readonly figures?: readonly string[];
}

/** What the file says, and over it what the options say. */
async function ask(
	id: string | undefined,
	options: ReportOptions,
): Promise<{ readonly chosen: readonly Report[]; readonly choices: ReportChoices }> {
	const file = options.config === undefined ? null : await readReportFile(options.config, templates);
	const { images: set, split, count, batchSize } = options;
	const own = id === undefined ? (file?.template ?? null) : reportNamed(id);
	const choices: ReportChoices = {
		...file?.choices,
		...(options.title === undefined ? {} : { title: options.title }),
		...(options.models === undefined ? {} : { models: parseNamedModels(options.models) }),
		...(options.figures === undefined ? {} : { figures: options.figures }),
		images: {
			...file?.choices.images,
			...(set === undefined ? {} : { set }),
			...(split === undefined ? {} : { split }),
			...(count === undefined ? {} : { count }),
			...(batchSize === undefined ? {} : { batchSize }),
		},
	};
	const named = own === null ? reports : [own];
	const modelless = named.find(({ roles }) => Object.values(roles).every(({ model }) => model === null));
	if (modelless !== undefined && choices.models === undefined) {
		const roles = Object.keys(modelless.roles);
		throw new SightlineError("BAD_INPUT", `${modelless.id} has no models of its own`, {
			hint: `Name them, by id or path: --models ${roles.map((role) => `${role}=...`).join(",")}`,
		});
	}
	return { chosen: choices.figures === undefined ? named : withFigures(named, choices.figures), choices };
}

function reportNamed(id: string): Report {
	const found = templates.find((report) => report.id === id);
	if (found !== undefined) return found;
	throw notFound(
		"report",
		id,
		templates.map((report) => report.id),
	);
}

function asJson(site: string, measured: readonly ReportData[]) {
	return {
		site,
		reports: measured.map(({ id, title, file, omitted }) => ({ id, title, file, omitted })),
		claims: measured.flatMap(verdicts),
		checks: measured.flatMap(({ id: report, checks }) => checks.map((check) => ({ report, ...check }))),
	};
}

function asText(site: string, measured: readonly ReportData[]): string {
	const claims = measured.flatMap(verdicts);
	const checks = measured.flatMap((report) => report.checks);
	const omitted = measured.flatMap((report) => report.omitted);
	return [
		claims.length === 0 ? "" : `${verdictTable(claims)}\n`,
		checks.length === 0 ? "" : `${checkTable(checks)}\n`,
		...omitted.map(({ id, title, reason }) => `left out: figure ${figureNumber(id)}, ${title}. ${reason}\n`),
		`The site is in ${site}\n`,
	].join("");
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

function checkTable(checks: readonly JudgedCheck[]): string {
	const rows = checks.map(({ id, verdict, digits, interval, reason, bound, threshold, sentence }) => [
		id,
		verdict,
		interval === null ? null : interval.value.toFixed(digits),
		interval === null ? null : `${interval.low.toFixed(digits)} to ${interval.high.toFixed(digits)}`,
		`at ${bound === "atLeast" ? "least" : "most"} ${threshold}`,
		reason === null ? sentence : `${sentence}: ${reason}`,
	]);
	return table(["check", "verdict", "value", "95 % interval", "bound", "what is checked"], rows);
}
