/** What is told of a model. */
import type { CardResult, DescribedModelResult, ReportModelResult } from "../../src/report/queryResult.ts";
import { counted, percent } from "../charts/numbers.ts";
import { type Html, html } from "../html.ts";
import { modelPath, type SiteData } from "../siteData.ts";

/** The models of a report, each with a link to its page where it has one. */
export function reportModels({ models }: SiteData, ofReport: readonly ReportModelResult[]): Html {
	const hasPage = new Set(models.map(({ id }) => id));
	return html`<div class="cards">${ofReport.map((model) => reportModel(model, hasPage.has(model.id)))}</div>`;
}

function reportModel(model: ReportModelResult, hasPage: boolean): Html {
	const { id, title, measured, card } = model;
	const name = hasPage ? html`<a href="${modelPath(id)}index.html">${title}</a>` : title;
	return html`<article class="card" aria-labelledby="model-${id}">
<h3 id="model-${id}">${name} <code>${id}</code></h3>
<p>${architectureText(model)}; ${counted(model.parameters)} parameters.</p>
<dl>
${measured.top1 === null ? null : term("Top-1 on these images", accuracyText({ ...measured.top1, images: measured.images }))}
${card === null ? null : term("Stands for", card.standsFor)}
</dl>
</article>`;
}

/** In words: "vision transformer, 6 blocks, 8 × 8 patches, class token". */
export function architectureText({ family, blocks, tokenGrid, classToken }: DescribedModelResult): string {
	const units = `${blocks.length} ${family === "CNN" ? "units" : "blocks"}`;
	const patches = tokenGrid === null ? [] : [`${tokenGrid.join(" × ")} patches`];
	const token = family === "VIT" ? [classToken === true ? "class token" : "no class token"] : [];
	return [kinds[family], units, ...patches, ...token].join(", ");
}

const kinds = {
	VIT: "Vision transformer",
	MIXER: "MLP-Mixer",
	CNN: "Convolutional network",
	OTHER: "Network",
} as const;

/** A card's accuracy with its interval and what it rests on. */
export function cardAccuracy({ accuracy, interval, accuracyImages }: CardResult): string {
	const [low, high] = interval ?? [];
	return accuracy === null || low === undefined || high === undefined || accuracyImages === null
		? "not measured yet"
		: accuracyText({ value: accuracy, low, high, images: accuracyImages });
}

/** A share with its 95 % Wilson interval. */
function accuracyText({ value, low, high, images }: Record<"value" | "low" | "high" | "images", number>): string {
	return `${percent(value)} (${percent(low)} to ${percent(high)}) of ${counted(images)} unseen images`;
}

export function term(name: string, description: string | Html): Html {
	return html`<dt>${name}</dt><dd>${description}</dd>
`;
}
