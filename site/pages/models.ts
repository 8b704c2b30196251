/** All models that have a page, side by side. */
import { counted, percent } from "../charts/numbers.ts";
import { type Html, html } from "../html.ts";
import { layout } from "../layout.ts";
import { architectureText } from "../parts/models.ts";
import type { SiteData, SiteModel } from "../siteData.ts";

export function modelsPage(site: SiteData, models: readonly SiteModel[]): string {
	return layout(site, {
		path: "models/",
		title: "Models · Sightline",
		description: "The models that come along: what each is, how well it does and what it stands for.",
		body: html`<p class="crumb"><a href="../index.html">Reports</a></p>
<h1>Models</h1>
<p class="lead">Small networks, trained for Sightline on generated images, so that each finding of the paper can be looked at on any machine. Each has a card that says how it was made.</p>
<section class="scroll" tabindex="0" aria-label="Models">
<table class="entries">
<caption>Top-1 accuracy on unseen images with its 95 % Wilson interval</caption>
<thead><tr><th scope="col">Model</th><th scope="col">Architecture</th><th scope="col">Parameters</th><th scope="col">Training images</th><th scope="col">Top-1</th><th scope="col">Stands for</th></tr></thead>
<tbody>
${models.map(row)}</tbody>
</table>
</section>`,
	});
}

function row({ model }: SiteModel): Html {
	const { id, title, parameters, card } = model;
	const { accuracy, interval } = card;
	const top1 =
		accuracy === null || interval === null
			? "not measured yet"
			: `${percent(accuracy)} (${interval.map(percent).join(" to ")}) of ${card.imageSet}`;
	return html`<tr><th scope="row"><a href="${id}/index.html">${title}</a> <code>${id}</code></th><td>${architectureText(model)}</td><td data-label="Parameters">${counted(parameters)}</td><td data-label="Training images">${counted(card.imagesDistinct)}</td><td data-label="Top-1">${top1}</td><td data-label="Stands for">${card.standsFor}</td></tr>
`;
}
