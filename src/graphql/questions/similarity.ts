/** Query.similarity: linear CKA of layers. The layers are known at once; what is measured waits until it is asked for. */
import { type Layer, layersOf } from "../../anatomy/anatomy.ts";
import { SightlineError } from "../../errors.ts";
import { type CkaMatrix, linearCka } from "../../metrics/linearCka.ts";
import type { TokenChoice } from "../../metrics/representation.ts";
import { type ImageSelection, type Measurement, measurementKey } from "../../plan/measurement.ts";
import { type Answer, ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { selectImages } from "../images.ts";
import { layersNamed } from "../layers.ts";
import { limits } from "../limits.ts";
import { openModel } from "../models.ts";
import type { CkaMeasurements, SimilarityParent } from "../parents.ts";
import type { CkaEstimator, ImagesInput, LayersInput, UntilInput } from "../schema.generated.ts";
import { mostImages, refuseUntil, settle } from "./convergence.ts";
import { measurementOf } from "./measurement.ts";

export interface SimilarityQuestion {
	readonly rows: LayersInput;
	readonly columns: LayersInput;
	readonly images: ImagesInput;
	readonly tokens: TokenChoice;
	readonly estimator: CkaEstimator;
	readonly until?: UntilInput | null;
}

/** The unbiased estimate of all tokens. */
export const plainCka = { tokens: "all", estimator: "unbiased" } as const;

export async function similarity(
	context: Context,
	{ rows, columns, images: input, tokens, estimator, until = null }: SimilarityQuestion,
): Promise<SimilarityParent> {
	if (estimator === "debiasedFullBatch") refuseMoreThanABatch(input.count);
	refuseUntil(until, estimator);
	const batchSize = estimator === "debiasedFullBatch" ? input.count : input.batchSize;
	const images = await selectImages(context, { ...input, batchSize });
	const most = until === null ? images : await mostImages(context, images, until);
	const [row, column] = await Promise.all([rows, columns].map((layers) => sideOf(context, layers, images, tokens)));
	if (row === undefined || column === undefined) throw new Error("a similarity has two sides");
	const same = measurementKey(row.measurement) === measurementKey(column.measurement);
	const first: CkaMeasurements = same ? [row.measurement] : [row.measurement, column.measurement];
	const parent = { rows: row.layers, columns: column.layers, variant: variantOf(tokens, estimator) } as const;
	const hsic = estimator === "biased" ? "biased" : "unbiased";
	const whole: SimilarityParent = {
		...parent,
		estimator: hsic,
		measurements: async () => first,
		stopped: async () => null,
	};
	if (until === null) return whole;
	let settling: ReturnType<typeof settle> | undefined;
	const settled = () => {
		settling ??= settle(context, whole, first, { ...until, atMost: most.count });
		return settling;
	};
	return {
		...whole,
		measurements: async () => (await settled()).measurements,
		stopped: async () => (await settled()).report,
	};
}

/** Values, standard errors, and why some are missing. */
export async function matrix(
	context: Context,
	parent: SimilarityParent,
	isShuffled = false,
): Promise<Answer<CkaMatrix>> {
	const measurements = await parent.measurements();
	const { estimator, variant } = parent;
	return ask(context, {
		metric: {
			...linearCka,
			variant: isShuffled ? `${variant}; images of the columns shuffled within batches` : variant,
		},
		statistic: "linearCka",
		options: { estimator, isShuffled },
		measurements,
		imagesUsed: ({ batches }) => batches * measurements[0].images.batchSize,
	});
}

/** The matrix without each batch: [batch][row][column]. */
export async function leaveOneOut(
	context: Context,
	parent: SimilarityParent,
): Promise<Answer<readonly CkaMatrix["values"][]>> {
	const measurements = await parent.measurements();
	return ask(context, {
		metric: { ...linearCka, variant: parent.variant },
		statistic: "linearCkaLeaveOneOut",
		options: { estimator: parent.estimator, isShuffled: false },
		measurements,
		imagesUsed: (matrices) => matrices.length * measurements[0].images.batchSize,
	});
}

const tokensInWords = {
	all: "all tokens or positions flattened",
	cls: "class token",
	spatial: "patch tokens or positions flattened",
	mean: "mean over patch tokens or positions",
} as const;

const estimatorsInWords = {
	unbiased: "unbiased HSIC (Song et al. 2012)",
	biased: "biased HSIC (Gretton et al. 2005)",
	debiasedFullBatch: "unbiased HSIC of all images as one batch (debiased, Kornblith et al. 2019)",
} as const;

function variantOf(tokens: TokenChoice, estimator: CkaEstimator): string {
	return `${linearCka.variant}; ${estimatorsInWords[estimator]}; ${tokensInWords[tokens]}`;
}

function refuseMoreThanABatch(count: number): void {
	if (count <= limits.batchSize) return;
	throw new SightlineError(
		"LIMIT",
		`DEBIASED_FULL_BATCH takes all images as one batch: images.count is ${count}; at most ${limits.batchSize} are allowed`,
		{ hint: "Ask for fewer images, or take UNBIASED, which goes on batch by batch." },
	);
}

interface Side {
	readonly layers: readonly Layer[];
	readonly measurement: Measurement;
}

async function sideOf(
	context: Context,
	{ model, preset, names }: LayersInput,
	images: ImageSelection,
	tokens: TokenChoice,
): Promise<Side> {
	const open = await openModel(context, model);
	const of = (layers: Measurement["layers"]): Measurement => ({
		...measurementOf(linearCka, open, images, layers),
		parameters: { tokens },
	});
	if (names != null) return { layers: layersNamed(open, names), measurement: of(names) };
	const layers = layersOf(open.anatomy, preset);
	if (layers.length > 0) return { layers, measurement: of(preset) };
	throw new SightlineError("BAD_INPUT", `no layers of the preset "${preset}" were found in ${model}`, {
		hint: "Name layers instead, or look at what was found: { model(id) { remarks layers { name } } }.",
	});
}
