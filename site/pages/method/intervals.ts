/** How errors and verdicts are made. */
import { html } from "../../html.ts";
import { accent, fenced, formula, frac, inline, math, root, sub, sum, sup } from "../../mathml.ts";
import type { MethodSection } from "./section.ts";

const without = (of: string) => sub(accent("θ", "^"), math`( ${of} )`);

export const intervals: MethodSection = {
	id: "intervals",
	title: "Errors, intervals and verdicts",
	body: html`<p>Batches of images are independent draws. The error of a statistic ${inline(accent("θ", "^"))} of ${inline("B")} of them is the jackknife's: the statistic is made anew without each batch in turn, and the spread of these values tells the spread of the whole:</p>
${formula(
	"The standard error is the root of B minus 1 over B times the sum over batches of the squared difference of the statistic without that batch from the mean of these",
	math`SE = ${root(math`${frac(math`B − 1`, "B")} ${sum("b")} ${sup(fenced("(", math`${without("b")} − ${sub(accent("θ", "¯"), math`( · )`)}`, ")"), "2")}`)}`,
)}
<p>Below 4 batches there is none, and the page says so. Values that are means over images (attention distance and entropy, norms, cosines) have the standard error of a mean over images instead. The interval of a statistic is</p>
${formula(
	"The statistic plus or minus Student's t with B minus 1 degrees of freedom times the standard error",
	math`${accent("θ", "^")} ± ${sub("t", math`B − 1`)} · SE`,
)}
<p>with Student's ${inline("t")} for the few batches there are. Where a claim has ${inline("m")} tests, each interval is drawn at the level ${inline(math`1 − 0.05 / m`)}, so that all hold at once with probability .95 (Bonferroni). A sum or difference of values whose errors are not known together gets their intervals set end to end, which is wider than needed.</p>
<p>A test has a statistic, a side and a threshold, all written down before it was first measured. It holds if its interval lies wholly on the claimed side, does not hold if it lies wholly on the other, and is undecided in between. A claim holds if all of its tests do; one that fails settles it.</p>
<p>These intervals cover the choice of images. Each model was trained once, so they do not cover the chance of training.</p>`,
	sources: [
		{ text: "Efron, Stein 1981, The Jackknife Estimate of Variance", url: "https://doi.org/10.1214/aos/1176345462" },
	],
};
