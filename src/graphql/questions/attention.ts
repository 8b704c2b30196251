/** Fields of a head. A model's heads are one measurement and one answer; each field takes its own head from it. */
import type { OpenModel } from "../../data/modelFile.ts";
import { SightlineError } from "../../errors.ts";
import { attentionDistance, type DistanceVariant } from "../../metrics/attentionDistance.ts";
import { attentionEntropy } from "../../metrics/attentionEntropy.ts";
import { attentionMap } from "../../metrics/attentionMap.ts";
import type { HeadEstimate } from "../../metrics/headRecord.ts";
import { ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { selectImages } from "../images.ts";
import type { HeadParent } from "../parents.ts";
import type {
	AttentionDistance,
	AttentionEntropy,
	AttentionMap,
	HeadAttentionDistanceArgs,
	HeadAttentionEntropyArgs,
	HeadAttentionMapArgs,
	ImagesInput,
} from "../schema.generated.ts";
import { measurementOf } from "./measurement.ts";

const distancesInWords: Readonly<Record<DistanceVariant, string>> = {
	paper: "class token's row and column dropped without renormalisation (Raghu et al. 2021, Fig. 3), pixels",
	renormalised: "class token's row and column dropped, rows renormalised, pixels",
	withClassToken: "class token counted as a patch in the middle of the image, pixels",
	unitGrid: "class token dropped, rows renormalised, patches on a grid from 0 to 1 (Walmer et al. 2023)",
};

/** The distances of all heads of a model. */
export async function distancesOf(context: Context, open: OpenModel, input: ImagesInput, variant: DistanceVariant) {
	const images = await selectImages(context, input);
	return ask(context, {
		metric: { ...attentionDistance, variant: `${attentionDistance.variant}; ${distancesInWords[variant]}` },
		statistic: "attentionDistance",
		options: undefined,
		measurements: [{ ...measurementOf(attentionDistance, open, images), parameters: { variant } }],
		imagesUsed: (value) => value.images,
	});
}

export async function distance(
	context: Context,
	head: HeadParent,
	{ images, variant }: HeadAttentionDistanceArgs,
): Promise<AttentionDistance> {
	const absence = attentionDistance.absence(head.open.anatomy);
	if (absence !== null) {
		const none = { meanPx: null, meanUnit: null, standardErrorPx: null, standardErrorUnit: null };
		return { ...none, deviationPx: null, uniformPx: null, uniformUnit: null, reason: absence, provenance: null };
	}
	const { value, provenance } = await distancesOf(context, head.open, images, variant);
	const { estimate, deviation } = own(value.heads, head);
	const isUnit = variant === "unitGrid";
	return {
		meanPx: isUnit ? null : estimate.value,
		meanUnit: isUnit ? estimate.value : null,
		standardErrorPx: isUnit ? null : estimate.standardError,
		standardErrorUnit: isUnit ? estimate.standardError : null,
		deviationPx: isUnit ? null : deviation,
		uniformPx: isUnit ? null : value.uniform,
		uniformUnit: isUnit ? value.uniform : null,
		reason: estimate.reason,
		provenance,
	};
}

export async function entropy(
	context: Context,
	head: HeadParent,
	{ images: input }: HeadAttentionEntropyArgs,
): Promise<AttentionEntropy> {
	const { open } = head;
	const absence = attentionEntropy.absence(open.anatomy);
	if (absence !== null)
		return { nats: null, standardErrorNats: null, ofUniform: null, reason: absence, provenance: null };
	const images = await selectImages(context, input);
	const { value, provenance } = await ask(context, {
		metric: attentionEntropy,
		statistic: "attentionEntropy",
		options: undefined,
		measurements: [measurementOf(attentionEntropy, open, images)],
		imagesUsed: (value) => value.images,
	});
	const { estimate } = own(value.heads, head);
	const uniform = open.anatomy.tokens === null ? null : Math.log(open.anatomy.tokens.count);
	return {
		nats: estimate.value,
		standardErrorNats: estimate.standardError,
		ofUniform: estimate.value === null || uniform === null ? null : estimate.value / uniform,
		reason: estimate.reason,
		provenance,
	};
}

export async function map(context: Context, head: HeadParent, given: HeadAttentionMapArgs): Promise<AttentionMap> {
	const { open } = head;
	const { tokens } = open.anatomy;
	const images = await selectImages(context, given.images);
	const nothing = (reason: string): AttentionMap => ({
		weights: null,
		image: given.image ?? null,
		reason,
		provenance: null,
	});
	const absence = attentionMap.absence(open.anatomy);
	if (absence !== null || tokens === null) return nothing(absence ?? "no grid of patches was found");
	if (given.query === "cls" && !tokens.classToken) return nothing("the model has no class token that could ask");
	const [rows, columns] = tokens.grid;
	const query = given.query === "patch" ? String(patchNumber(given.patch ?? [], rows, columns)) : given.query;
	const image = given.image ?? null;
	if (image !== null && !(image >= 0 && image < images.count))
		throw new SightlineError("BAD_INPUT", `image ${image} of a run of ${images.count}`, {
			hint: `Images count from 0 to ${images.count - 1}; ask for a larger images.count to go further.`,
		});
	const { value, provenance } = await ask(context, {
		metric: {
			...attentionMap,
			variant: `${attentionMap.variant}, asked by ${askers[given.query]}; ${image === null ? "mean over images" : `image ${image}`}`,
		},
		statistic: "attentionMap",
		options: { image },
		measurements: [{ ...measurementOf(attentionMap, open, images), parameters: { query } }],
		imagesUsed: (value) => value.images,
	});
	const before = open.anatomy.attentions
		.filter(({ block }) => block < head.attention.block)
		.reduce((sum, { heads }) => sum + heads, 0);
	const weights = value.heads[before + head.index] ?? null;
	return {
		weights: weights && Array.from({ length: rows }, (_, row) => weights.slice(row * columns, (row + 1) * columns)),
		image,
		reason: weights === null ? "attention weights are not finite" : null,
		provenance,
	};
}

const askers = { cls: "the class token", mean: "all patches on the mean", patch: "one patch" } as const;

function patchNumber(patch: readonly number[], rows: number, columns: number): number {
	const [row = -1, column = -1, ...more] = patch;
	if (row >= 0 && row < rows && column >= 0 && column < columns && more.length === 0) return row * columns + column;
	throw new SightlineError(
		"BAD_INPUT",
		`patch is [${patch.join(", ")}], expected [row, column] within ${rows} x ${columns}`,
		{
			hint: "They count from 0; the query PATCH needs them.",
		},
	);
}

function own(heads: readonly HeadEstimate[], { attention, index }: HeadParent): HeadEstimate {
	const found = heads.find(({ block, head }) => block === attention.block && head === index);
	if (found === undefined) throw new Error(`no head ${index} of block ${attention.block}`);
	return found;
}
