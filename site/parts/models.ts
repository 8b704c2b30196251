/** What is told of a model. */
import type { CardResult, DescribedModelResult, ReportModelResult } from "../../src/report/queryResult.ts";
import { counted, percent } from "../charts/numbers.ts";
import { type Html, html } from "../html.ts";
import { modelPath, type SiteData } from "../siteData.ts";

/** The models of a report, each with a link to its page where it has one. */
export function reportModels({ models }: SiteData, ofReport: readonly ReportModelResult[]): Html {
	const hasPage = new Set(models.map(({ id }) => id));
	return html`<section class="scroll" tabindex="0" aria-label="Models of the report">
<table class="entries">
<thead><tr><th scope="col">Model</th><th scope="col">Top-1 on these images</th><th scope="col">Stands for</th></tr></thead>
<tbody>
${ofReport.map(({ id, title, measured: { top1 }, card }) => {
	const name = hasPage.has(id) ? html`<a href="${modelPath(id)}index.html">${title}</a>` : title;
	const accuracy = top1 === null ? "no labels" : shareText(top1);
	return html`<tr><th scope="row">${name} <code>${id}</code></th><td data-label="Top-1 on these images">${accuracy}</td><td data-label="Stands for">${card?.standsFor ?? "itself"}</td></tr>
`;
})}</tbody>
</table>
</section>`;
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
	return `${shareText({ value, low, high })} of ${counted(images)} unseen images`;
}

/** "94.1 % (93.4 % to 94.8 %)". */
export function shareText({ value, low, high }: Record<"value" | "low" | "high", number>): string {
	return `${percent(value)} (${percent(low)} to ${percent(high)})`;
}

export function term(name: string, description: string | Html): Html {
	return html`<dt>${name}</dt><dd>${description}</dd>
`;
}
