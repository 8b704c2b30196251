/** Model.localization. Each layer is a measurement and an answer of its own; one pass gives them all. */
import type { Layer } from "../../anatomy/anatomy.ts";
import type { OpenModel } from "../../data/modelFile.ts";
import { SightlineError } from "../../errors.ts";
import {
	type LocalizationParameters,
	localizationAbsence,
	localization as metric,
} from "../../metrics/localization.ts";
import { ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { selectImages } from "../images.ts";
import { blockOutputs, layersNamed } from "../layers.ts";
import type { LocalizationParent } from "../parents.ts";
import type { ModelLocalizationArgs } from "../schema.generated.ts";
import { measurementOf } from "./measurement.ts";

export async function localization(
	context: Context,
	open: OpenModel,
	given: ModelLocalizationArgs,
): Promise<LocalizationParent[]> {
	const { layers: names, blocks, patchPx } = given;
	const images = await selectImages(context, given.images);
	if (patchPx != null && !(patchPx >= 1))
		throw new SightlineError("BAD_INPUT", `patchPx is ${patchPx}; it must be at least 1`, {
			hint: "Left out, each token or position has a patch of its own.",
		});
	const absence = metric.absence(open.anatomy);
	if (absence !== null) return [nothing(null, absence)];
	if (names == null && open.anatomy.blocks.length === 0) return [nothing(null, "no blocks were found: name layers")];
	const layers = names == null ? blockOutputs(open, blocks) : layersNamed(open, names);
	const parameters: LocalizationParameters = { patchPx: patchPx ?? "grid" };
	const patch = patchPx == null ? "one patch a token or position" : `patches of ${patchPx} px`;
	return Promise.all(
		layers.map(async (layer) => {
			const reason = localizationAbsence(open.anatomy, layer, parameters);
			if (reason !== null) return nothing(layer, reason);
			const { value, provenance } = await ask(context, {
				metric: { ...metric, variant: `${metric.variant}; ${patch}` },
				statistic: "localization",
				options: undefined,
				measurements: [{ ...measurementOf(metric, open, images, [layer.name]), parameters }],
				imagesUsed: ([found]) => (found?.batches ?? 0) * images.batchSize,
			});
			const [found = null] = value;
			return { layer, found, reason: null, provenance };
		}),
	);
}

function nothing(layer: Layer | null, reason: string): LocalizationParent {
	return { layer, found: null, reason, provenance: null };
}
