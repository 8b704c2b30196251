/** How accuracies are told. */
import { html } from "../../html.ts";
import { accent, formula, frac, inline, math, root, sup } from "../../mathml.ts";
import type { MethodSection } from "./section.ts";

const share = accent("p", "^");
const square = sup("z", "2");

export const accuracy: MethodSection = {
	id: "accuracy",
	title: "Accuracy",
	body: html`<p>Top-1 is the share ${inline(share)} of ${inline("n")} labelled images whose class has the highest logit; of equal logits the first counts as higher. Its 95&nbsp;% interval is Wilson's, with ${inline(math`z = 1.96`)}, which stays between 0 and 1 and is no point where all are right:</p>
${formula(
	"The interval is p plus z squared over 2 n, plus or minus z times the root of p times 1 minus p over n plus z squared over 4 n squared, all over 1 plus z squared over n",
	math`${frac(math`${share} + ${frac(square, math`2 n`)} ± z ${root(math`${frac(math`${share} (1 − ${share})`, "n")} + ${frac(square, math`4 ${sup("n", "2")}`)}`)}`, math`1 + ${frac(square, "n")}`)}`,
)}
<p>Two models on the same images are right and wrong together more often than not. The interval of the difference of their accuracies is that of paired shares (Newcombe's method 10), made of the two Wilson intervals and the correlation of the two.</p>`,
	sources: [
		{
			text: "Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference",
			url: "https://doi.org/10.1080/01621459.1927.10502953",
		},
		{
			text: "Newcombe 1998, Improved Confidence Intervals for the Difference between Binomial Proportions Based on Paired Data",
			url: "https://pubmed.ncbi.nlm.nih.gov/9839354/",
		},
	],
};
