/** A figure's numbers as tables to be read, behind a button. */
import type { FigureSpec } from "../../src/report/figureSpec.ts";
import { type Table, tablesOf } from "../charts/tableOf.ts";
import { type Html, html } from "../html.ts";

export function dataTables(spec: FigureSpec): Html {
	return html`<details class="data"><summary>The numbers as tables</summary>
${tablesOf(spec).map(tableSection)}
</details>`;
}

function tableSection({ caption, columns, rows }: Table): Html {
	const [corner, ...heads] = columns;
	return html`<section class="scroll" tabindex="0" aria-label="${caption}">
<table class="numbers">
<caption>${caption}</caption>
<thead><tr><td>${corner ?? ""}</td>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows.map(
	([name, ...cells]) =>
		html`<tr><th scope="row">${name ?? ""}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
)}</tbody>
</table>
</section>`;
}
