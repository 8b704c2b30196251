/** Query.predictionAgreement: how often two models name the same class. */
import type { OpenModel } from "../../data/modelFile.ts";
import { prediction } from "../../metrics/prediction.ts";
import { ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { selectImages } from "../images.ts";
import type { ImagesInput, PredictionAgreement } from "../schema.generated.ts";
import { measurementOf } from "./measurement.ts";

export async function predictionAgreement(
	context: Context,
	[before, after]: readonly [before: OpenModel, after: OpenModel],
	input: ImagesInput,
): Promise<PredictionAgreement> {
	const images = await selectImages(context, input);
	const reason = withoutClasses(before) ?? withoutClasses(after) ?? otherClasses(before, after);
	if (reason !== null) return { images: 0, share: null, reason, provenance: null };
	const { value, provenance } = await ask(context, {
		metric: { ...prediction, variant: "share of images with the same top-1 class, 95 % Wilson interval" },
		statistic: "predictionAgreement",
		options: undefined,
		measurements: [measurementOf(prediction, before, images), measurementOf(prediction, after, images)],
		imagesUsed: (value) => value.images,
	});
	return { ...value, provenance };
}

function withoutClasses({ entry, anatomy }: OpenModel): string | null {
	const reason = prediction.absence(anatomy);
	return reason === null ? null : `${entry.id}: ${reason}`;
}

/** Why a class of one model is none of the other; null where it may be. */
function otherClasses({ entry: first }: OpenModel, { entry: second }: OpenModel): string | null {
	if (first.labels === null || second.labels === null || first.labels === second.labels) return null;
	return `the logits of ${first.id} are the labels of "${first.labels}", those of ${second.id} of "${second.labels}"`;
}
