/** A report as one file: no address in it leads to another file, and nothing is asked of any host. */
import type { JudgedClaim } from "../../src/report/claim.ts";
import { figureNumber } from "../../src/report/figureNumber.ts";
import type { ReportData } from "../../src/report/runReport.ts";
import { type Html, html, inlineJson, raw } from "../html.ts";
import { claimsBorneOn } from "../ledger.ts";
import { checkTable } from "../parts/checks.ts";
import { citations } from "../parts/citations.ts";
import { claimAnchor, claimArticle, howClaimsAreJudged, otherClaims, verdictBadge } from "../parts/claims.ts";
import { dataTables } from "../parts/dataTable.ts";
import { howToMake } from "../parts/howToMake.ts";
import { howToRead } from "../parts/howToRead.ts";
import { reportModels } from "../parts/models.ts";
import { provenanceList } from "../parts/provenance.ts";
import { snippet } from "../parts/snippet.ts";
import type { SiteData, SiteFigure } from "../siteData.ts";
import { chartFile } from "./figureFile.ts";

export interface InlineFigure {
	readonly item: SiteFigure;
	/** HTML. */
	readonly caption: string;
	/** SVG, in the letters of the page. */
	readonly still: string;
}

/** What the pages of a site load, as texts. */
export interface Inlined {
	/** A style sheet with its letters. */
	readonly style: string;
	/** An address that is the icon itself. */
	readonly icon: string;
	readonly scripts: readonly string[];
}

export function wholeReportPage(
	site: SiteData,
	report: ReportData,
	figures: readonly InlineFigure[],
	{ style, icon, scripts }: Inlined,
): string {
	const { title, summary, source } = report;
	const online = site.siteUrl === null ? null : `${site.siteUrl}#${report.id}`;
	return `<!DOCTYPE html>
${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Sightline</title>
<meta name="description" content="${summary}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${icon}" type="image/svg+xml">
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<main id="main">
<h1>${title}</h1>
<p class="lead">${summary}</p>
${source === null ? null : html`<p class="source"><a href="${source.url}">${source.citation}</a></p>`}
${report.checks.length === 0 ? null : checkTable(report.checks)}
${online === null ? null : html`<p class="source">Online: <a href="${online}">${online}</a></p>`}
<nav aria-labelledby="contents"><h2 id="contents">Figures and claims</h2>
<ul class="contents">${figures.map(contentsLine)}</ul></nav>
${report.omitted.length === 0 ? null : html`<p>Left out: ${report.omitted.map(({ id, reason }) => `Figure ${figureNumber(id)} (${reason})`).join(" ")}</p>`}
<p>${howClaimsAreJudged}</p>
${figures.map(figureSection)}
<section aria-labelledby="models"><h2 id="models">Models</h2>
${reportModels({ ...site, models: [] }, report.models)}</section>
<section aria-labelledby="make"><h2 id="make">How to make it</h2>
${howToMake(report)}
<p>${report.time}</p></section>
<section aria-labelledby="cite"><h2 id="cite">How to cite it</h2>
${citations(site, figures[0]?.item)}</section>
</main>
<footer class="bar"><p>Made by Sightline. This file carries all it needs: figures, numbers, letters and scripts.</p></footer>
${scripts.map(
	(script) => html`<script type="module">${raw(scriptText(script))}</script>
`,
)}</body>
</html>`}
`;
}

function contentsLine({ item }: InlineFigure): Html {
	const { id, number, figure } = item;
	const others = claimsBorneOn(item);
	return html`<li><a href="#${id}"><span class="number">Figure ${number}</span> ${figure.title}</a>${figure.claims.map(claimLink)}${
		others.length === 0 ? null : html` bears on${others.map(claimLink)}`
	}</li>
`;
}

function claimLink(claim: JudgedClaim): Html {
	return html` <span><a href="#${claimAnchor(claim)}">${claim.id}</a> ${verdictBadge(claim.verdict)}</span>`;
}

function figureSection({ item, caption, still }: InlineFigure): Html {
	const { id, number, figure, footer } = item;
	const { title, claims, spec, provenance, query, variables } = figure;
	return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title"><span class="number">Figure ${number}</span> ${title}</h2>
${howToRead(figure)}
<figure class="main">
<sightline-figure src="#${id}-data">${raw(still)}</sightline-figure>
<script type="application/json" id="${id}-data">${inlineJson(chartFile(item))}</script>
<figcaption>${raw(caption)}<p class="note">${footer}</p></figcaption>
</figure>
${claims.map(claimArticle)}
${otherClaims(claimsBorneOn(item), "")}
${dataTables(spec)}
<details><summary>How the values came about</summary>
${provenanceList(provenance)}</details>
<details class="screen"><summary>The query behind it</summary>
${snippet(`GraphQL query of Figure ${number}`, query)}${snippet(`Variables of Figure ${number}`, JSON.stringify(variables, null, 2))}</details>
</section>
`;
}

/** The same script, whose strings neither end nor open a script. */
function scriptText(script: string): string {
	return script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}
