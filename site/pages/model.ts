/** The page of a model that comes along: what it is, how it was made, and where its likeness to the paper's ends. */
import { counted } from "../charts/numbers.ts";
import { type Html, html } from "../html.ts";
import { layout } from "../layout.ts";
import { dataTables } from "../parts/dataTable.ts";
import { figureElement } from "../parts/figure.ts";
import { architectureText, cardAccuracy, term } from "../parts/models.ts";
import { anatomyOutline } from "../parts/outline.ts";
import { snippet } from "../parts/snippet.ts";
import { modelPath, playgroundPath, relative, type SiteData, type SiteModel } from "../siteData.ts";

export function modelPage(site: SiteData, item: SiteModel): string {
	const { model, path } = item;
	const { id, title, card, analogyEnds } = model;
	return layout(site, {
		path,
		title: `${title} · Sightline`,
		description: `How ${title} was made, and how well it does: ${cardAccuracy(card)}.`,
		chart: item,
		body: html`<p class="crumb"><a href="${relative(path, "models/index.html")}">Models</a></p>
<h1>${title} <code>${id}</code></h1>
<p class="lead">Stands for ${card.standsFor}.</p>
${analogyEnds === null ? null : html`<h2>Where the analogy ends</h2><p>${analogyEnds}</p>`}
<h2>What it is</h2>
${anatomyList(item)}
${anatomyOutline(model)}
<h2>How it was made</h2>
${trainingList(item)}
<figure class="main">
${figureElement(item, path)}
<figcaption><p>Accuracy as it was trained: on the training images just seen (a mean over the steps since the last point, each taken before the step learns from its images) and on validation images.</p><p class="note">${item.footer}</p></figcaption>
</figure>
<p class="downloads">Take it along: <a href="figure.svg">SVG</a> <a href="figure-dark.svg">SVG, dark</a> <a href="figure.png">PNG</a> <a href="figure.pdf">PDF</a> <a href="data.csv">CSV</a> <a href="figure.json">JSON</a></p>
${dataTables(item.spec)}
<h2>Look inside</h2>
${snippet("Command", `npx sightline inspect ${id}`)}
${playgroundLink(site, item)}`,
	});
}

function anatomyList({ model }: SiteModel): Html {
	const heads = model.blocks.reduce((sum, block) => sum + block.heads.length, 0);
	return html`<dl>
${term("Architecture", architectureText(model))}
${heads === 0 ? null : term("Attention heads", `${heads}, ${heads / model.blocks.length} a block`)}
${term("Residual additions", counted(model.residualAdditions))}
${term("Classifier reads", model.pooling === "CLS" ? "the class token" : "the mean over all places")}
${term("Parameters", counted(model.parameters))}
${term("Input", `${model.inputSize.join(" × ")} px; ${model.preprocessing}`)}
${term("Classes", counted(model.classes))}
${term("SHA-256 of graph and weights", html`<code class="digest">${model.digest}</code>`)}
</dl>`;
}

function trainingList({ model: { card }, path }: SiteModel): Html {
	const { startsFrom } = card;
	const page = (id: string) => relative(path, `${modelPath(id)}index.html`);
	return html`<dl>
${term("Top-1", `${cardAccuracy(card)} (${card.imageSet}), measured on the float16 weights as they are shipped`)}
${term("Images", `${counted(card.imagesSeen)} seen, ${counted(card.imagesDistinct)} of them different, of ${card.imageSet}`)}
${startsFrom === null ? null : term("Went on from", html`<a href="${page(startsFrom.id)}">${startsFrom.id}</a> <code class="digest">${startsFrom.digest}</code>`)}
${term("Time", `${counted(Math.round(card.seconds / 60))} minutes on ${card.hardware}, other work beside it`)}
${term("Recipe", html`<code>src/zoo/training/${card.recipe}</code> <code class="digest">${card.recipeDigest}</code>`)}
${term("Licence of the weights", card.licence)}
</dl>`;
}

function playgroundLink({ playground }: SiteData, { model, path }: SiteModel): Html | null {
	if (playground !== "server") return null;
	const query = `{\n\tmodel(id: "${model.id}") {\n\t\tlayers(preset: BLOCKS) { name shape }\n\t\tcard { standsFor accuracy interval }\n\t}\n}\n`;
	const address = `${relative(path, playgroundPath)}index.html#${new URLSearchParams({ query }).toString()}`;
	return html`<p><a class="button" href="${address}">Ask about it in the playground</a></p>`;
}
