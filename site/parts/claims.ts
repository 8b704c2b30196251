/** Claims with their verdicts and the numbers behind them. */
import type { JudgedCase, JudgedClaim, JudgedStatistic, StatedClaim, Verdict } from "../../src/report/claim.ts";
import { rounded } from "../charts/numbers.ts";
import { type Html, html } from "../html.ts";

const classes: Readonly<Record<Verdict, string>> = {
	holds: "holds",
	"does not hold": "fails",
	undecided: "undecided",
	"not applicable": "missing",
};

/** The rule of all verdicts. */
export const howClaimsAreJudged = html`A claim holds if the 95&nbsp;% interval of its statistic lies wholly on the claimed side of the threshold, does not hold if wholly on the other side, and is undecided otherwise. Where a claim has several tests, their intervals hold together. Intervals cover the choice of images; each model was trained once, so they do not cover training.`;

export function verdictBadge(verdict: Verdict): Html {
	return html`<span class="verdict ${classes[verdict]}">${verdict}</span>`;
}

/**
 * How many claims have each verdict, as links into the ledger.
 *
 * @param before words before them
 */
export function tallyBadges(claims: readonly JudgedClaim[], ledger: string, before = ""): Html | null {
	if (claims.length === 0) return null;
	const found = verdicts.map((verdict) => claims.filter((claim) => claim.verdict === verdict));
	return html`<p class="tally">${before}${found.flatMap(([first, ...others]) =>
		first === undefined
			? []
			: html`<a class="verdict ${classes[first.verdict]}" href="${ledger}#${claimAnchor(first)}">${[first, ...others].map(({ id }) => id).join(", ")} ${counted(first.verdict, others.length + 1)}</a> `,
	)}</p>`;
}

/** "holds", "hold" of several. */
function counted(verdict: Verdict, count: number): string {
	return count === 1 ? verdict : (plurals[verdict] ?? verdict);
}

const plurals: Readonly<Partial<Record<Verdict, string>>> = { holds: "hold", "does not hold": "do not hold" };

/** In the order in which they are told. */
export const verdicts: readonly Verdict[] = ["holds", "does not hold", "undecided", "not applicable"];

/** Of a claim's place in a page. */
export function claimAnchor({ id }: Pick<StatedClaim, "id">): string {
	return `claim-${id.toLowerCase()}`;
}

export function claimArticle(claim: JudgedClaim): Html {
	const name = claimAnchor(claim);
	return html`<article class="claim" aria-labelledby="${name}">
<h3 id="${name}"><span class="number">${claim.id}</span> ${claim.sentence} ${verdictBadge(claim.verdict)}</h3>
<dl>
<dt>Test</dt><dd>${claim.rule}</dd>
<dt>In the paper</dt><dd>${claim.paper}</dd>
${claim.discrepancy === undefined ? null : html`<dt>Words and figures</dt><dd>${claim.discrepancy}</dd>`}
</dl>
${claim.cases.map((item) => caseTable(claim.id, item))}
</article>`;
}

/**
 * Claims on which a figure bears though others test them, as links to where they stand; nothing where there are none.
 *
 * @param address of the page that has them; empty where it is this one
 */
export function otherClaims(claims: readonly JudgedClaim[], address: string): Html | null {
	if (claims.length === 0) return null;
	return html`<p>It bears on claims that other figures test:</p>
<ul>${claims.map(
		(claim) =>
			html`<li><a href="${address}#${claimAnchor(claim)}">${claim.id}</a> ${claim.sentence} ${verdictBadge(claim.verdict)}</li>`,
	)}</ul>`;
}

function caseTable(id: string, { label, verdict, tests, also }: JudgedCase): Html {
	return html`<section class="scroll" tabindex="0" aria-label="${id}, ${label}">
<table class="statistics">
<caption>${label}: ${verdictBadge(verdict)}</caption>
<thead><tr><th scope="col">Statistic</th><th scope="col">Value</th><th scope="col">95&nbsp;% interval</th><th scope="col">Claimed</th><th scope="col">Verdict</th></tr></thead>
<tbody>
${tests.map(
	(test) =>
		html`<tr><th scope="row">${test.name}</th>${numberCells(test)}<td>${test.side} ${rounded(test.threshold, 2)}</td><td>${verdictBadge(test.verdict)}</td></tr>`,
)}${also.map(
	(statistic) =>
		html`<tr class="also"><th scope="row">${statistic.name}</th>${numberCells(statistic)}<td colspan="2">reported only</td></tr>`,
)}
</tbody>
</table>
</section>`;
}

function numberCells({ interval, reason, digits }: JudgedStatistic): Html {
	return interval === null
		? html`<td colspan="2">${reason}</td>`
		: html`<td>${rounded(interval.value, digits)}</td><td>${rounded(interval.low, digits)} to ${rounded(interval.high, digits)}</td>`;
}
