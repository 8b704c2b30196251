/** A figure in a frame on somebody else's page. */
import { type Html, html } from "../html.ts";
import type { SiteFigure } from "../siteData.ts";

/** Room for the line below the figure, pixels. */
const lineHeight = 60;

/** @param root where the site is published, with a slash at the end */
export function embedFrame({ figure, path, height }: SiteFigure, root: string): Html {
	return html`<iframe src="${root}${path}embed.html" title="${figure.title}" width="100%" height="${frameHeight({ height })}" style="border: 0" loading="lazy"></iframe>`;
}

export function frameHeight({ height }: Pick<SiteFigure, "height">): number {
	return height + lineHeight;
}
