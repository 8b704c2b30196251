/** Unbiased HSIC per batch, from the records of linearCka: products of U-centred Gram matrices. */
import { sum } from "../numerics/normalizedSum.ts";
import { rowProducts, rowSquares } from "../numerics/rowProducts.ts";
import type { BatchRecord, Records } from "./metric.ts";

/** A layer's HSIC with itself in every full batch, or why it can be compared with nothing. */
export interface SelfHsic {
	readonly batches: readonly number[];
	readonly reason: string | null;
}

export interface Hsic {
	/** Of the rows. */
	readonly left: readonly SelfHsic[];
	/** Of the columns. */
	readonly right: readonly SelfHsic[];
	/**
	 * [rows, columns] of what `cell` makes of HSIC per batch: of a row with itself, a column with itself, and of both. null
	 * where a layer can be compared with nothing.
	 */
	table<T>(
		cell: (x: readonly number[], y: readonly number[], xy: readonly number[]) => T,
	): readonly (readonly (T | null)[])[];
}

/**
 * All that a comparison rests on: HSIC per full batch of each layer with itself, and of each row with each column. Both
 * sides must hold the same batches.
 */
export function hsicOf(rows: Records, columns: Records): Hsic {
	const left = selfHsic(rows);
	const right = columns === rows ? left : selfHsic(columns);
	const cross = crossHsic(rows, columns);
	const table: Hsic["table"] = (cell) =>
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

/** Pairs of different images: the length of a layer's triangle in a record. */
export function pairs(images: number): number {
	return (images * (images - 1)) / 2;
}

/** The batches that count: their records are not empty. */
export function fullBatches({ records, batchSize }: Records): readonly BatchRecord[] {
	return records.filter(({ images }) => images === batchSize);
}

/**
 * A layer varies if its HSIC with itself exceeds this part of its (mean squared norm)^2, which is about the fourth power
 * of spread over mean, divided by the number of directions it spreads in. A layer with a mean 400 times its spread in a
 * million directions still stands at 4e-17 and is known to better than 1 %, since it is centred before it is multiplied;
 * what float32 leaves of a layer that is the same for all images is at 1e-24 and below.
 */
const leastVariation = 1e-20;

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

function triangles({ values }: BatchRecord, { layers, batchSize }: Records): Float32Array {
	const length = layers.length * pairs(batchSize);
	return values instanceof Float32Array ? values.subarray(0, length) : Float32Array.from(values.subarray(0, length));
}

/** Products of strict upper triangles as HSIC. */
function hsic(products: Float64Array, n: number): Float64Array {
	return products.map((product) => (2 * product) / (n * (n - 3)));
}
