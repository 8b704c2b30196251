/** A chart on a page: live, with a still of it for readers without JavaScript and until it is drawn. */
import { type Html, html } from "../html.ts";
import { relative, type SiteChart } from "../siteData.ts";

/** @param from folder of the page, from the site's root */
export function figureElement(chart: SiteChart, from: string): Html {
	return html`<sightline-figure src="${relative(from, `${chart.path}figure.json`)}">
${picture(chart, from, null)}
</sightline-figure>`;
}

/** The still alone, small. */
export function figureStill(chart: SiteChart, from: string): Html {
	return picture(chart, from, html` loading="lazy"`);
}

function picture({ path, alt, width, height }: SiteChart, from: string, attributes: Html | null): Html {
	const to = (name: string) => relative(from, path + name);
	return html`<picture>
<source srcset="${to("figure-dark.svg")}" media="screen and (prefers-color-scheme: dark)">
<img src="${to("figure.svg")}" alt="${alt}" width="${width}" height="${height}"${attributes}>
</picture>`;
}
