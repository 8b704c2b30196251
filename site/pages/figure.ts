/** The page of a figure: chart, caption, claims, numbers, how they came about, and how to take it along. */
import { type Html, html, raw } from "../html.ts";
import { layout } from "../layout.ts";
import { claimArticle } from "../parts/claims.ts";
import { dataTables } from "../parts/dataTable.ts";
import { figureElement } from "../parts/figure.ts";
import { provenanceList } from "../parts/provenance.ts";
import { snippet } from "../parts/snippet.ts";
import { relative, type SiteData, type SiteFigure } from "../siteData.ts";

/** @param caption the figure's caption as HTML */
export function figurePage(site: SiteData, item: SiteFigure, caption: string): string {
	const { report, figure, number, path } = item;
	return layout(site, {
		path,
		title: `Figure ${number}. ${figure.title} · Sightline`,
		description: figure.alt,
		body: html`<p class="crumb"><a href="${relative(path, "index.html")}#${report.id}">${report.title}</a></p>
<h1><span class="number">Figure ${number}</span> ${figure.title}</h1>
<figure class="main">
${figureElement(item, path)}
<figcaption>${raw(caption)}<p class="note">${item.footer}</p></figcaption>
</figure>
<p class="downloads">Take it along: <a href="figure.svg">SVG</a> <a href="figure-dark.svg">SVG, dark</a> <a href="figure.png">PNG</a> <a href="data.csv">CSV</a> <a href="figure.json">JSON</a></p>
${claimsSection(item)}
<section aria-labelledby="numbers"><h2 id="numbers">Numbers</h2>
${dataTables(figure.spec)}
<p>Every value to six decimals: <a href="data.csv">data.csv</a>.</p></section>
<section aria-labelledby="provenance"><h2 id="provenance">How the values came about</h2>
${provenanceList(figure.provenance)}</section>
${querySection(site, item)}
${embedSection(site, item)}
${
	report.source === null
		? null
		: html`<section aria-labelledby="cite"><h2 id="cite">How to cite the paper</h2>
${snippet("BibTeX entry of the paper", report.source.bibtex)}</section>`
}`,
	});
}

function claimsSection({ figure: { claims } }: SiteFigure): Html | null {
	if (claims.length === 0) return null;
	return html`<section aria-labelledby="claims"><h2 id="claims">Claims</h2>
<p>A claim holds if the 95&nbsp;% interval of its statistic lies wholly on the claimed side of the threshold, does not hold if wholly on the other side, and is undecided otherwise. Where a claim has several tests, their intervals hold together. Intervals cover the choice of images; each model was trained once, so they do not cover training.</p>
${claims.map(claimArticle)}</section>`;
}

function querySection(site: SiteData, { figure, path }: SiteFigure): Html {
	const { query, variables } = figure;
	const address = new URLSearchParams({ query, variables: JSON.stringify(variables) });
	return html`<section aria-labelledby="query"><h2 id="query">The query behind it</h2>
${
	site.playground === null
		? null
		: html`<p><a class="button" href="${relative(path, site.playground)}?${address.toString()}">Open it in the playground</a></p>`
}
<details><summary>GraphQL</summary>${snippet("GraphQL query", query)}${snippet("Variables", JSON.stringify(variables, null, 2))}</details></section>`;
}

function embedSection(site: SiteData, { figure, path, height }: SiteFigure): Html {
	const root = site.siteUrl ?? "https://YOUR-HOST/";
	const at = root + path;
	const title = figure.title;
	return html`<section aria-labelledby="embed" data-placeholder="${root}"><h2 id="embed">Put it on your page</h2>
<p>As a frame:</p>
${snippet("Frame", `<iframe src="${at}embed.html" title="${title}" width="100%" height="${height + 60}" style="border: 0" loading="lazy"></iframe>`)}
<p>As an element, which follows the width and the dark mode of the page around it:</p>
${snippet("Element", `<script type="module" src="${root}assets/sightline-figure.js"></script>\n<sightline-figure src="${at}figure.json"><img src="${at}figure.svg" alt="${figure.alt}"></sightline-figure>`)}
<p>In Markdown:</p>
${snippet("Markdown", `[![${title}](${at}figure.svg)](${at})`)}</section>`;
}
