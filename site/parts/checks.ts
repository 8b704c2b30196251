/** The checks of a report that serves as a gate, with their values and bounds. */
import type { JudgedCheck } from "../../src/report/check.ts";
import { rounded } from "../charts/numbers.ts";
import { type Html, html } from "../html.ts";

const classes: Readonly<Record<JudgedCheck["verdict"], string>> = {
	passed: "holds",
	missed: "fails",
	"not measured": "missing",
};

export function checkTable(checks: readonly JudgedCheck[]): Html {
	const missed = checks.filter(({ verdict }) => verdict === "missed").length;
	return html`<p>${missed === 0 ? "No check is missed." : `${missed} of ${checks.length} checks ${missed === 1 ? "is" : "are"} missed.`} A check is held to the value itself, which is the same from run to run; the interval tells how far other images may move it.</p>
<section class="scroll" tabindex="0" aria-label="Checks">
<table class="statistics">
<thead><tr><th scope="col">Check</th><th scope="col">Value</th><th scope="col">95&nbsp;% interval</th><th scope="col">Bound</th><th scope="col">Verdict</th></tr></thead>
<tbody>
${checks.map(
	({ id, sentence, digits, interval, reason, bound, threshold, verdict }) =>
		html`<tr><th scope="row">${sentence} <code>${id}</code></th>${
			interval === null
				? html`<td colspan="2">${reason}</td>`
				: html`<td>${rounded(interval.value, digits)}</td><td>${rounded(interval.low, digits)} to ${rounded(interval.high, digits)}</td>`
		}<td>at ${bound === "atLeast" ? "least" : "most"} ${threshold}</td><td><span class="verdict ${classes[verdict]}">${verdict}</span></td></tr>
`,
)}</tbody>
</table>
</section>`;
}
