/** A figure alone, for a frame on somebody else's page. */
import { html } from "../html.ts";
import { figureElement } from "../parts/figure.ts";
import { relative, type SiteData, type SiteFigure } from "../siteData.ts";

export function embedPage(site: SiteData, item: SiteFigure): string {
	const { figure, number, path } = item;
	const to = (target: string) => relative(path, target);
	return `<!DOCTYPE html>
${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Figure ${number}. ${figure.title}</title>
<meta name="color-scheme" content="light dark">
${
	site.siteUrl === null
		? null
		: html`<link rel="canonical" href="${site.siteUrl}${path}">
`
}<link rel="icon" href="${to("assets/icon.svg")}" type="image/svg+xml">
<link rel="stylesheet" href="${to("assets/site.css")}">
<script type="module" src="${to("assets/sightline-figure.js")}"></script>
<script type="module" src="${to("assets/page.js")}" data-root="${to("")}" data-digest=""></script>
</head>
<body class="embed">
<main>
<h1 class="quiet">Figure ${number}. ${figure.title}</h1>
${figureElement(item, path)}
<p class="note"><a href="index.html" target="_blank" rel="noopener">Figure ${number}. ${figure.title}</a> · ${item.footer}</p>
</main>
</body>
</html>`}
`;
}
