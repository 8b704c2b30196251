/** How often two models are right on the same images. */
import type { Check } from "../../../../src/report/check.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import type { Point, Series } from "../../../../src/report/figureSpec.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { AccuracyResult, DifferenceResult, ProportionResult } from "../../../../src/report/queryResult.ts";
import { sixDecimals } from "../../../../src/report/sixDecimals.ts";
import { weightedSum, withInterval } from "../../../../src/report/statistics/estimates.ts";

interface Data {
	readonly before: Right;
	readonly after: Right;
	readonly difference: DifferenceResult;
}

interface Right {
	readonly title: string;
	readonly accuracy: AccuracyResult & { readonly top5: ProportionResult | null };
}

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

export const accuracy = defineFigure<Data>({
	id: "05-accuracy",
	title: "Accuracy of the two models",
	alt: "Chart of top-1 and top-5 accuracy of one model and of the other on the same images.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	checks: [accuracyDrop],
	chart: ({ before, after }) => ({
		kind: "lines",
		x: { title: "1 before, 2 after", scale: "ranks" },
		y: { title: "Accuracy (%)", to: 100 },
		seriesName: "share",
		panels: [
			{
				title: `${before.title} and ${after.title}`,
				series: [seriesOf("top-1", before, after, "top1"), seriesOf("top-5", before, after, "top5")],
				references: [],
			},
		],
	}),
	provenance: ({ before, after, difference }) => provenanceOf([before.accuracy, after.accuracy, difference]),
});

function seriesOf(label: string, before: Right, after: Right, share: "top1" | "top5"): Series {
	const points = [before, after].flatMap(({ title, accuracy }, at): Point[] => {
		const found = accuracy[share];
		if (found === null) return [];
		const percent = (value: number) => sixDecimals(100 * value);
		const interval = [percent(found.low), percent(found.high)] as const;
		return [{ x: at + 1, y: percent(found.value), standardError: null, interval, name: title }];
	});
	return { label, shown: true, points };
}
