/** What a page that shows links as what they lead to (oEmbed 1.0) makes of a figure: its frame, and a picture. */
import { type Html, html } from "../html.ts";
import { embedFrame, frameHeight } from "../parts/embedFrame.ts";
import type { SiteData, SiteFigure } from "../siteData.ts";

/** A static answer: a figure has one size, which is not asked for. */
export function oembedFile(item: SiteFigure, siteUrl: string) {
	const { width, height, path, number, figure } = item;
	return {
		version: "1.0",
		type: "rich",
		title: `Figure ${number}. ${figure.title}`,
		provider_name: "Sightline",
		provider_url: siteUrl,
		html: embedFrame(item, siteUrl).text,
		width,
		height: frameHeight(item),
		thumbnail_url: `${siteUrl}${path}figure.png`,
		thumbnail_width: 2 * width,
		thumbnail_height: 2 * height,
	} as const;
}

/** How it is found; null where the site's address is not known. */
export function oembedLink({ siteUrl }: SiteData, { path, figure }: SiteFigure): Html | null {
	if (siteUrl === null) return null;
	return html`<link rel="alternate" type="application/json+oembed" href="${siteUrl}${path}oembed.json" title="${figure.title}">
`;
}
