/** Model.skipAblation: a model as it is, without some of its skips, and one that was trained without them. */
import { additionsOf, type SkipChoice } from "../../anatomy/withoutSkips.ts";
import { formatModelReference, parseModelReference } from "../../data/modelReference.ts";
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
	const isNamed = blocks.length > 0 && branches?.length !== 0;
	const cut: SkipAblationSideParent["cut"] = isNamed
		? { block: Math.min(...blocks), branch: branches?.every((branch) => branch === "mlp") ? "mlp" : null }
		: null;
	const side = (one: ModelParent): SkipAblationSideParent => ({ model: one, original: model, cut, images });
	const reason = anatomy.residuals.length === 0 ? "it has no residual additions" : isNamed ? null : noneNamed;
	const skips = blocks.flatMap((block): SkipChoice[] =>
		branches == null ? [{ block, branch: "all" }] : branches.map((branch) => ({ block, branch })),
	);
	const { base, withoutSkips } = parseModelReference(model.id);
	// Opening the base without all of them would not notice one that is named again.
	if (reason === null && withoutSkips.length > 0) for (const skip of skips) additionsOf(anatomy, skip);
	const id = formatModelReference({ base, withoutSkips: [...withoutSkips, ...skips] });
	return {
		original: side(model),
		ablated: reason === null ? side(await findModel(context, id)) : null,
		trained: trained == null ? null : side(await findModel(context, trained)),
		reason,
	};
}

const noneNamed = "no skip is named that is to be left out";

/** All layers of the side's model. */
export function layersOfSide({ model }: SkipAblationSideParent): LayersInput {
	return { model: model.id, preset: "all" };
}

export async function splitScore(
	context: Context,
	{ model, cut: place, images: input }: SkipAblationSideParent,
): Promise<SplitScore> {
	const images = await selectImages(context, input);
	const nothing = (reason: string) => ({ value: null, standardError: null, layer: null, reason, provenance: null });
	if (place === null) return nothing(noneNamed);
	const { block, branch } = place;
	const open = await model.open();
	// The norm before a branch, and a projection beside it, still read the stream: behind them comes what is the branch's alone.
	const cut = open.anatomy.layers.findIndex(
		({ block: own, kind }) =>
			own === block && (branch === null ? kind !== "norm" && kind !== "projection" : kind.startsWith(branch)),
	);
	const layer = open.anatomy.layers[cut]?.name ?? null;
	if (layer === null) return nothing(`it has no layers in block ${block}`);
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
