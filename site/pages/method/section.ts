/** A part of the method page: one thing that is measured, as the code measures it. */
import { type Html, html } from "../../html.ts";

export interface MethodSection {
	/** Of its place in the page. */
	readonly id: string;
	readonly title: string;
	readonly body: Html;
	/** Publications that it follows. */
	readonly sources: readonly Reference[];
}

export interface Reference {
	readonly text: string;
	readonly url: string;
}

export const raghu: Reference = {
	text: "Raghu et al. 2021, Do Vision Transformers See Like Convolutional Neural Networks?",
	url: "https://arxiv.org/abs/2108.08810",
};

/** Rows of what a reader may ask for: how it is read, and what the reports take. */
export function settings(rows: readonly (readonly [name: string, text: string])[]): Html {
	return html`<dl>
${rows.map(
	([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>
`,
)}</dl>`;
}
