/** How a similarity converges, and measuring until it has. */
import { SightlineError } from "../../errors.ts";
import { fewestBatches, linearCka } from "../../metrics/linearCka.ts";
import type { ImageSelection, Measurement } from "../../plan/measurement.ts";
import { ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { openImageSet, selectImages } from "../images.ts";
import type { CkaMeasurements, SimilarityParent } from "../parents.ts";
import type { CkaEstimator, StopReport, UntilInput } from "../schema.generated.ts";

/** How the errors shrink over the batches there are. */
export async function trace(context: Context, parent: SimilarityParent) {
	return (await traceOf(context, parent, await parent.measurements())).value;
}

function traceOf(context: Context, parent: SimilarityParent, measurements: CkaMeasurements) {
	return ask(context, {
		metric: { ...linearCka, variant: parent.variant },
		statistic: "ckaTrace",
		options: { estimator: parent.estimator, isShuffled: false },
		measurements,
		imagesUsed: (points) => points.at(-1)?.images ?? 0,
	});
}

/** As many images as `until` allows or the split has: checked before anything runs. */
export async function mostImages(
	context: Context,
	images: ImageSelection,
	{ atMost }: UntilInput,
): Promise<ImageSelection> {
	const { splits } = await openImageSet(context, images.set);
	const count = Math.max(images.count, Math.min(atMost, splits.get(images.split)?.count ?? atMost));
	return selectImages(context, { set: images.set, split: images.split, batchSize: images.batchSize, count });
}

/** Doubles the images until the largest standard error is small enough, or there are no more. */
export async function settle(
	context: Context,
	parent: SimilarityParent,
	first: CkaMeasurements,
	{ standardError, atMost }: UntilInput,
): Promise<{ readonly measurements: CkaMeasurements; readonly report: StopReport }> {
	for (let measurements = first; ; ) {
		const { count, batchSize } = measurements[0].images;
		const { value: points } = await traceOf(context, parent, measurements);
		const largestStandardError = points.at(-1)?.largestStandardError ?? null;
		const reached = largestStandardError !== null && largestStandardError <= standardError;
		const isHopeless = largestStandardError === null && count >= fewestBatches * batchSize;
		if (reached || isHopeless || count >= atMost) {
			const why = isHopeless ? "no two layers have a similarity with an error" : `${count} images are all there may be`;
			return { measurements, report: { reached, largestStandardError, images: count, reason: reached ? null : why } };
		}
		measurements = withCount(measurements, Math.min(2 * count, atMost));
	}
}

function withCount(measurements: CkaMeasurements, count: number): CkaMeasurements {
	const more = (side: Measurement): Measurement => ({ ...side, images: { ...side.images, count } });
	const [row, column] = measurements;
	return column === undefined ? [more(row)] : [more(row), more(column)];
}

/** @throws SightlineError BAD_INPUT what cannot be reached batch by batch */
export function refuseUntil(until: UntilInput | null, estimator: CkaEstimator): void {
	if (until === null) return;
	if (!(until.standardError > 0))
		throw new SightlineError("BAD_INPUT", `until.standardError is ${until.standardError}, expected a number above 0`, {
			hint: "0.005 is a good start.",
		});
	if (estimator === "debiasedFullBatch")
		throw new SightlineError("BAD_INPUT", "until goes on batch by batch, but a full-batch estimate has one batch", {
			hint: "Leave `until` out, or take the estimator UNBIASED.",
		});
}
