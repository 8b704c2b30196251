import { SightlineError } from "../errors.ts";
import { rowProducts, rowSquares } from "../numerics/rowProducts.ts";
import { uCentredTriangle } from "../numerics/uCentre.ts";
import { centredGram } from "./centredGram.ts";
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

	finish(...sides) {
		const [rows, columns = rows] = sides;
		requireSameBatches(rows, columns);
		const n = rows.batchSize;
		const batches = fullBatches(rows);
		if (n < fewestImages) return nothing(rows, columns, `${n} images a batch: unbiased HSIC needs ${fewestImages}`);
		if (batches.length === 0) return nothing(rows, columns, `no full batch of ${n} images`);

		const { left, right, table } = products(rows, columns);
		const reasons: CkaReason[] = [...missing(left, rows, "rows")];
		if (columns !== rows) reasons.push(...missing(right, columns, "columns"));
		if (batches.length < fewestBatches) {
			const reason = `no standard error: the jackknife needs ${fewestBatches} full batches, there are ${batches.length}`;
			reasons.push({ side: null, layer: null, reason });
		}

		return { values: table(ratio), standardErrors: table(jackknife), reasons, batches: batches.length };
	},
};

/**
 * The values without each full batch in turn, [batch, rows, columns]: for the jackknife of any statistic of the matrix.
 * Empty where there are too few batches for one.
 */
export function leaveOneOut(...sides: CkaSides): readonly CkaMatrix["values"][] {
	const [rows, columns = rows] = sides;
	requireSameBatches(rows, columns);
	const batches = fullBatches(rows);
	if (rows.batchSize < fewestImages || batches.length < fewestBatches) return [];
	const without = products(rows, columns).table(ratiosWithoutEach);
	return batches.map((_, batch) => without.map((row) => row.map((cell) => cell?.[batch] ?? null)));
}

export type CkaSides = readonly [rows: Records] | readonly [rows: Records, columns: Records];

export interface CkaMatrix {
	/** [rows, columns]; null where a layer's similarity is not defined, with the reason in `reasons`. */
	readonly values: readonly (readonly (number | null)[])[];
	/** [rows, columns]; the jackknife's, over batches. */
	readonly standardErrors: readonly (readonly (number | null)[])[];
	readonly reasons: readonly CkaReason[];
	/** Full batches that the values rest on. */
	readonly batches: number;
}

/** Why cells are null: those of one layer, or all. */
export interface CkaReason {
	readonly side: "rows" | "columns" | null;
	readonly layer: string | null;
	readonly reason: string;
}

/** n (n - 3) divides HSIC. */
const fewestImages = 4;
/** With fewer, a jackknife says little. */
const fewestBatches = 4;
/** A layer varies if its HSIC with itself exceeds this part of its (mean squared norm)^2; below is float32's rounding. */
const leastVariation = 1e-10;

const pairs = (images: number): number => (images * (images - 1)) / 2;
const gramOf = (index: number): string => `gram${index}`;
const meanOf = (index: number): string => `mean${index}`;

function numbers(outputs: Readonly<Record<string, DeviceTensor>>, name: string): Float32Array {
	const output = outputs[name];
	if (output === undefined) throw new Error(`linearCka: the pass gave no ${name}`);
	return output.data;
}

function fullBatches({ records, batchSize }: Records): readonly BatchRecord[] {
	return records.filter(({ images }) => images === batchSize);
}

function requireSameBatches(rows: Records, columns: Records): void {
	const describe = ({ records, batchSize }: Records) =>
		`${records.map(({ index, images }) => `${index}: ${images}`).join(", ")} in batches of ${batchSize}`;
	if (describe(rows) === describe(columns)) return;
	const [given, expected] = [describe(rows), describe(columns)];
	throw new SightlineError("BAD_INPUT", `linearCka: rows saw images ${given}; columns saw ${expected}`, {
		hint: "Ask for both models on the same images, count and batch size.",
	});
}

/** A layer's HSIC with itself in every full batch, or why it can be compared with nothing. */
interface SelfHsic {
	readonly batches: readonly number[];
	readonly reason: string | null;
}

function selfHsic(side: Records): readonly SelfHsic[] {
	const length = pairs(side.batchSize);
	const batches = fullBatches(side);
	const count = side.layers.length;
	const squares = batches.map((batch) => hsic(rowSquares(triangles(batch, side), length), side.batchSize));
	return side.layers.map((_, layer) => {
		const own = squares.map((batch) => batch[layer] as number);
		const norm = sum(batches.map(({ values }) => values[count * length + layer] as number)) / batches.length;
		const variation = sum(own) / batches.length;
		const reason = !Number.isFinite(variation * norm)
			? "its products are not finite in float32"
			: !(variation > leastVariation * norm * norm)
				? "it does not vary over the images"
				: null;
		return { batches: own, reason };
	});
}

/** Per full batch [rows, columns]. */
function crossHsic(rows: Records, columns: Records): readonly Float64Array[] {
	const others = fullBatches(columns);
	return fullBatches(rows).map((batch, index) => {
		const left = triangles(batch, rows);
		const right = columns === rows ? left : triangles(others[index] as BatchRecord, columns);
		return hsic(rowProducts(left, right, pairs(rows.batchSize)), rows.batchSize);
	});
}

/** All that a comparison rests on: HSIC per full batch of each layer with itself, and of each row with each column. */
function products(rows: Records, columns: Records) {
	const left = selfHsic(rows);
	const right = columns === rows ? left : selfHsic(columns);
	const cross = crossHsic(rows, columns);
	/** [rows, columns] of what `cell` makes of three HSIC per batch; null where a layer can be compared with nothing. */
	const table = <T>(cell: (x: readonly number[], y: readonly number[], xy: readonly number[]) => T) =>
		left.map((x, row) =>
			right.map((y, column) => {
				if (x.reason !== null || y.reason !== null) return null;
				const at = row * right.length + column;
				return cell(
					x.batches,
					y.batches,
					cross.map((batch) => batch[at] as number),
				);
			}),
		);
	return { left, right, table };
}

function triangles({ values }: BatchRecord, { layers, batchSize }: Records): Float32Array {
	const length = layers.length * pairs(batchSize);
	return values instanceof Float32Array ? values.subarray(0, length) : Float32Array.from(values.subarray(0, length));
}

/** Products of strict upper triangles as HSIC. */
function hsic(products: Float64Array, n: number): Float64Array {
	return products.map((product) => (2 * product) / (n * (n - 3)));
}

/** One square root of the product, not the product of two: so that a layer with itself gives 1 to the bit. */
function ratio(x: readonly number[], y: readonly number[], xy: readonly number[]): number {
	return sum(xy) / Math.sqrt(sum(x) * sum(y));
}

/** Standard error of the ratio from its values with one batch left out at a time (Efron and Tibshirani 1993, 11.5). */
function jackknife(x: readonly number[], y: readonly number[], xy: readonly number[]): number | null {
	const count = xy.length;
	if (count < fewestBatches) return null;
	const without = ratiosWithoutEach(x, y, xy).filter((value) => value !== null);
	if (without.length < count) return null;
	const mean = sum(without) / count;
	return Math.sqrt(((count - 1) / count) * sum(without.map((value) => (value - mean) ** 2)));
}

/** The ratio without each batch in turn; null where one batch alone varies, since the others leave nothing to compare. */
function ratiosWithoutEach(x: readonly number[], y: readonly number[], xy: readonly number[]): (number | null)[] {
	const [sumX, sumY, sumXY] = [sum(x), sum(y), sum(xy)];
	return xy.map((product, batch) => {
		const without = (sumXY - product) / Math.sqrt((sumX - (x[batch] as number)) * (sumY - (y[batch] as number)));
		return Number.isFinite(without) ? without : null;
	});
}

function sum(values: readonly number[]): number {
	let total = 0;
	for (const value of values) total += value;
	return total;
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
