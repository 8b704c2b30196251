/** A figure on a page: the live chart, with a still of it for readers without JavaScript and until it is drawn. */
import { type Html, html } from "../html.ts";
import { relative, type SiteFigure } from "../siteData.ts";

/** @param from folder of the page, from the site's root */
export function figureElement({ figure, path, width, height }: SiteFigure, from: string): Html {
	const to = (name: string) => relative(from, path + name);
	return html`<sightline-figure src="${to("figure.json")}">
<picture>
<source srcset="${to("figure-dark.svg")}" media="(prefers-color-scheme: dark)">
<img src="${to("figure.svg")}" alt="${figure.alt}" width="${width}" height="${height}">
</picture>
</sightline-figure>`;
}

/** The still alone, small. */
export function figureStill({ figure, path, width, height }: SiteFigure, from: string): Html {
	const to = (name: string) => relative(from, path + name);
	return html`<picture>
<source srcset="${to("figure-dark.svg")}" media="(prefers-color-scheme: dark)">
<img src="${to("figure.svg")}" alt="${figure.alt}" width="${width}" height="${height}" loading="lazy">
</picture>`;
}
