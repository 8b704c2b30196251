/** Model.receptiveFields. The layers asked for are one measurement; their maps are an answer of their own. */
import type { OpenModel } from "../../data/modelFile.ts";
import { SightlineError } from "../../errors.ts";
import {
	receptiveField as metric,
	type ReceptiveFieldParameters,
	receptiveFieldVariant,
} from "../../metrics/receptiveField.ts";
import type { ReceptiveFieldMap } from "../../metrics/receptiveFieldStatistics.ts";
import { tapsOf } from "../../metrics/receptiveFieldTaps.ts";
import { ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { selectImages } from "../images.ts";
import type { ReceptiveFieldMeasurement, ReceptiveFieldParent } from "../parents.ts";
import type { ImagesInput, ModelReceptiveFieldsArgs } from "../schema.generated.ts";
import { measurementOf } from "./measurement.ts";

export async function receptiveFields(
	context: Context,
	open: OpenModel,
	given: ModelReceptiveFieldsArgs,
): Promise<ReceptiveFieldParent[]> {
	const images = await selectImages(context, inQuarters(given.images));
	const { height, width } = open.anatomy.input;
	const patchPx = given.patchPx ?? Math.min(height, width) / 7;
	if (!(patchPx > 0))
		throw new SightlineError("BAD_INPUT", `patchPx is ${patchPx}; it must be above 0`, {
			hint: "Left out, it is a seventh of the input's shorter side, 32 of 224 pixels.",
		});
	const parameters = parametersOf(given);
	const reason = metric.absence(open.anatomy);
	if (reason !== null) return [{ open, found: null, patchPx, measurement: null, reason, provenance: null }];
	tapsOf(open.anatomy, parameters.taps); // unknown names are told before anything runs
	const measurement = { ...measurementOf(metric, open, images), parameters };
	const { value, provenance } = await ask(context, {
		...questionOf(measurement),
		statistic: "receptiveField",
		options: { patchPx },
	});
	return value.map((found) => ({
		...{ open, found, patchPx, measurement, reason: found.reason },
		provenance: { ...provenance, imagesUsed: found.images },
	}));
}

/** Errors are over batches and need four; what a batch holds makes no other difference to a mean over images. */
function inQuarters(images: ImagesInput): ImagesInput {
	return { ...images, batchSize: Math.min(images.batchSize, Math.max(1, Math.floor(images.count / 4))) };
}

/** Null where there is no such layer. */
export async function receptiveFieldMap(
	context: Context,
	{ found, measurement }: ReceptiveFieldParent,
): Promise<ReceptiveFieldMap | null> {
	if (found === null || measurement === null) return null;
	const { value } = await ask(context, {
		...questionOf(measurement),
		statistic: "receptiveFieldMaps",
		options: undefined,
	});
	return value.find(({ layer }) => layer === found.layer) ?? null;
}

function questionOf(measurement: ReceptiveFieldMeasurement) {
	return {
		metric: { ...metric, variant: receptiveFieldVariant(measurement.parameters) },
		measurements: [measurement],
		imagesUsed: (layers: readonly { readonly images: number }[]) => Math.max(0, ...layers.map(({ images }) => images)),
	} as const;
}

function parametersOf({ residual, layers, channels, variant }: ModelReceptiveFieldsArgs): ReceptiveFieldParameters {
	if (layers?.length === 0)
		throw new SightlineError("BAD_INPUT", "layers is an empty list", { hint: "Leave it out to have all of them." });
	if (channels != null && !(channels >= 1))
		throw new SightlineError("BAD_INPUT", `channels is ${channels}; it must be at least 1`, {
			hint: "null takes all of them.",
		});
	// Only a Jacobian takes some of the channels: to the others one number is one question.
	return { taps: layers?.join() ?? residual, variant, channels: variant === "jacobian" ? (channels ?? "all") : "all" };
}
