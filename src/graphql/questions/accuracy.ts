/** Model.accuracy: top-1 and top-5 on a run of images. */
import type { OpenModel } from "../../data/modelFile.ts";
import { accuracy as metric, type Proportion } from "../../metrics/accuracy.ts";
import { ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { selectImages } from "../images.ts";
import type { Accuracy, ImagesInput, Proportion as ProportionResult } from "../schema.generated.ts";
import { measurementOf } from "./measurement.ts";

export async function accuracy(context: Context, open: OpenModel, input: ImagesInput): Promise<Accuracy> {
	const images = selectImages(context.services, input);
	const { id, labels } = open.entry;
	if (labels !== images.set) {
		const known = labels === null ? "belong to no image set that is known" : `are the labels of "${labels}"`;
		const reason = `the logits of ${id} ${known}, the images are of "${images.set}"`;
		return { images: 0, top1: null, top5: null, reason, provenance: null };
	}
	const { value, provenance } = await ask(context, {
		metric,
		statistic: "accuracy",
		options: undefined,
		measurements: [measurementOf(metric, open, images)],
		imagesUsed: (value) => value.images,
	});
	const share = (proportion: Proportion | null): ProportionResult | null =>
		proportion && { ...proportion, count: value.images };
	return { ...value, top1: share(value.top1), top5: share(value.top5), provenance };
}
