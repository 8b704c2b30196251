/** Head.attentionDistance. A model's heads are one measurement and one answer; each field takes its own head from it. */
import { attentionDistance as metric } from "../../metrics/attentionDistance.ts";
import { ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { selectImages } from "../images.ts";
import type { HeadParent } from "../parents.ts";
import type { AttentionDistance, ImagesInput } from "../schema.generated.ts";
import { measurementOf } from "./measurement.ts";

export async function attentionDistance(
	context: Context,
	{ open, attention, index }: HeadParent,
	input: ImagesInput,
): Promise<AttentionDistance> {
	const images = selectImages(context.services, input);
	if (open.anatomy.tokens === null) return nothing("no grid of patches was found in this model");
	const { value, provenance } = await ask(context, {
		metric,
		statistic: "attentionDistance",
		options: undefined,
		measurements: [measurementOf(metric, open, images)],
		imagesUsed: (value) => value.images,
	});
	const head = value.heads.find(({ block, head }) => block === attention.block && head === index);
	if (head === undefined) throw new Error(`attentionDistance has no head ${index} of block ${attention.block}`);
	const { value: meanPx, standardError, reason } = head.distance;
	return { meanPx, standardErrorPx: standardError, uniformPx: value.uniformPx, reason, provenance };
}

function nothing(reason: string): AttentionDistance {
	return { meanPx: null, standardErrorPx: null, uniformPx: null, reason, provenance: null };
}
