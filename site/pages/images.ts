/** The page of the image sets that come along: one example of each class. */
import { counted } from "../charts/numbers.ts";
import { type GallerySet, galleryPath } from "../gallery.ts";
import { type Html, html } from "../html.ts";
import { layout } from "../layout.ts";
import { term } from "../parts/models.ts";
import { snippet } from "../parts/snippet.ts";
import { relative, type SiteData } from "../siteData.ts";

export function imagesPage(site: SiteData, gallery: readonly GallerySet[]): string {
	return layout(site, {
		path: galleryPath,
		title: "Images · Sightline",
		description: "The images that the models were trained and measured on: one example of each class.",
		body: html`<p class="crumb"><a href="${relative(galleryPath, "index.html")}">Reports</a></p>
<h1>Images</h1>
<p class="lead">The models that come along were trained on generated images, and are measured on others of the same kind. Each shows one object on a background of discs that hide one another; its class is an outline with a texture, so that both the shape as a whole and the detail matter.</p>
${gallery.map(setSection)}`,
	});
}

function setSection({ set, split, images }: GallerySet): Html {
	const { id, title, width, height, classNames, digest, splits } = set;
	return html`<section aria-labelledby="${id}"><h2 id="${id}">${title} <code>${id}</code></h2>
<dl>
${width === null || height === null ? null : term("Size", `${width} × ${height} px`)}
${term("Classes", counted(classNames.length))}
${term("Made by", digest)}
${term("Splits", [...splits].map(([name, { count }]) => `${name}: ${counted(count)}`).join(", "))}
</dl>
<div class="gallery">${images.map(
		({ className, index, file }) =>
			html`<figure><img src="${file}" alt="${className}" width="96" height="96" loading="lazy"><figcaption>${className} <span class="number">${split} ${index}</span></figcaption></figure>
`,
	)}</div>
<p>More of them, as files:</p>
${snippet("Command", `npx sightline images ${id} --count 100 --out ${id}`)}
</section>
`;
}
