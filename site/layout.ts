/** The frame of every page. All addresses are relative to the page: the site works below any path and offline. */
import { type Html, html } from "./html.ts";
import { type DescribedPage, pageMetas } from "./parts/pageMetas.ts";
import { playgroundPath, relative, type SiteData } from "./siteData.ts";

export interface Page extends DescribedPage {
	readonly body: Html;
	/** Into the head, beside what every page has. */
	readonly head?: Html | null;
}

export function layout(site: SiteData, page: Page): string {
	const { path, title, description, body, head = null } = page;
	const to = (target: string) => relative(path, target);
	return `<!DOCTYPE html>
${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
${pageMetas(site, page)}
${head}<link rel="icon" href="${to("assets/icon.svg")}" type="image/svg+xml">
<link rel="stylesheet" href="${to("assets/site.css")}">
<script type="module" src="${to("assets/sightline-figure.js")}"></script>
<script type="module" src="${to("assets/page.js")}" data-root="${to("")}" data-digest=""></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar">
<a class="brand" href="${to("index.html")}">Sightline</a>
<nav aria-label="Site">${site.models.length === 0 ? null : html`<a href="${to("models/index.html")}">Models</a>`}${
	site.gallery.length === 0 ? null : html`<a href="${to("images/index.html")}">Images</a>`
}<a href="${to("method/index.html")}">Method</a><a href="${to("glossary/index.html")}">Glossary</a>${
	site.playground === null ? null : html`<a href="${to(playgroundPath)}index.html">GraphQL playground</a>`
}</nav>
</header>
<main id="main">
${body}
</main>
<footer class="bar">
<p>Made by Sightline from measurements on this site's own models. Nothing on this page comes from another host.</p>
</footer>
</body>
</html>`}
`;
}
