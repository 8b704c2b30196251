/** What a newcomer is told before looking at a figure. */
import type { FigureData } from "../../src/report/runReport.ts";
import { type Html, html } from "../html.ts";

export function howToRead({ howToRead: text }: FigureData): Html | null {
	return text === null ? null : html`<p class="how"><strong>How to read it.</strong> ${text}</p>`;
}
