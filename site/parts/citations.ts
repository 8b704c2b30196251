/** How a report, one of its figures, and the paper that it reproduces are cited. */
import type { ReportData } from "../../src/report/runReport.ts";
import { type Html, html } from "../html.ts";
import type { SiteData, SiteFigure } from "../siteData.ts";
import { basisOf } from "./provenance.ts";
import { snippet } from "./snippet.ts";

/** @param figure any of the report's; undefined where it has none */
export function citations(site: SiteData, figure: SiteFigure | undefined): Html | null {
	if (figure === undefined) return null;
	const { source } = figure.report;
	return html`<p>This report:</p>
${snippet("BibTeX entry of the report", reportBibtex(site, figure))}
${
	source === null
		? null
		: html`<p>The paper:</p>
${snippet("BibTeX entry of the paper", source.bibtex)}`
}`;
}

/** A figure in one line: what it is, what it rests on, and the digests of all that determined it. */
export function figureCitation(
	{ siteUrl }: SiteData,
	{ figure, number, report, path, reportDigest }: SiteFigure,
): string {
	const { provenance, title } = figure;
	const models = provenance.modelDigests.map((digest) => digest.slice(0, 12)).join(", ");
	const when = provenance.measuredAt.slice(0, 10);
	const where = siteUrl === null ? "" : ` ${siteUrl}${path}`;
	return `Figure ${number}, "${title}", in "${report.title}" (measured with Sightline ${versionsOf([provenance])}, ${when}). ${basisOf(provenance)}; SHA-256 of the report ${reportDigest}, of the models ${models}.${where}`;
}

/** The report itself: when it was measured, with which Sightline, and the digest of all that it shows. */
export function reportBibtex(
	{ siteUrl }: SiteData,
	{ report, reportDigest }: Pick<SiteFigure, "report" | "reportDigest">,
): string {
	const provenances = report.figures.map(({ provenance }) => provenance);
	const measured =
		provenances
			.map(({ measuredAt }) => measuredAt.slice(0, 10))
			.sort()
			.at(-1) ?? "";
	const [year = "", month = ""] = measured.split("-");
	const fields: Readonly<Record<string, string>> = {
		title: `${escaped(report.title)} (measured with Sightline)`,
		author: "{Sightline}",
		year,
		month: String(Number(month)),
		version: versionsOf(provenances),
		note: `Measured on ${measured}. SHA-256 of the report: ${reportDigest}`,
		...(siteUrl === null ? {} : { url: `${siteUrl}#${report.id}` }),
	};
	const lines = Object.entries(fields).map(([name, value]) => `  ${name.padEnd(7)} = {${value}}`);
	return `@misc{sightline-${report.id},\n${lines.join(",\n")}\n}`;
}

/** Those of Sightline, in the order met: one where all was measured in one go. */
function versionsOf(provenances: readonly ReportData["figures"][number]["provenance"][]): string {
	const name = "sightline ";
	const all = provenances.flatMap(({ versions }) => versions).filter((version) => version.startsWith(name));
	return [...new Set(all)].map((version) => version.slice(name.length)).join(", ");
}

/** As TeX takes it. */
function escaped(text: string): string {
	return text.replace(/[\\{}&%$#_~^]/g, (sign) => words[sign] ?? `\\${sign}`);
}

const words: Readonly<Record<string, string>> = {
	"\\": "\\textbackslash{}",
	"~": "\\textasciitilde{}",
	"^": "\\textasciicircum{}",
};
