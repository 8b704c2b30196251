/** Model.accuracy: top-1 and top-5 on a run of images. */
import type { ImageSet } from "../../data/imageSet.ts";
import type { OpenModel } from "../../data/modelFile.ts";
import { accuracy as metric, type Proportion } from "../../metrics/accuracy.ts";
import { ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { openImageSet, selectImages } from "../images.ts";
import type { Accuracy, Difference, ImagesInput, Proportion as ProportionResult } from "../schema.generated.ts";
import { measurementOf } from "./measurement.ts";

export async function accuracy(context: Context, open: OpenModel, input: ImagesInput): Promise<Accuracy> {
	const images = await selectImages(context, input);
	const reason = otherLabels(open, await openImageSet(context, input.set));
	if (reason !== null) return { images: 0, top1: null, top5: null, reason, provenance: null };
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

/** Top-1 of one model less that of another, on the same images. */
export async function accuracyDifference(
	context: Context,
	[first, second]: readonly [first: OpenModel, second: OpenModel],
	input: ImagesInput,
): Promise<Difference> {
	const images = await selectImages(context, input);
	const set = await openImageSet(context, input.set);
	const reason = otherLabels(first, set) ?? otherLabels(second, set);
	if (reason !== null) return { value: null, low: null, high: null, reason, provenance: null };
	const { value, provenance } = await ask(context, {
		metric: { ...metric, variant: "difference of top-1, 95 % interval of paired shares (Newcombe 1998, method 10)" },
		statistic: "accuracyDifference",
		options: undefined,
		measurements: [measurementOf(metric, first, images), measurementOf(metric, second, images)],
		imagesUsed: (difference) => difference.images,
	});
	return { ...value, provenance };
}

/** Why the logits tell nothing about the labels of an image set; null where they do. */
function otherLabels({ entry: { id, labels } }: OpenModel, set: ImageSet): string | null {
	if (labels === set.labels) return null;
	const known = labels === null ? "belong to no image set that is known" : `are the labels of "${labels}"`;
	return `the logits of ${id} ${known}, the images are of "${set.id}"`;
}
