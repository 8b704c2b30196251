/** Model.skipAblation: a model as it is, without some of its skips, and one that was trained without them. */
import type { SkipChoice } from "../../anatomy/withoutSkips.ts";
import { formatModelReference } from "../../data/modelReference.ts";
import { linearCka } from "../../metrics/linearCka.ts";
import { ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { selectImages } from "../images.ts";
import { findModel } from "../models.ts";
import type { ModelParent, SkipAblationSideParent } from "../parents.ts";
import type { LayersInput, ModelSkipAblationArgs, SplitScore } from "../schema.generated.ts";
import { measurementOf } from "./measurement.ts";

export async function skipAblation(
	context: Context,
	model: ModelParent,
	{ blocks, branches, trained, images }: ModelSkipAblationArgs,
) {
	const { anatomy } = await model.open();
	const cut = {
		block: Math.min(...blocks),
		branch: branches?.every((branch) => branch === "mlp") ? "mlp" : null,
	} as const;
	const side = (one: ModelParent): SkipAblationSideParent => ({ model: one, original: model, cut, images });
	const reason =
		anatomy.residuals.length === 0
			? "it has no residual additions"
			: blocks.length === 0 || branches?.length === 0
				? "no skip is named that is to be left out"
				: null;
	const withoutSkips = blocks.flatMap((block): SkipChoice[] =>
		branches == null ? [{ block, branch: "all" }] : branches.map((branch) => ({ block, branch })),
	);
	const id = formatModelReference({ base: model.id, withoutSkips });
	return {
		original: side(model),
		ablated: reason === null ? side(await findModel(context, id)) : null,
		trained: trained == null ? null : side(await findModel(context, trained)),
		reason,
	};
}

/** All layers of the side's model. */
export function layersOfSide({ model }: SkipAblationSideParent): LayersInput {
	return { model: model.id, preset: "all" };
}

export async function splitScore(
	context: Context,
	{ model, cut: { block, branch }, images: input }: SkipAblationSideParent,
): Promise<SplitScore> {
	const images = await selectImages(context, input);
	const open = await model.open();
	// The norm before a branch, and a projection beside it, still read the stream: behind them comes what is the branch's alone.
	const cut = open.anatomy.layers.findIndex(
		({ block: own, kind }) =>
			own === block && (branch === null ? kind !== "norm" && kind !== "projection" : kind.startsWith(branch)),
	);
	const layer = open.anatomy.layers[cut]?.name ?? null;
	if (layer === null) {
		const reason = `it has no layers in block ${block}`;
		return { value: null, standardError: null, layer, reason, provenance: null };
	}
	const { value, provenance } = await ask(context, {
		metric: { ...linearCka, variant: splitVariant },
		statistic: "splitScore",
		options: { cut },
		measurements: [{ ...measurementOf(linearCka, open, images, "all"), parameters: { tokens: "all" } }],
		imagesUsed: ({ batches }) => batches * images.batchSize,
	});
	const { value: score, standardError, reason } = value;
	return { value: score, standardError, layer, reason, provenance };
}

const splitVariant =
	`mean CKA of the layers before the cut with those from it on, over the mean within either part; ${linearCka.variant}; ` +
	"unbiased HSIC (Song et al. 2012); all tokens or positions flattened; jackknife over batches";
