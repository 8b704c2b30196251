/** How often two models are right on the same images, and how often they name the same class. */
import type { Check } from "../../../../src/report/check.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import type { Point, Series } from "../../../../src/report/figureSpec.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type {
	AccuracyResult,
	DifferenceResult,
	PredictionAgreementResult,
	ProportionResult,
} from "../../../../src/report/queryResult.ts";
import { sixDecimals } from "../../../../src/report/sixDecimals.ts";
import { weightedSum, withInterval } from "../../../../src/report/statistics/estimates.ts";

interface Data {
	readonly before: Right;
	readonly after: Right;
	readonly difference: DifferenceResult;
	readonly agreement: PredictionAgreementResult;
}

interface Right {
	readonly title: string;
	readonly accuracy: AccuracyResult & { readonly top5: ProportionResult | null };
}

const sameClass: Check<Data> = {
	id: "sameClass",
	sentence: "The share of images that both models give the same class",
	digits: 4,
	bound: "atLeast",
	threshold: 0.99,
	optional: true,
	measure: ({ agreement: { share, reason } }, level) =>
		withInterval(share?.value ?? null, share?.low ?? null, share?.high ?? null, reason)(level),
};

const accuracyDrop: Check<Data> = {
	id: "accuracyDrop",
	sentence: "Top-1 before less top-1 after, on the same images",
	digits: 4,
	bound: "atMost",
	threshold: 0.01,
	optional: true,
	measure: ({ difference: { value, low, high, reason } }, level) =>
		weightedSum([[-1, withInterval(value, low, high, reason)]])(level),
};

export const answers = defineFigure<Data>({
	id: "05-accuracy",
	title: "Answers of the two models",
	alt: "Chart of top-1 and top-5 accuracy of one model and of the other, and of how often they name the same class.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	checks: [sameClass, accuracyDrop],
	chart: ({ before, after, agreement }) => {
		const both = `${before.title} and ${after.title}`;
		const same = agreement.share === null ? [] : [pointOf(3, both, agreement.share)];
		return {
			kind: "lines",
			x: { title: "1 before, 2 after, 3 both alike", scale: "values", from: 1 },
			y: { title: "Share of images (%)", to: 100 },
			seriesName: "share",
			panels: [
				{
					title: both,
					series: [
						seriesOf("right at once (top-1)", before, after, "top1"),
						seriesOf("right among five (top-5)", before, after, "top5"),
						{ label: "of the same class", shown: true, points: same },
					].filter(({ points }) => points.length > 0),
					references: [],
				},
			],
		};
	},
	provenance: ({ before, after, difference, agreement }) =>
		provenanceOf([before.accuracy, after.accuracy, difference, agreement]),
});

function seriesOf(label: string, before: Right, after: Right, share: "top1" | "top5"): Series {
	const points = [before, after].flatMap(({ title, accuracy }, at) => {
		const found = accuracy[share];
		return found === null ? [] : [pointOf(at + 1, title, found)];
	});
	return { label, shown: true, points };
}

function pointOf(x: number, name: string, { value, low, high }: ProportionResult): Point {
	const percent = (share: number) => sixDecimals(100 * share);
	return { x, y: percent(value), standardError: null, interval: [percent(low), percent(high)], name };
}
