/** The page of a report's claims: what was claimed, what came out, and what the paper itself shows. */
import type { JudgedCase, JudgedClaim, JudgedStatistic } from "../../src/report/claim.ts";
import { figureNumber } from "../../src/report/figureNumber.ts";
import type { OmittedFigure } from "../../src/report/roles.ts";
import type { ReportData } from "../../src/report/runReport.ts";
import { rounded } from "../charts/numbers.ts";
import { type Html, html } from "../html.ts";
import { layout } from "../layout.ts";
import { type LedgerEntry, ledgerPath } from "../ledger.ts";
import { claimAnchor, verdictBadge } from "../parts/claims.ts";
import { verdictTally } from "../parts/verdictTally.ts";
import { relative, type SiteData, type SiteFigure } from "../siteData.ts";

export function claimsPage(site: SiteData, report: ReportData, ledger: readonly LedgerEntry[]): string {
	const path = ledgerPath(report);
	return layout(site, {
		path,
		title: `Claims · ${report.title} · Sightline`,
		description: `Every claim tested of “${report.title}”: its verdict, the value measured here and the paper's own.`,
		body: html`<p class="crumb"><a href="${relative(path, "index.html")}#${report.id}">${report.title}</a></p>
<h1>Claims</h1>
<p class="lead">Each claim was written down as a statistic with a threshold before it was first measured. It holds if the 95&nbsp;% interval of the statistic lies wholly on the claimed side, does not hold if wholly on the other, and is undecided otherwise. The first models named give the verdict; the others stand beside it.</p>
${verdictTally(ledger, "")}
${discrepancies(ledger)}
<h2 id="ledger">Ledger</h2>
<section class="scroll" tabindex="0" aria-label="Claims, verdicts and values">
<table class="ledger entries">
<caption>What was claimed, what was measured here, and what the paper shows; intervals of 95&nbsp;% cover the choice of images</caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Models</th><th scope="col">Verdict</th><th scope="col">Measured here</th><th scope="col">In the paper</th><th scope="col">Figure</th></tr></thead>
${ledger.map(
	(entry) => html`<tbody id="${claimAnchor(entry.claim)}">
${"figure" in entry ? judgedRows(entry.claim, entry.figure, path) : omittedRow(entry.claim, entry.omitted)}</tbody>
`,
)}</table>
</section>`,
	});
}

function discrepancies(ledger: readonly LedgerEntry[]): Html | null {
	const found = ledger.flatMap(({ claim }) =>
		claim.discrepancy === undefined
			? []
			: html`<li><a href="#${claimAnchor(claim)}">${claim.id}</a> ${claim.discrepancy}</li>
`,
	);
	return found.length === 0
		? null
		: html`<h2>Where the paper's words and figures part</h2>
<ul>
${found}</ul>`;
}

function judgedRows(claim: JudgedClaim, { number, path: target }: SiteFigure, path: string): Html[] {
	const rows = claim.cases.length;
	return claim.cases.map((item, index) =>
		index === 0
			? html`<tr><th scope="rowgroup" rowspan="${rows}"><span class="number">${claim.id}</span> ${claim.sentence}</th>${caseCells(item)}<td class="paper" data-label="In the paper" rowspan="${rows}">${paperText(claim)}</td><td class="figure" rowspan="${rows}"><a href="${relative(path, target)}index.html#${claimAnchor(claim)}">Figure ${number}</a></td></tr>
`
			: html`<tr>${caseCells(item)}</tr>
`,
	);
}

function caseCells({ label, verdict, tests }: JudgedCase): Html {
	return html`<td class="models">${label}</td><td>${verdictBadge(verdict)}</td><td><ul class="plain">${tests.map(
		(test) => html`<li>${test.name}: ${valueText(test)}; claimed ${test.side} ${rounded(test.threshold, 2)}</li>`,
	)}</ul></td>`;
}

function valueText({ interval, reason, digits }: JudgedStatistic): Html | string {
	if (interval === null) return reason ?? "";
	const [value, low, high] = [interval.value, interval.low, interval.high].map((number) => rounded(number, digits));
	return html`<strong>${value ?? ""}</strong> (${low ?? ""} to ${high ?? ""})`;
}

function omittedRow(claim: LedgerEntry["claim"], { id, reason }: OmittedFigure): Html {
	return html`<tr><th scope="rowgroup"><span class="number">${claim.id}</span> ${claim.sentence}</th><td></td><td><span class="verdict missing">not measured</span></td><td>${reason}</td><td class="paper" data-label="In the paper">${paperText(claim)}</td><td class="figure">Figure ${figureNumber(id)}</td></tr>
`;
}

function paperText({ paper, discrepancy }: LedgerEntry["claim"]): Html {
	return discrepancy === undefined ? html`${paper}` : html`${paper} <em>${discrepancy}</em>`;
}
