/** The page of the method: how each value comes about, with its formula and its source. */
import { type Html, html } from "../html.ts";
import { layout } from "../layout.ts";
import type { SiteData } from "../siteData.ts";
import { accuracy } from "./method/accuracy.ts";
import { attentionDistance, attentionEntropy } from "./method/heads.ts";
import { intervals } from "./method/intervals.ts";
import { localization } from "./method/localization.ts";
import { probe } from "./method/probe.ts";
import { receptiveField } from "./method/receptiveField.ts";
import { residualNorms } from "./method/residualNorms.ts";
import type { MethodSection } from "./method/section.ts";
import { sharedGround } from "./method/sharedGround.ts";
import { similarity } from "./method/similarity.ts";

/** In the order of the page. */
const sections: readonly MethodSection[] = [
	sharedGround,
	similarity,
	attentionDistance,
	attentionEntropy,
	receptiveField,
	residualNorms,
	localization,
	probe,
	accuracy,
	intervals,
];

export function methodPage(site: SiteData): string {
	return layout(site, {
		path: "method/",
		title: "Method · Sightline",
		description: "How each value comes about: formulas, estimators, precision and sources.",
		body: html`<p class="crumb"><a href="../index.html">Reports</a></p>
<h1>Method</h1>
<p class="lead">What Sightline computes, exactly as it computes it. New words are in the <a href="../glossary/index.html">glossary</a>; beside every figure stands what it rests on.</p>
<ul class="contents">
${sections.map(
	({ id, title }) => html`<li><a href="#${id}">${title}</a></li>
`,
)}</ul>
${sections.map(methodSection)}`,
	});
}

function methodSection({ id, title, body, sources }: MethodSection): Html {
	return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${body}
${
	sources.length === 0
		? null
		: html`<p class="source">${sources.map(({ text, url }, index) => html`${index === 0 ? "Sources: " : "; "}<a href="${url}">${text}</a>`)}.</p>`
}</section>
`;
}
