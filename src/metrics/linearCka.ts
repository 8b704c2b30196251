import { SightlineError } from "../errors.ts";
import { jackknifeError, normalizedSum, normalizedSumsWithoutEach } from "../numerics/normalizedSum.ts";
import { uCentredTriangle } from "../numerics/uCentre.ts";
import { centredGram } from "./centredGram.ts";
import { fullBatches, hsicOf, pairs, type SelfHsic } from "./hsic.ts";
import type { BatchRecord, DeviceTensor, Metric, NoParameters, Records } from "./metric.ts";

/**
 * Linear CKA of layers over minibatches (Nguyen et al. 2021, arXiv:2010.15327): unbiased HSIC summed over batches, then
 * the ratio; not the average of ratios. How images are grouped into batches is part of the estimate, hence of its key.
 *
 * Every layer is flattened to [images, features]: all tokens with the class token, all positions, all channels.
 *
 * in      each layer as [n, features] float32, n >= 4 images, since HSIC divides by n (n - 3); full batches only
 * device  per layer, the Gram matrix [n, n] of the column-centred features, and the squared norm of their mean. HSIC does
 *         not change with the mean, float32 does: a mean 400 times the spread would make 0.82 of a true 1.
 * record  float32, per layer the strict upper triangle of the U-centred Gram matrix, then per layer the mean squared
 *         norm of an image's features. The product of two triangles, times 2 / (n (n - 3)), is their HSIC.
 * value   no unit, at most 1; may fall slightly below 0 and is not clamped. Error bars by the jackknife over batches.
 */
export const linearCka: Metric<NoParameters, CkaMatrix, CkaSides> = {
	name: "linearCka",
	version: 1,
	variant:
		"linear CKA, unbiased HSIC (Song et al. 2012) summed over minibatches before the ratio (Nguyen et al. 2021); " +
		"all tokens or positions flattened",
	laws: {
		symmetric: true,
		invariantTo: ["rotation", "scaling", "translation", "imageOrder"],
		notTo: ["linearMap"],
	},

	absence: ({ layers }) => (layers.length === 0 ? "no layers were found" : null),

	nodes({ emit, layers, batchSize, provider, shape }) {
		const outputs: Record<string, string> = {};
		for (const [index, layer] of layers.entries()) {
			const { gram, mean } = centredGram(emit, layer.tensor, shape(layer.tensor), batchSize, provider);
			outputs[gramOf(index)] = gram;
			outputs[meanOf(index)] = emit.reduce("ReduceSumSquare", mean, [0, 1], false);
		}
		return outputs;
	},

	record(outputs, { images }, { layers, batchSize: n }) {
		if (images < n || n < fewestImages) return new Float32Array(0);
		const length = pairs(n);
		const record = new Float32Array(layers.length * (length + 1));
		for (const index of layers.keys()) {
			const gram = numbers(outputs, gramOf(index));
			let trace = 0;
			for (let image = 0; image < n; image++) trace += gram[image * (n + 1)] as number;
			record.set(uCentredTriangle(gram, n), index * length);
			record[layers.length * length + index] = trace / n + (numbers(outputs, meanOf(index))[0] as number);
		}
		return record;
	},

	recordBytes: ({ layers, batchSize: n }, images) =>
		images < n || n < fewestImages ? 0 : 4 * layers.length * (pairs(n) + 1),

	finish(sides) {
		const [rows, columns = rows] = sides;
		requireSameBatches(rows, columns);
		const n = rows.batchSize;
		const batches = fullBatches(rows);
		if (n < fewestImages) return nothing(rows, columns, `${n} images a batch: unbiased HSIC needs ${fewestImages}`);
		if (batches.length === 0) return nothing(rows, columns, `no full batch of ${n} images`);

		const { left, right, table } = hsicOf(rows, columns);
		const reasons: CkaReason[] = [...missing(left, rows, "rows")];
		if (columns !== rows) reasons.push(...missing(right, columns, "columns"));
		if (batches.length < fewestBatches) {
			const reason = `no standard error: the jackknife needs ${fewestBatches} full batches, there are ${batches.length}`;
			reasons.push({ side: null, layer: null, reason });
		}

		return {
			values: table(normalizedSum),
			standardErrors: table((x, y, xy) => (xy.length < fewestBatches ? null : jackknifeError(x, y, xy))),
			reasons,
			batches: batches.length,
		};
	},
};

/**
 * The values without each full batch in turn, [batch, rows, columns]: for the jackknife of any statistic of the matrix.
 * Empty where there are too few batches for one.
 */
export function leaveOneOut(sides: CkaSides): readonly CkaMatrix["values"][] {
	const [rows, columns = rows] = sides;
	requireSameBatches(rows, columns);
	const batches = fullBatches(rows);
	if (rows.batchSize < fewestImages || batches.length < fewestBatches) return [];
	const without = hsicOf(rows, columns).table(normalizedSumsWithoutEach);
	return batches.map((_, batch) => without.map((row) => row.map((cell) => cell?.[batch] ?? null)));
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
const fewestBatches = 4;
const gramOf = (index: number): string => `gram${index}`;
const meanOf = (index: number): string => `mean${index}`;

function numbers(outputs: Readonly<Record<string, DeviceTensor>>, name: string): Float32Array {
	const output = outputs[name];
	if (output === undefined) throw new Error(`linearCka: the pass gave no ${name}`);
	return output.data;
}

function requireSameBatches(rows: Records, columns: Records): void {
	if (rows.batchSize !== columns.batchSize || rows.records.length !== columns.records.length)
		throw differentImages(sizeOf(rows), sizeOf(columns));
	for (const [at, row] of rows.records.entries()) {
		const column = columns.records[at] as BatchRecord; // as many as rows
		if (row.index !== column.index || row.images !== column.images)
			throw differentImages(batchInWords(row), batchInWords(column));
	}
}

function sizeOf({ records, batchSize }: Records): string {
	return `${records.length} batches of ${batchSize} images`;
}

function batchInWords({ index, images }: BatchRecord): string {
	return `${images} images in batch ${index}`;
}

function differentImages(given: string, expected: string): SightlineError {
	return new SightlineError("BAD_INPUT", `linearCka: rows saw ${given}, columns saw ${expected}`, {
		hint: "Ask for both models on the same images, count and batch size.",
	});
}
function nothing(rows: Records, columns: Records, reason: string): CkaMatrix {
	const empty = rows.layers.map(() => columns.layers.map(() => null));
	return { values: empty, standardErrors: empty, reasons: [{ side: null, layer: null, reason }], batches: 0 };
}

function missing(layers: readonly SelfHsic[], { layers: names }: Records, side: "rows" | "columns"): CkaReason[] {
	return layers.flatMap(({ reason }, index) => {
		const layer = names[index];
		return reason === null || layer === undefined ? [] : [{ side, layer: layer.name, reason }];
	});
}
