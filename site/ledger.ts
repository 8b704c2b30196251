/** All claims of a report in their order: those that were judged, and those of figures that were left out. */
import type { JudgedClaim, StatedClaim } from "../src/report/claim.ts";
import type { OmittedFigure } from "../src/report/roles.ts";
import type { ReportData } from "../src/report/runReport.ts";
import type { SiteFigure } from "./siteData.ts";

export type LedgerEntry =
	| { readonly claim: JudgedClaim; readonly figure: SiteFigure }
	| { readonly claim: StatedClaim; readonly omitted: OmittedFigure };

/** @param figures those of the report are taken */
export function ledgerOf(report: ReportData, figures: readonly SiteFigure[]): LedgerEntry[] {
	const judged = figures
		.filter((figure) => figure.report === report)
		.flatMap((figure) => figure.figure.claims.map((claim) => ({ claim, figure })));
	const left = report.omitted.flatMap((omitted) => omitted.claims.map((claim) => ({ claim, omitted })));
	return [...judged, ...left].sort((a, b) => a.claim.id.localeCompare(b.claim.id, "en", { numeric: true }));
}

/** Claims on which a figure bears though another one tests them, as far as they were judged. */
export function claimsBorneOn({ report, figure }: SiteFigure): JudgedClaim[] {
	return report.figures.flatMap(({ claims }) => claims).filter(({ id }) => figure.bearsOn.includes(id));
}

/** Folder of the ledger's page from the site's root. */
export function ledgerPath({ id }: ReportData): string {
	return `${id}/claims/`;
}
