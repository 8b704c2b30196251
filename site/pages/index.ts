/** The front page: reports with their figures, verdicts and models. */
import type { ReportData } from "../../src/report/runReport.ts";
import { type Html, html } from "../html.ts";
import { layout } from "../layout.ts";
import { verdictBadge } from "../parts/claims.ts";
import { figureStill } from "../parts/figure.ts";
import { reportModels } from "../parts/models.ts";
import { snippet } from "../parts/snippet.ts";
import type { SiteData, SiteFigure } from "../siteData.ts";

export function indexPage(site: SiteData, figures: readonly SiteFigure[]): string {
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
	),
)}`,
	});
}

function reportSection(site: SiteData, report: ReportData, figures: readonly SiteFigure[]): Html {
	return html`<section class="report" id="${report.id}" aria-labelledby="${report.id}-title">
<h2 id="${report.id}-title">${report.title}</h2>
<p class="lead">${report.summary}</p>
<p class="source"><a href="${report.source.url}">${report.source.citation}</a></p>
<div class="figures">${figures.map(figureCard)}</div>
<h3>Claims</h3>
${verdictTable(figures)}
<h3>Models</h3>
${reportModels(site, report.models)}
<p><a href="models/index.html">All models that come along</a></p>
<h3>How to make it</h3>
${snippet("Command", report.command)}
<p>${report.time}</p>
<p>What to expect:</p>
<ul>${report.expect.map((line) => html`<li>${line}</li>`)}</ul>
<h3>How to cite the paper</h3>
${snippet("BibTeX entry of the paper", report.source.bibtex)}
</section>`;
}

function figureCard(figure: SiteFigure): Html {
	return html`<article class="card figure" aria-labelledby="${figure.figure.id}">
<h3 id="${figure.figure.id}"><a href="${figure.path}index.html"><span class="number">Figure ${figure.number}</span> ${figure.figure.title}</a></h3>
${figureStill(figure, "")}
<p class="note">${figure.footer}</p>
</article>`;
}

function verdictTable(figures: readonly SiteFigure[]): Html {
	return html`<section class="scroll" tabindex="0" aria-label="Claims and verdicts">
<table>
<caption>Each claim of the paper at these figures, tested by a rule that was fixed before anything was measured</caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Verdict</th><th scope="col">Figure</th></tr></thead>
<tbody>
${figures.flatMap(({ figure, number, path }) =>
	figure.claims.map(
		(claim) =>
			html`<tr><th scope="row"><span class="number">${claim.id}</span> ${claim.sentence}</th><td>${verdictBadge(claim.verdict)}</td><td><a href="${path}index.html#claim-${claim.id.toLowerCase()}">Figure ${number}</a></td></tr>
`,
	),
)}</tbody>
</table>
</section>`;
}
