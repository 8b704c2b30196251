import { jackknifeError, normalizedSum, normalizedSumsWithoutEach } from "../numerics/normalizedSum.ts";
import { uCentredTriangle } from "../numerics/uCentre.ts";
import { centredGram } from "./centredGram.ts";
import { fullBatches } from "./fullBatches.ts";
import { absencesOf, gramLength, gramsOf, pairs, partsOf } from "./gramRecord.ts";
import { type Hsic, type HsicOptions, hsicOf, type SelfHsic } from "./hsic.ts";
import { imageJackknife } from "./imageJackknife.ts";
import type { DeviceTensor, Metric, RecordSite, Records } from "./metric.ts";
import { choiceAbsence, representation, type TokenChoice } from "./representation.ts";
import { requireSameBatches } from "./sameBatches.ts";
import { shuffledGrams } from "./shuffledGrams.ts";

/**
 * Linear CKA of layers over minibatches (Nguyen et al. 2021, arXiv:2010.15327): HSIC summed over batches, then the ratio;
 * not the average of ratios. How images are grouped into batches is part of the estimate, hence of its key. With all
 * images in one batch the unbiased estimate is the debiased CKA of Kornblith et al. 2019.
 *
 * Every layer is flattened to [images, features]: all tokens with the class token and all channels, or the part of them
 * that `tokens` names.
 *
 * in      each layer as [n, features] float32, n >= 4 images, since HSIC divides by n (n - 3); full batches only
 * device  per layer, the Gram matrix [n, n] of the column-centred features, and the squared norm of their mean. HSIC does
 *         not change with the mean, float32 does: a mean 400 times the spread would make 0.82 of a true 1.
 * record  as gramRecord.ts says. The product of two triangles, times 2 / (n (n - 3)), is their HSIC.
 * value   no unit, at most 1; may fall slightly below 0 and is not clamped. Error bars by the jackknife over batches, of a
 *         single batch over its images.
 */
export const linearCka: Metric<CkaParameters, CkaMatrix, CkaSides, CkaChoice> = {
	name: "linearCka",
	version: 2,
	variant: "linear CKA, HSIC summed over minibatches before the ratio (Nguyen et al. 2021)",
	laws: {
		symmetric: true,
		invariantTo: ["rotation", "scaling", "translation", "imageOrder"],
		notTo: ["linearMap"],
	},

	absence: ({ layers }) => (layers.length === 0 ? "no layers were found" : null),

	nodes(site) {
		const { emit, anatomy, layers, batchSize, provider, parameters } = site;
		const outputs: Record<string, string> = {};
		for (const [index, layer] of layers.entries()) {
			if (choiceAbsence(anatomy, layer, parameters.tokens) !== null) continue;
			const { tensor, shape } = representation(site, layer, parameters.tokens);
			const { gram, mean } = centredGram(emit, tensor, shape, batchSize, provider);
			outputs[gramOf(index)] = gram;
			outputs[meanOf(index)] = emit.reduce("ReduceSumSquare", mean, [0, 1], true);
		}
		return outputs;
	},

	record(outputs, { images }, site) {
		const { anatomy, layers, parameters, batchSize: n } = site;
		if (lengthOf(site, images) === 0) return new Float32Array(0);
		const record = new Float32Array(layers.length * gramLength(n));
		const { triangles, diagonals, norms } = partsOf(record, layers.length, n);
		for (const [index, layer] of layers.entries()) {
			if (choiceAbsence(anatomy, layer, parameters.tokens) !== null) continue;
			const gram = numbers(outputs, gramOf(index));
			let trace = 0;
			for (let image = 0; image < n; image++) {
				const own = gram[image * (n + 1)] as number;
				diagonals[index * n + image] = own;
				trace += own;
			}
			triangles.set(uCentredTriangle(gram, n), index * pairs(n));
			norms[index] = trace / n + (numbers(outputs, meanOf(index))[0] as number);
		}
		return record;
	},

	recordBytes: (site, images) => 4 * lengthOf(site, images),

	finish(sides, options) {
		const [rows, columns = rows] = sides;
		const absences = [...absent(rows, "rows"), ...(columns === rows ? [] : absent(columns, "columns"))];
		if (hasNoneToRead(rows) || hasNoneToRead(columns)) return nothing(rows, columns, absences);
		requireSameBatches(rows, columns);
		const n = rows.batchSize;
		const batches = fullBatches(rows);
		const why = n < fewestImages ? `${n} images a batch: HSIC needs ${fewestImages}` : `no full batch of ${n} images`;
		if (n < fewestImages || batches.length === 0)
			return nothing(rows, columns, [{ side: null, layer: null, reason: why }]);

		const { left, right, table } = hsicOf(rows, columns, options ?? standard);
		const reasons: CkaReason[] = [...missing(left, rows, "rows")];
		if (columns !== rows) reasons.push(...missing(right, columns, "columns"));
		const errors = standardErrors(rows, columns, table, options ?? standard);
		if (errors === null) {
			const reason = `no standard error: the jackknife needs ${fewestBatches} full batches, there are ${batches.length}`;
			reasons.push({ side: null, layer: null, reason });
		}

		return {
			values: table(normalizedSum),
			standardErrors: errors ?? rows.layers.map(() => columns.layers.map(() => null)),
			reasons,
			batches: batches.length,
		};
	},
};

/**
 * The values without each full batch in turn, [batch, rows, columns]: for the jackknife of any statistic of the matrix.
 * Empty where there are too few batches for one.
 */
export function leaveOneOut(sides: CkaSides, options: CkaChoice): readonly CkaMatrix["values"][] {
	const [rows, columns = rows] = sides;
	const batches = fullBatches(rows);
	if (hasNoneToRead(rows) || hasNoneToRead(columns)) return [];
	if (rows.batchSize < fewestImages || batches.length < fewestBatches) return [];
	requireSameBatches(rows, columns);
	const without = hsicOf(rows, columns, options ?? standard).table(normalizedSumsWithoutEach);
	return batches.map((_, batch) => without.map((row) => row.map((cell) => cell?.[batch] ?? null)));
}

export type CkaParameters = {
	/** Which part of every layer. */
	readonly tokens: TokenChoice;
};

export type CkaOptions = HsicOptions;

/** Left out, the unbiased estimate of the images as they are. */
// biome-ignore lint/suspicious/noConfusingVoidType: a parameter that may be left out, which undefined is not
export type CkaChoice = CkaOptions | void;

const standard: CkaOptions = { estimator: "unbiased", isShuffled: false };

/** By the jackknife over batches; of one batch alone over its images, for the unbiased estimate. null for neither. */
function standardErrors(
	rows: Records,
	columns: Records,
	table: Hsic["table"],
	{ estimator, isShuffled }: CkaOptions,
): CkaMatrix["standardErrors"] | null {
	const batches = fullBatches(rows).length;
	if (batches >= fewestBatches) return table(jackknifeError);
	if (batches > 1 || estimator !== "unbiased") return null;
	const left = gramsOf(rows)[0]?.();
	const right = columns === rows ? left : gramsOf(columns)[0]?.();
	if (left === undefined || right === undefined) return null;
	const errors = imageJackknife(left, isShuffled ? shuffledGrams(right, 0) : right);
	return table(() => true).map((row, at) =>
		row.map((isThere, column) => (isThere === null ? null : (errors[at]?.[column] ?? null))),
	);
}

export type CkaSides = readonly [rows: Records] | readonly [rows: Records, columns: Records];

export interface CkaMatrix {
	/** [rows, columns]; null where a layer's similarity is not defined, with the reason in `reasons`. */
	readonly values: readonly (readonly (number | null)[])[];
	/** [rows, columns]; the jackknife's, over batches. null also where one batch alone varies: without it nothing is left. */
	readonly standardErrors: readonly (readonly (number | null)[])[];
	readonly reasons: readonly CkaReason[];
	/** Full batches that the values rest on. */
	readonly batches: number;
}

/** Why values are null, of one layer or all, or why all standard errors are. */
export interface CkaReason {
	readonly side: "rows" | "columns" | null;
	readonly layer: string | null;
	readonly reason: string;
}

/** n (n - 3) divides HSIC. */
const fewestImages = 4;
/** With fewer, a jackknife says little. */
export const fewestBatches = 4;

const gramOf = (index: number): string => `gram${index}`;
const meanOf = (index: number): string => `mean${index}`;

function numbers(outputs: Readonly<Record<string, DeviceTensor>>, name: string): Float32Array {
	const output = outputs[name];
	if (output === undefined) throw new Error(`linearCka: the pass gave no ${name}`);
	return output.data;
}

/** Numbers in the record of a batch with so many images; 0 where there is nothing to keep. */
function lengthOf(site: RecordSite<CkaParameters>, images: number): number {
	const { layers, batchSize: n } = site;
	return images < n || n < fewestImages || hasNoneToRead(site) ? 0 : layers.length * gramLength(n);
}

function hasNoneToRead(site: RecordSite): boolean {
	return absencesOf(site).every((reason) => reason !== null);
}

function nothing(rows: Records, columns: Records, reasons: readonly CkaReason[]): CkaMatrix {
	const empty = rows.layers.map(() => columns.layers.map(() => null));
	return { values: empty, standardErrors: empty, reasons, batches: 0 };
}

function absent(side: Records, name: "rows" | "columns"): CkaReason[] {
	const absences = absencesOf(side);
	return side.layers.flatMap(({ name: layer }, index) => {
		const reason = absences[index] ?? null;
		return reason === null ? [] : [{ side: name, layer, reason }];
	});
}

function missing(layers: readonly SelfHsic[], { layers: names }: Records, side: "rows" | "columns"): CkaReason[] {
	return layers.flatMap(({ reason }, index) => {
		const layer = names[index];
		return reason === null || layer === undefined ? [] : [{ side, layer: layer.name, reason }];
	});
}
