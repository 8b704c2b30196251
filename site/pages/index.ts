/** The front page: reports with their figures, verdicts and models. */
import type { JudgedClaim } from "../../src/report/claim.ts";
import { figureNumber } from "../../src/report/figureNumber.ts";
import type { ReportData } from "../../src/report/runReport.ts";
import { type Html, html } from "../html.ts";
import { layout } from "../layout.ts";
import { checkTable } from "../parts/checks.ts";
import { citations } from "../parts/citations.ts";
import { verdictBadge } from "../parts/claims.ts";
import { figureStill } from "../parts/figure.ts";
import { howToMake } from "../parts/howToMake.ts";
import { reportModels } from "../parts/models.ts";
import type { SiteData, SiteFigure } from "../siteData.ts";

/** @param sizes bytes of each report as one file */
export function indexPage(
	site: SiteData,
	figures: readonly SiteFigure[],
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
		sizes.get(report) ?? 0,
	),
)}`,
	});
}

function reportSection(site: SiteData, report: ReportData, figures: readonly SiteFigure[], size: number): Html {
	const main = figures.filter(({ number }) => !number.includes("."));
	const appendix = figures.filter(({ number }) => number.includes("."));
	return html`<section class="report" id="${report.id}" aria-labelledby="${report.id}-title">
<h2 id="${report.id}-title">${report.title}</h2>
<p class="lead">${report.summary}</p>
${report.source === null ? null : html`<p class="source"><a href="${report.source.url}">${report.source.citation}</a></p>`}
<p class="downloads">Take it along: <a href="${report.id}/report.html">The whole report as one file</a> (${megabytes(size)}, opens from disk)</p>
${report.checks.length === 0 ? null : html`<h3>Checks</h3>${checkTable(report.checks)}`}
<h3>Figures</h3>
<div class="figures">${main.map(figureCard)}</div>
${appendix.length === 0 ? null : html`<h3>Appendix</h3><div class="figures">${appendix.map(figureCard)}</div>`}
${report.omitted.length === 0 ? null : omittedFigures(report)}
${figures.every(({ figure }) => figure.claims.length === 0) ? null : html`<h3>Claims</h3>${verdictTable(figures)}`}
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

function figureCard(figure: SiteFigure): Html {
	return html`<article class="card figure" aria-labelledby="${figure.figure.id}">
<h4 id="${figure.figure.id}"><a href="${figure.path}index.html"><span class="number">Figure ${figure.number}</span> ${figure.figure.title}</a></h4>
${figureStill(figure, "")}
<p class="note">${figure.footer}</p>
</article>`;
}

function omittedFigures({ omitted }: ReportData): Html {
	return html`<h3>Left out</h3>
<ul>${omitted.map(({ id, title, reason }) => html`<li><span class="number">Figure ${figureNumber(id)}</span> ${title}. ${reason}</li>`)}</ul>`;
}

function verdictTable(figures: readonly SiteFigure[]): Html {
	const claims = figures
		.flatMap((figure) => figure.figure.claims.map((claim) => ({ claim, figure })))
		.sort((a, b) => numeral(a.claim) - numeral(b.claim));
	return html`<p>${tally(claims.map(({ claim }) => claim))}</p>
<section class="scroll" tabindex="0" aria-label="Claims and verdicts">
<table>
<caption>Each claim of the paper at these figures, tested by a rule that was fixed before anything was measured</caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Verdict</th><th scope="col">Figure</th></tr></thead>
<tbody>
${claims.map(
	({ claim, figure: { number, path } }) =>
		html`<tr><th scope="row"><span class="number">${claim.id}</span> ${claim.sentence}</th><td>${verdictBadge(claim.verdict)}</td><td><a href="${path}index.html#claim-${claim.id.toLowerCase()}">Figure ${number}</a></td></tr>
`,
)}</tbody>
</table>
</section>`;
}

function numeral({ id }: JudgedClaim): number {
	return Number.parseInt(id.slice(1), 10);
}

/** "Of 15 claims 6 hold, 5 do not hold, 4 are undecided." */
function tally(claims: readonly JudgedClaim[]): string {
	const count = (verdict: JudgedClaim["verdict"]) => claims.filter((claim) => claim.verdict === verdict).length;
	const parts = [
		`${count("holds")} hold${count("holds") === 1 ? "s" : ""}`,
		`${count("does not hold")} ${count("does not hold") === 1 ? "does" : "do"} not hold`,
		`${count("undecided")} ${count("undecided") === 1 ? "is" : "are"} undecided`,
		`${count("not applicable")} cannot be tested`,
	];
	return `Of ${claims.length} claims ${parts.filter((part) => !part.startsWith("0 ")).join(", ")}.`;
}
