/** The models of a report: what they are and how they were made. */
import type { ModelCardResult } from "../../src/report/queryResult.ts";
import { rounded } from "../charts/numbers.ts";
import { type Html, html } from "../html.ts";

export function modelCards(models: readonly ModelCardResult[]): Html {
	return html`<div class="cards">${models.map(modelCard)}</div>`;
}

function modelCard(model: ModelCardResult): Html {
	const { top1 } = model.measured;
	return html`<article class="card" aria-labelledby="model-${model.id}">
<h3 id="model-${model.id}">${model.title} <code>${model.id}</code></h3>
<p>${kindOf(model)}; ${count(model.parameters)} parameters; ${model.inputSize.join(" × ")} px; ${model.classes} classes.</p>
<dl>
${top1 === null ? null : term("Top-1 on these images", accuracyText(top1.value, [top1.low, top1.high], model.measured.images))}
${model.card === null ? null : cardTerms(model.card)}
</dl>
<p><code class="digest">${model.digest}</code></p>
</article>`;
}

function kindOf({ family, blocks, tokenGrid, classToken }: ModelCardResult): string {
	if (family !== "VIT") return `Convolutional, ${blocks.length} units`;
	const patches = tokenGrid === null ? "" : `, ${tokenGrid.join(" × ")} patches`;
	return `Vision transformer, ${blocks.length} blocks${patches}, ${classToken === true ? "" : "no "}class token`;
}

function cardTerms(card: NonNullable<ModelCardResult["card"]>): Html[] {
	const { accuracy, interval, accuracyImages } = card;
	const measured = accuracy !== null && interval !== null && accuracyImages !== null;
	return [
		term("Stands for", card.standsFor),
		term("Top-1 on its card", measured ? accuracyText(accuracy, interval, accuracyImages) : "not measured yet"),
		term(
			"Training",
			`${card.recipe}; ${count(card.imagesSeen)} images seen, ${count(card.imagesDistinct)} of them different; ${count(Math.round(card.seconds / 60))} minutes on ${card.hardware}`,
		),
		term("Licence", card.licence),
	];
}

function term(name: string, description: string): Html {
	return html`<dt>${name}</dt><dd>${description}</dd>
`;
}

/** A share with its 95 % interval. */
function accuracyText(value: number, interval: readonly number[], images: number): string {
	return `${percent(value)} (${interval.map(percent).join(" to ")}) of ${count(images)} unseen images`;
}

/** Thousands apart by a narrow space. */
function count(value: number): string {
	return value.toLocaleString("en-GB").replaceAll(",", "\u202f");
}

function percent(share: number): string {
	return `${rounded(share * 100, 1)} %`;
}
