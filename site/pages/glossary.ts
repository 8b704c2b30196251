/** The page of the glossary. */
import { glossary } from "../glossary.ts";
import { html } from "../html.ts";
import { layout } from "../layout.ts";
import type { SiteData } from "../siteData.ts";

export function glossaryPage(site: SiteData): string {
	return layout(site, {
		path: "glossary/",
		title: "Glossary · Sightline",
		description: "The words of these pages in plain ones, for those who meet them for the first time.",
		body: html`<p class="crumb"><a href="../index.html">Reports</a></p>
<h1>Glossary</h1>
<p class="lead">The words of these pages in plain ones. How each value is computed is on the <a href="../method/index.html">method page</a>.</p>
<dl class="glossary">
${glossary.map(
	({
		id,
		term,
		text,
		method,
	}) => html`<dt id="${id}">${term}</dt><dd>${text}${method === undefined ? null : html` <a href="../method/index.html#${method}" aria-label="${term}: the formula">Formula</a>`}</dd>
`,
)}</dl>`,
	});
}
