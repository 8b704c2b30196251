/** What other places show of a page where somebody links to it: Open Graph, Twitter's card, the page's true address. */
import { type Html, html } from "../html.ts";
import type { SiteChart, SiteData } from "../siteData.ts";

export interface DescribedPage {
	/** Folder from the site's root, "" for the root. */
	readonly path: string;
	readonly title: string;
	readonly description: string;
	/** What the page is about: its picture stands beside links to it. */
	readonly chart?: SiteChart;
}

/** Addresses must be absolute there: what needs one is left out where the site's own is not known. */
export function pageMetas({ siteUrl }: SiteData, { path, title, description, chart }: DescribedPage): Html {
	const address = siteUrl === null ? null : siteUrl + path;
	return html`<meta property="og:site_name" content="Sightline">
<meta property="og:type" content="${chart === undefined ? "website" : "article"}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
${
	address === null
		? null
		: html`<meta property="og:url" content="${address}">
<link rel="canonical" href="${address}">
`
}${
	siteUrl === null || chart === undefined
		? html`<meta name="twitter:card" content="summary">`
		: html`<meta property="og:image" content="${siteUrl}${chart.path}figure.png">
<meta property="og:image:type" content="image/png">
<meta property="og:image:width" content="${2 * chart.width}">
<meta property="og:image:height" content="${2 * chart.height}">
<meta property="og:image:alt" content="${chart.alt}">
<meta name="twitter:card" content="summary_large_image">`
}`;
}
