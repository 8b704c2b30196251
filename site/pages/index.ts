/** The front page: reports with their figures in the order of their story, verdicts and models. */
import type { ReportSection } from "../../src/report/definition.ts";
import { figureNumber } from "../../src/report/figureNumber.ts";
import type { OmittedFigure } from "../../src/report/roles.ts";
import type { ReportData } from "../../src/report/runReport.ts";
import { type Html, html } from "../html.ts";
import { layout } from "../layout.ts";
import { claimsBorneOn, ledgerOf, ledgerPath } from "../ledger.ts";
import { type PairGroup, pairsPath } from "../pairs.ts";
import { checkTable } from "../parts/checks.ts";
import { citations } from "../parts/citations.ts";
import { tallyBadges } from "../parts/claims.ts";
import { figureStill } from "../parts/figure.ts";
import { howToMake } from "../parts/howToMake.ts";
import { reportModels } from "../parts/models.ts";
import { verdictTally } from "../parts/verdictTally.ts";
import type { SiteData, SiteFigure } from "../siteData.ts";

/**
 * @param pairs what of each report can stand side by side
 * @param sizes bytes of each report as one file
 */
export function indexPage(
	site: SiteData,
	figures: readonly SiteFigure[],
	pairs: ReadonlyMap<ReportData, readonly PairGroup[]>,
	sizes: ReadonlyMap<ReportData, number>,
): string {
	return layout(site, {
		path: "",
		title: "Sightline: how vision models see, layer by layer",
		description: "Figures and claims of published papers on vision models, measured anew, each with its verdict.",
		body: html`<h1>How vision models see, layer by layer</h1>
${site.reports.map((report) =>
	reportSection(
		site,
		report,
		figures.filter((figure) => figure.report === report),
		(pairs.get(report) ?? []).length > 0,
		sizes.get(report) ?? 0,
	),
)}`,
	});
}

function reportSection(
	site: SiteData,
	report: ReportData,
	figures: readonly SiteFigure[],
	hasPairs: boolean,
	size: number,
): Html {
	const told = new Set(report.sections.flatMap((section) => section.figures));
	const others = figures.filter(({ number }) => !told.has(number));
	const left = report.omitted.filter(({ id }) => !told.has(figureNumber(id)));
	return html`<section class="report" id="${report.id}" aria-labelledby="${report.id}-title">
<h2 id="${report.id}-title">${report.title}</h2>
<p class="lead">${report.summary}</p>
${report.source === null ? null : html`<p class="source"><a href="${report.source.url}">${report.source.citation}</a></p>`}
<p class="downloads">Take it along: <a href="${report.id}/report.html">The whole report as one file</a> (${megabytes(size)}, opens from disk), <a href="${report.id}/report.json">report.json</a> (what it was asked for, by paths as seen from where it was made)</p>
${hasPairs ? html`<p><a href="${pairsPath(report)}index.html">Models side by side</a></p>` : null}
${report.checks.length === 0 ? null : html`<h3>Checks</h3>${checkTable(report.checks)}`}
${claimsSummary(report, figures)}
${report.sections.map((section) => storySection(report, section, figures))}
${furtherFigures(report, others)}
${left.length === 0 ? null : html`<h3>Left out</h3>${omittedList(left)}`}
<h3>Models</h3>
${reportModels(site, report.models)}
${site.models.length === 0 ? null : html`<p><a href="models/index.html">All models that come along</a></p>`}
<h3>How to make it</h3>
${howToMake(report)}
<p>${report.time}</p>
<p>What to expect:</p>
<ul>${report.expect.map((line) => html`<li>${line}</li>`)}</ul>
<h3>How to cite it</h3>
${citations(site, figures[0])}
</section>`;
}

function megabytes(size: number): string {
	return `${(size / 1e6).toFixed(1)} MB`;
}

function claimsSummary(report: ReportData, figures: readonly SiteFigure[]): Html | null {
	const ledger = ledgerOf(report, figures);
	if (ledger.length === 0) return null;
	const page = `${ledgerPath(report)}index.html`;
	return html`<h3>Claims</h3>
${verdictTally(ledger, page)}
<p><a href="${page}">All ${ledger.length} claims with their values and the paper's own</a></p>`;
}

function storySection(
	report: ReportData,
	{ id, title, text, figures: numbers }: ReportSection,
	all: readonly SiteFigure[],
) {
	const figures = numbers.flatMap((number) => all.filter((figure) => figure.number === number));
	const left = report.omitted.filter((figure) => numbers.includes(figureNumber(figure.id)));
	if (figures.length + left.length === 0) return null;
	return html`<section aria-labelledby="${report.id}-${id}">
<h3 id="${report.id}-${id}">${title}</h3>
<p>${text}</p>
${figures.length === 0 ? null : figureCards(report, figures)}
${left.length === 0 ? null : omittedList(left)}
</section>
`;
}

/** Those that no part of the story names: all where there is none, else the appendix. */
function furtherFigures(report: ReportData, figures: readonly SiteFigure[]): Html[] {
	const main = figures.filter(({ number }) => !number.includes("."));
	const appendix = figures.filter(({ number }) => number.includes("."));
	const titled = [
		["Figures", main],
		["Appendix", appendix],
	] as const;
	return titled.flatMap(([title, those]) =>
		those.length === 0 ? [] : html`<h3>${title}</h3>${figureCards(report, those)}`,
	);
}

function figureCards(report: ReportData, figures: readonly SiteFigure[]): Html {
	return html`<div class="figures">${figures.map((figure) => figureCard(report, figure))}</div>`;
}

function figureCard(report: ReportData, figure: SiteFigure): Html {
	const { id, title, claims } = figure.figure;
	const ledger = `${ledgerPath(report)}index.html`;
	return html`<article class="card figure" aria-labelledby="${id}">
<h4 id="${id}"><a href="${figure.path}index.html"><span class="number">Figure ${figure.number}</span> ${title}</a></h4>
${figureStill(figure, "")}
${tallyBadges(claims, ledger)}${tallyBadges(claimsBorneOn(figure), ledger, "Bears on ")}
<p class="note">${figure.footer}</p>
</article>`;
}

function omittedList(omitted: readonly OmittedFigure[]): Html {
	return html`<ul>${omitted.map(({ id, title, reason }) => html`<li><span class="number">Figure ${figureNumber(id)}</span> ${title}. ${reason}</li>`)}</ul>`;
}
