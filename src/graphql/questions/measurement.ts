/** The part of a question that all metrics share: of which model, on which images. */
import type { OpenModel } from "../../data/modelFile.ts";
import type { ImageSelection, Measurement } from "../../plan/measurement.ts";

export function measurementOf(
	metric: Measurement["metric"],
	open: OpenModel,
	images: ImageSelection,
	layers: Measurement["layers"] = [],
): Measurement {
	const { name, version } = metric;
	return { model: open.identity, metric: { name, version }, parameters: {}, layers, images };
}
