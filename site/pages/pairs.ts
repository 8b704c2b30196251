/** The page on which any two panels of a report stand side by side. */
import type { ReportData } from "../../src/report/runReport.ts";
import { html, inlineJson } from "../html.ts";
import { layout } from "../layout.ts";
import { type PairGroup, pairsPath } from "../pairs.ts";
import { relative, type SiteData } from "../siteData.ts";

/** What the element `<sightline-pair>` reads; addresses from the page. */
export interface PairsFile {
	readonly groups: readonly {
		readonly what: string;
		readonly panels: readonly { readonly label: string; readonly figure: string; readonly panel: number }[];
	}[];
}

export function pairsPage(site: SiteData, report: ReportData, groups: readonly PairGroup[]): string {
	const path = pairsPath(report);
	const file: PairsFile = {
		groups: groups.map(({ what, panels }) => ({
			what,
			panels: panels.map(({ label, path: figure, panel }) => ({ label, figure: relative(path, figure), panel })),
		})),
	};
	return layout(site, {
		path,
		title: `Side by side · ${report.title} · Sightline`,
		description: `Any two panels of one quantity in “${report.title}”, side by side.`,
		head: html`<script type="module" src="${relative(path, "assets/sightline-pair.js")}"></script>
`,
		body: html`<p class="crumb"><a href="${relative(path, "index.html")}#${report.id}">${report.title}</a></p>
<h1>Side by side</h1>
<p class="lead">Any two panels of the report that show the same quantity, of two models or of one: on the same axes and colours, with all that the figures themselves do. Only small maps whose colours are their own keep them. The address of this page keeps the choice.</p>
<sightline-pair>
<script type="application/json">${inlineJson(file)}</script>
<p>To choose needs JavaScript. The panels by themselves:</p>
${groups.map(
	({ what, panels }) => html`<h2>${what}</h2>
<ul>${panels.map(({ label, path: figure }) => html`<li><a href="${relative(path, figure)}index.html">${label}</a></li>`)}</ul>
`,
)}</sightline-pair>`,
	});
}
