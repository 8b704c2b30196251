/** A panel of a heat map from what the API says of two models and the similarity of their layers. */
import type { HeatMapPanel } from "./figureSpec.ts";
import { layerAxis } from "./layerAxis.ts";
import type { ModelResult, SimilarityCellsResult } from "./queryResult.ts";

/** Values to six decimals: the device measures in float32, so the rest would be noise, and thrice the bytes of a page. */
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
		values: similarity.values.map((row) => row.map(sixDecimals)),
		standardErrors: similarity.standardErrors.map((row) => row.map(sixDecimals)),
	};
}

function sixDecimals(value: number | null): number | null {
	return value === null ? null : Math.round(value * 1e6) / 1e6;
}
