/** How a report's claims fell, each a link to its row in the ledger. */
import type { Verdict } from "../../src/report/claim.ts";
import { type Html, html } from "../html.ts";
import type { LedgerEntry } from "../ledger.ts";
import { claimAnchor, verdictBadge, verdicts } from "./claims.ts";

/** @param ledger address of the ledger's page from the page that this stands on, "" for itself */
export function verdictTally(entries: readonly LedgerEntry[], ledger: string): Html {
	const fallen = verdicts.map((verdict) => ({
		badge: verdictBadge(verdict),
		found: entries.filter((entry) => verdictOf(entry) === verdict),
	}));
	const open = { badge: html`<span class="verdict missing">not measured</span>`, found: entries.filter(notMeasured) };
	return html`<dl class="verdicts">
${[...fallen, open].map(({ badge, found }) =>
	found.length === 0
		? null
		: html`<dt>${found.length} ${badge}</dt><dd>${found.map(({ claim }) => html`<a href="${ledger}#${claimAnchor(claim)}">${claim.id}</a> `)}</dd>
`,
)}</dl>`;
}

function verdictOf(entry: LedgerEntry): Verdict | null {
	return "figure" in entry ? entry.claim.verdict : null;
}

function notMeasured(entry: LedgerEntry): boolean {
	return verdictOf(entry) === null;
}
