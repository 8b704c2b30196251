/** The curve of a training as a figure. */
import type { LinesSpec, Point } from "./figureSpec.ts";
import type { CardResult } from "./queryResult.ts";

/** @param title the model's */
export function trainingCurve(title: string, { curve }: Pick<CardResult, "curve">): LinesSpec {
	const point = (imagesSeen: number, accuracy: number): Point => ({
		x: imagesSeen / 1000,
		y: Math.round(accuracy * 1e4) / 100,
		standardError: null,
		name: `after ${imagesSeen / 1000} thousand images`,
	});
	const unseen = curve.flatMap(({ imagesSeen, validationAccuracy }) =>
		validationAccuracy === null ? [] : [point(imagesSeen, validationAccuracy)],
	);
	const seen = curve.map(({ imagesSeen, trainAccuracy }) => point(imagesSeen, trainAccuracy));
	return {
		kind: "lines",
		x: { title: "Images seen (thousands)", scale: "values" },
		y: { title: "Top-1 accuracy (%)", to: 100 },
		seriesName: "curve",
		panels: [
			{
				title,
				series: [
					{ label: "training images just seen", shown: true, points: seen },
					{ label: "4 000 validation images", shown: true, points: unseen },
				],
				references: [],
			},
		],
	};
}
