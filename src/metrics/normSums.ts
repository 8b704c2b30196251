/**
 * The sums that residualNorms keeps of an addition: per token the sums over images of the three quantities and of their
 * squares, then of |z| and |f|; then sums and squares over images of the mean over patch tokens of each quantity.
 */
import type { Estimate } from "./metric.ts";

export interface NormOptions {
	/** Of a ratio over images: the mean of each image's, or the mean of |z| over the mean of |f|. */
	readonly aggregation: "meanOfRatios" | "ratioOfMeans";
}

/** What is told of an addition. */
export interface AdditionNorms {
	/** null where there is no class token. */
	readonly cls: TokenNorms | null;
	/** The mean over patch tokens, or over positions. */
	readonly spatial: TokenNorms;
	/** Each token by itself, the class token first where there is one. */
	readonly tokens: readonly TokenMeans[];
	/** Why some tokens lack a value; null where none does. */
	readonly reason: string | null;
}

export interface TokenNorms {
	/** |z| / |f(z)| */
	readonly ratio: Estimate;
	/** cos(z, z + f(z)) */
	readonly cosineWithSum: Estimate;
	/** cos(z, f(z)) */
	readonly cosineWithBranch: Estimate;
}

/** Means over images; null where a norm is zero. */
export interface TokenMeans {
	readonly ratio: number | null;
	readonly cosineWithSum: number | null;
	readonly cosineWithBranch: number | null;
}

/** Ratio, cosine with the sum, cosine with the branch. */
const quantities = 3;
/** Per token: sums and sums of squares of the quantities, then |z| and |f|. */
const perToken = 2 * quantities + 2;

/** Numbers that are kept of an addition. */
export const normLength = (tokens: number): number => tokens * perToken + 2 * quantities;

/** Of the images of a batch. */
interface Products {
	/** [n, tokens]: |z|^2, |f|^2, z . f */
	readonly z: Float32Array;
	readonly f: Float32Array;
	readonly zf: Float32Array;
}

/**
 * Adds a batch to the sums of an addition.
 *
 * @param first the first token that is a patch
 */
export function addImages(
	sums: Float64Array,
	{ z, f, zf }: Products,
	images: number,
	tokens: number,
	first: number,
): void {
	const add = (at: number, value: number) => {
		sums[at] = (sums[at] as number) + value;
	};
	for (let image = 0; image < images; image++) {
		const spatial = [0, 0, 0];
		for (let token = 0; token < tokens; token++) {
			const at = image * tokens + token;
			const [zz, ff, product] = [z[at] as number, f[at] as number, zf[at] as number];
			const [zNorm, fNorm, sumNorm] = [Math.sqrt(zz), Math.sqrt(ff), Math.sqrt(Math.max(0, zz + 2 * product + ff))];
			// A norm of zero leaves no number, which `finish` tells as a null with the reason.
			const values = [zNorm / (fNorm || Number.NaN), (zz + product) / (zNorm * sumNorm), product / (zNorm * fNorm)];
			for (const [quantity, value] of values.entries()) {
				add(token * perToken + quantity, value);
				add(token * perToken + quantities + quantity, value * value);
				if (token >= first) spatial[quantity] = (spatial[quantity] ?? 0) + value / (tokens - first);
			}
			add(token * perToken + 2 * quantities, zNorm);
			add(token * perToken + 2 * quantities + 1, fNorm);
		}
		for (const [quantity, value] of spatial.entries()) {
			add(tokens * perToken + quantity, value);
			add(tokens * perToken + quantities + quantity, value * value);
		}
	}
}

/** What the sums over all images make of an addition. */
export function normsOf(
	sums: Float64Array,
	images: number,
	tokens: number,
	{ first, hasClassToken }: { readonly first: number; readonly hasClassToken: boolean },
	aggregation: NormOptions["aggregation"],
): AdditionNorms {
	const at = (index: number): number => sums[index] as number;
	const ratioOfMeans = (from: number, to: number): number => {
		let [z, f] = [0, 0];
		for (let token = from; token < to; token++) {
			z += at(token * perToken + 2 * quantities);
			f += at(token * perToken + 2 * quantities + 1);
		}
		return z / (f || Number.NaN);
	};
	const estimates = (start: number, from: number, to: number): TokenNorms => {
		const mean = (quantity: number) => estimate(at(start + quantity), at(start + quantities + quantity), images);
		return {
			ratio: aggregation === "meanOfRatios" ? mean(0) : withoutError(ratioOfMeans(from, to)),
			cosineWithSum: mean(1),
			cosineWithBranch: mean(2),
		};
	};
	const each = Array.from({ length: tokens }, (_, token): TokenMeans => {
		const ratio = aggregation === "meanOfRatios" ? at(token * perToken) / images : ratioOfMeans(token, token + 1);
		return {
			ratio: finite(ratio),
			cosineWithSum: finite(at(token * perToken + 1) / images),
			cosineWithBranch: finite(at(token * perToken + 2) / images),
		};
	});
	return {
		cls: hasClassToken ? estimates(0, 0, 1) : null,
		spatial: estimates(tokens * perToken, first, tokens),
		tokens: each,
		reason: each.some((means) => Object.values(means).includes(null)) ? zeroNorm : null,
	};
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
const zeroNorm = "a stream or a branch is zero, or not finite, at some token of some image";

/** The mean of values from their sum and the sum of their squares, with its standard error. */
function estimate(sum: number, squares: number, count: number): Estimate {
	if (count === 0) return { value: null, standardError: null, reason: "no images" };
	const mean = sum / count;
	if (!Number.isFinite(mean)) return { value: null, standardError: null, reason: zeroNorm };
	if (count < 2) return { value: mean, standardError: null, reason: "no standard error: it needs 2 images" };
	const variance = Math.max(0, squares - sum * mean) / (count - 1);
	return { value: mean, standardError: Math.sqrt(variance / count), reason: null };
}

function withoutError(value: number): Estimate {
	if (!Number.isFinite(value)) return { value: null, standardError: null, reason: zeroNorm };
	return { value, standardError: null, reason: "no standard error is kept of a ratio of means" };
}
