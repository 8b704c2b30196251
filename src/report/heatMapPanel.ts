/** A panel of a heat map from what the API says of two models and the similarity of their layers. */
import type { HeatMapPanel } from "./figureSpec.ts";
import { layerAxis } from "./layerAxis.ts";
import type { ModelResult, SimilarityCellsResult } from "./queryResult.ts";
import { sixDecimals } from "./sixDecimals.ts";

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
