import { accuracy, accuracyDifference } from "../questions/accuracy.ts";
import { plainCka, similarity } from "../questions/similarity.ts";
import { layersOfSide, splitScore } from "../questions/skipAblation.ts";
import type { SkipAblationSideResolvers } from "../schema.generated.ts";

/** One of the models compared; each field is measured when it is asked for. */
export const SkipAblationSide: SkipAblationSideResolvers = {
	accuracy: async ({ model, images }, _given, context) => accuracy(context, await model.open(), images),
	accuracyDifference: async ({ model, original, images }, _given, context) =>
		accuracyDifference(context, await Promise.all([model.open(), original.open()]), images),
	similarity: (side, _given, context) =>
		similarity(context, { ...plainCka, rows: layersOfSide(side), columns: layersOfSide(side), images: side.images }),
	split: (side, _given, context) => splitScore(context, side),
};
