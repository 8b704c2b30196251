/** The page of a figure: chart, caption, claims, numbers, how they came about, and how to take it along. */
import { wordsOf } from "../glossary.ts";
import { type Html, html, raw } from "../html.ts";
import { layout } from "../layout.ts";
import { claimsBorneOn, ledgerPath } from "../ledger.ts";
import { type PairPanel, pairAddress } from "../pairs.ts";
import { citations, figureCitation } from "../parts/citations.ts";
import { claimArticle, howClaimsAreJudged, otherClaims } from "../parts/claims.ts";
import { dataTables } from "../parts/dataTable.ts";
import { embedFrame } from "../parts/embedFrame.ts";
import { figureElement } from "../parts/figure.ts";
import { howToRead } from "../parts/howToRead.ts";
import { provenanceList } from "../parts/provenance.ts";
import { snippet } from "../parts/snippet.ts";
import { playgroundPath, relative, type SiteData, type SiteFigure } from "../siteData.ts";
import { oembedLink } from "./oembed.ts";

/**
 * @param pair its panel that the page of pairs begins with
 * @param caption the figure's caption as HTML
 */
export function figurePage(site: SiteData, item: SiteFigure, pair: PairPanel | null, caption: string): string {
	const { report, figure, number, path } = item;
	return layout(site, {
		path,
		title: `Figure ${number}. ${figure.title} · Sightline`,
		description: figure.alt,
		chart: item,
		head: oembedLink(site, item),
		body: html`<p class="crumb"><a href="${relative(path, "index.html")}#${report.id}">${report.title}</a></p>
<h1><span class="number">Figure ${number}</span> ${figure.title}</h1>
${howToRead(figure)}
<figure class="main">
${figureElement(item, path)}
<figcaption>${raw(caption)}${glossaryLine(`${figure.howToRead ?? ""} ${figure.caption}`, path)}<p class="note">${item.footer}</p></figcaption>
</figure>
<p class="downloads">Take it along: <a href="figure.svg">SVG</a> <a href="figure-dark.svg">SVG, dark</a> <a href="figure.png">PNG</a> <a href="figure.pdf">PDF</a> <a href="data.csv">CSV</a> <a href="figure.json">JSON</a></p>
${pair === null ? null : html`<p class="screen"><a href="${pairAddress(path, report, pair)}">Side by side with another model</a></p>`}
${claimsSection(item)}
<section aria-labelledby="numbers"><h2 id="numbers">Numbers</h2>
${dataTables(figure.spec)}
<p>Every value to six decimals: <a href="data.csv">data.csv</a>.</p></section>
<section aria-labelledby="provenance"><h2 id="provenance">How the values came about</h2>
${provenanceList(figure.provenance)}
<p><a href="${relative(path, "method/index.html")}">How such values are computed, with the formulas</a></p></section>
${querySection(site, item)}
${embedSection(site, item)}
<section aria-labelledby="cite"><h2 id="cite">How to cite it</h2>
<p>This figure:</p>
${snippet("Citation of the figure", figureCitation(site, item))}
${citations(site, item)}</section>`,
	});
}

function claimsSection(item: SiteFigure): Html | null {
	const { figure, report, path } = item;
	const others = claimsBorneOn(item);
	if (figure.claims.length + others.length === 0) return null;
	const ledger = `${relative(path, ledgerPath(report))}index.html`;
	return html`<section aria-labelledby="claims"><h2 id="claims">Claims</h2>
<p>${howClaimsAreJudged}</p>
${figure.claims.map(claimArticle)}
${otherClaims(others, ledger)}
<p><a href="${ledger}">All claims of the report</a></p></section>`;
}

/** The words of a text that the glossary has. */
function glossaryLine(text: string, path: string): Html | null {
	const words = wordsOf(text.replace(/\s+/g, " "));
	if (words.length === 0) return null;
	return html`<p class="note">In the glossary: ${words.map(({ id, term }, index) => html`${index === 0 ? "" : " · "}<a href="${relative(path, "glossary/index.html")}#${id}">${term}</a>`)}</p>`;
}

function querySection(site: SiteData, { figure, path }: SiteFigure): Html {
	const { query, variables } = figure;
	const address = new URLSearchParams({ query, variables: JSON.stringify(variables) });
	return html`<section class="screen" aria-labelledby="query"><h2 id="query">The query behind it</h2>
${
	site.playground === null
		? null
		: html`<p><a class="button" href="${relative(path, playgroundPath)}index.html#${address.toString()}">Open it in the playground</a></p>`
}
<details><summary>GraphQL</summary>${snippet("GraphQL query", query)}${snippet("Variables", JSON.stringify(variables, null, 2))}</details></section>`;
}

function embedSection(site: SiteData, item: SiteFigure): Html {
	const { figure, path } = item;
	const root = site.siteUrl ?? "https://YOUR-HOST/";
	const at = root + path;
	const title = figure.title;
	return html`<section class="screen" aria-labelledby="embed" data-placeholder="${root}"><h2 id="embed">Put it on your page</h2>
<p>As a frame:</p>
${snippet("Frame", embedFrame(item, root).text)}
<p>As an element, which follows the width and the dark mode of the page around it:</p>
${snippet("Element", html`<script type="module" src="${root}assets/sightline-figure.js"></script>\n<sightline-figure src="${at}figure.json"><img src="${at}figure.svg" alt="${figure.alt}"></sightline-figure>`.text)}
<p>In Markdown:</p>
${snippet("Markdown", `[![${title}](${at}figure.svg)](${at})`)}</section>`;
}
