/** The models of a report: what they are and how they were made. */
import type { ModelCardResult } from "../../src/report/queryResult.ts";
import { rounded } from "../charts/numbers.ts";
import { type Html, html } from "../html.ts";

export function modelCards(models: readonly ModelCardResult[]): Html {
	return html`<div class="cards">${models.map(modelCard)}</div>`;
}

function modelCard(model: ModelCardResult): Html {
	const { card, tokenGrid } = model;
	const kind =
		model.family === "VIT"
			? `Vision transformer, ${model.blocks.length} blocks${tokenGrid === null ? "" : `, ${tokenGrid.join(" × ")} patches`}, ${model.classToken === true ? "class token" : "no class token"}`
			: `Convolutional, ${model.blocks.length} units`;
	return html`<article class="card" aria-labelledby="model-${model.id}">
<h3 id="model-${model.id}">${model.title} <code>${model.id}</code></h3>
<p>${kind}; ${count(model.parameters)} parameters; ${model.inputSize.join(" × ")} px; ${model.classes} classes.</p>
${
	card === null
		? null
		: html`<dl>
<dt>Stands for</dt><dd>${card.standsFor}</dd>
<dt>Top-1 accuracy</dt><dd>${percent(card.accuracy)} (${card.interval.map(percent).join(" to ")}) of ${count(4000)} unseen images</dd>
<dt>Training</dt><dd>${card.recipe}; ${count(card.imagesSeen)} images seen, ${count(card.imagesDistinct)} of them different; ${count(Math.round(card.seconds / 60))} minutes on ${card.hardware}</dd>
<dt>Licence</dt><dd>${card.licence}</dd>
</dl>`
}
<p><code class="digest">${model.digest}</code></p>
</article>`;
}

/** Thousands apart by a narrow space. */
function count(value: number): string {
	return value.toLocaleString("en-GB").replaceAll(",", "\u202f");
}

function percent(share: number): string {
	return `${rounded(share * 100, 1)} %`;
}
