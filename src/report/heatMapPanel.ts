/** A panel of a heat map from what the API says of two models and the similarity of their layers. */
import type { HeatMapPanel } from "./figureSpec.ts";
import { layerAxis } from "./layerAxis.ts";
import type { ModelResult, SimilarityCellsResult } from "./queryResult.ts";
import { sixDecimals } from "./sixDecimals.ts";

/** Of two models, or of one with itself, with the similarity of their layers; undefined where it is not there. */
type Pair = readonly [
	rows: ModelResult | undefined,
	columns: ModelResult | undefined,
	similarity: SimilarityCellsResult | undefined,
];

/** A panel for each pair that is there, named after its models. */
export function similarityPanels(pairs: readonly Pair[]): HeatMapPanel[] {
	return pairs.flatMap(([rows, columns, similarity]) => {
		if (rows === undefined || columns === undefined || similarity === undefined) return [];
		const title = rows === columns ? rows.title : `${rows.title} × ${columns.title}`;
		return [heatMapPanel(title, rows, columns, similarity)];
	});
}

export function heatMapPanel(
	title: string,
	rows: ModelResult,
	columns: ModelResult,
	similarity: SimilarityCellsResult,
): HeatMapPanel {
	return {
		title,
		rows: layerAxis(rows, similarity.rows),
		columns: layerAxis(columns, similarity.columns),
		values: similarity.values.map((row) => row.map(rounded)),
		standardErrors: similarity.standardErrors.map((row) => row.map(rounded)),
	};
}

function rounded(value: number | null): number | null {
	return value === null ? null : sixDecimals(value);
}
