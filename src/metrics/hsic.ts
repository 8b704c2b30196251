/** HSIC per batch, from the records of linearCka: products of Gram matrices. */
import { sum } from "../numerics/normalizedSum.ts";
import { rowProducts, rowSquares } from "../numerics/rowProducts.ts";
import { absencesOf, type BatchGrams, gramsOf, pairs } from "./gramRecord.ts";
import type { Records } from "./metric.ts";
import { shuffledGrams } from "./shuffledGrams.ts";

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

export interface HsicOptions {
	/**
	 * unbiased: HSIC_1 (Song et al. 2012), the product of U-centred Gram matrices over n (n - 3). biased: HSIC_0 (Gretton et
	 * al. 2005), the product of column-centred ones over (n - 1)^2, which grows with the number of features.
	 */
	readonly estimator: "unbiased" | "biased";
	/** A control: the columns see the images of every batch in another order, so that nothing is left in common. */
	readonly isShuffled: boolean;
}

/**
 * All that a comparison rests on: HSIC per full batch of each layer with itself, and of each row with each column. Both
 * sides must hold the same batches.
 */
export function hsicOf(rows: Records, columns: Records, options: HsicOptions): Hsic {
	const [readRows, readColumns] = [gramsOf(rows), columns === rows ? [] : gramsOf(columns)];
	// What is read of a batch is done with before the next one is read: all of them may be more than the memory holds.
	const batches = readRows.map((read, index) => {
		const grams = read();
		const others = readColumns[index]?.() ?? grams;
		const own = selfProducts(grams, options);
		return {
			own,
			others: others === grams ? own : selfProducts(others, options),
			cross: products(grams, options.isShuffled ? shuffledGrams(others, index) : others, options),
		};
	});
	const cross = batches.map((batch) => batch.cross);
	const left = selfHsic(
		rows,
		batches.map(({ own }) => own),
	);
	const right =
		columns === rows
			? left
			: selfHsic(
					columns,
					batches.map(({ others }) => others),
				);
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

/**
 * A layer varies if its HSIC with itself exceeds this part of its (mean squared norm)^2, which is about the fourth power
 * of spread over mean, divided by the number of directions it spreads in. A layer with a mean 400 times its spread in a
 * million directions still stands at 4e-17 and is known to better than 1 %, since it is centred before it is multiplied;
 * what float32 leaves of a layer that is the same for all images is at 1e-24 and below.
 */
const leastVariation = 1e-20;

/**
 * Why there is nothing to compare, or null.
 *
 * @param variation a representation's HSIC with itself, mean over batches
 * @param norm mean squared norm of an image's features
 */
export function whyIncomparable(variation: number, norm: number): string | null {
	if (!Number.isFinite(variation * norm)) return "its products are not finite in float32";
	return variation > leastVariation * norm * norm ? null : "it does not vary over the images";
}

/** Of one batch: each layer's HSIC with itself, and the mean squared norm of an image's features. */
interface SelfProducts {
	readonly hsic: Float64Array;
	readonly norms: Float32Array;
}

function selfProducts(grams: BatchGrams, options: HsicOptions): SelfProducts {
	// A copy: what is read of a batch is one buffer, and a view of its end would keep all of it.
	return { hsic: ownProducts(grams, options), norms: grams.norms.slice() };
}

function selfHsic(side: Records, batches: readonly SelfProducts[]): readonly SelfHsic[] {
	const absences = absencesOf(side);
	return side.layers.map((_, layer) => {
		const own = batches.map(({ hsic }) => hsic[layer] as number);
		const norm = sum(batches.map(({ norms }) => norms[layer] as number)) / batches.length;
		return { batches: own, reason: absences[layer] ?? whyIncomparable(sum(own) / batches.length, norm) };
	});
}

/** [rows, columns] */
function products(rows: BatchGrams, columns: BatchGrams, { estimator }: HsicOptions): Float64Array {
	const { n } = rows;
	const upper = rowProducts(rows.triangles, columns.triangles, pairs(n));
	if (estimator === "unbiased") return upper.map((product) => unbiased(n, product));
	const diagonals = rowProducts(rows.diagonals, columns.diagonals, n);
	const [left, right] = [traces(rows), traces(columns)];
	return upper.map((product, at) => {
		const [row, column] = [Math.floor(at / right.length), at % right.length];
		return biased(n, product, diagonals[at] as number, (left[row] as number) * (right[column] as number));
	});
}

/** Of each layer with itself, to the bit what `products` gives. */
function ownProducts(grams: BatchGrams, { estimator }: HsicOptions): Float64Array {
	const { n } = grams;
	const upper = rowSquares(grams.triangles, pairs(n));
	if (estimator === "unbiased") return upper.map((product) => unbiased(n, product));
	const [diagonals, own] = [rowSquares(grams.diagonals, n), traces(grams)];
	return upper.map((product, layer) => biased(n, product, diagonals[layer] as number, (own[layer] as number) ** 2));
}

/** @param upper product of the strict upper triangles of U-centred matrices: half of <U, V> */
function unbiased(n: number, upper: number): number {
	return (2 * upper) / (n * (n - 3));
}

/**
 * Rows of a column-centred Gram matrix G add up to zero, so U-centring took levels off it that its diagonal tells:
 * G_ij = U_ij + m_i + m_j with m_i = tr(G) / (2 (n - 1) (n - 2)) - G_ii / (n - 2). And rows of U add up to zero, so what is
 * left of the product with another such matrix L is
 *
 *     <G, L> = <U, V> + n / (n - 2) sum_i G_ii L_ii - tr(G) tr(L) / ((n - 1) (n - 2))
 */
function biased(n: number, upper: number, diagonals: number, traces: number): number {
	return (2 * upper + (n * diagonals) / (n - 2) - traces / ((n - 1) * (n - 2))) / (n - 1) ** 2;
}

/** [layers] */
function traces({ n, diagonals, norms }: BatchGrams): Float64Array {
	return Float64Array.from(norms, (_, layer) => sum([...diagonals.subarray(layer * n, (layer + 1) * n)]));
}
