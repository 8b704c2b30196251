/**
 * Linear CKA of subsets of a block's heads with layers of another model (Raghu et al. 2021, Fig. 5). Heads are sorted by
 * their mean attention distance, and a window slides over them; what a subset sees is its heads' mixed values side by side,
 * before the output projection. The Gram matrix of features side by side is the sum of their Gram matrices, so the records
 * of the single heads are all that is needed.
 */
import { jackknifeSpread } from "../numerics/jackknife.ts";
import { spearman } from "../numerics/spearman.ts";
import { type CkaMatrix, leaveOneOut, linearCka } from "./linearCka.ts";
import type { Estimate, Records } from "./metric.ts";

export interface HeadSubsetOptions {
	/** Indices into the records' heads, of each window. */
	readonly windows: readonly (readonly number[])[];
	/** Mean attention distance of each window's heads, pixels. */
	readonly distancesPx: readonly number[];
}

export interface HeadSubsetCka extends CkaMatrix {
	/** Of each unit: Spearman's rho of distance and CKA over the windows, -1 to 1. */
	readonly correlations: readonly Estimate[];
}

/**
 * @param sides linearCka's records of single heads, all of one block, and of the other model's units, on the same images
 * @returns [windows, units]
 */
export function headSubsetCka(
	[heads, units]: readonly [heads: Records, units: Records],
	{ windows, distancesPx }: HeadSubsetOptions,
): HeadSubsetCka {
	const subsets = sumsOf(heads, windows);
	const matrix = linearCka.finish([subsets, units]);
	const without = leaveOneOut([subsets, units]);
	const correlationOf = (values: CkaMatrix["values"], unit: number): number | null => {
		const column = values.map((row) => row[unit] ?? null);
		return column.some((value) => value === null) ? null : spearman(distancesPx, column.map(Number));
	};
	return {
		...matrix,
		correlations: units.layers.map((_, unit): Estimate => {
			const value = correlationOf(matrix.values, unit);
			if (value === null) return { value, standardError: null, reason: whyNone(windows.length) };
			const others = without.map((values) => correlationOf(values, unit)).filter((each) => each !== null);
			if (others.length === 0 || others.length < without.length)
				return { value, standardError: null, reason: "no standard error: it needs 4 batches of images" };
			return { value, standardError: jackknifeSpread(others), reason: null };
		}),
	};
}

function whyNone(windows: number): string {
	if (windows >= 3) return "some windows have no similarity, or all have the same distance";
	return `a rank correlation needs 3 windows, there ${windows === 1 ? "is 1" : `are ${windows}`}`;
}

/** The records as they would be of each window's heads side by side: every number of a record is a sum over features. */
function sumsOf(heads: Records, windows: HeadSubsetOptions["windows"]): Records {
	const count = heads.layers.length;
	const layers = windows.flatMap((window, index) => {
		const [first] = window.flatMap((head) => heads.layers[head] ?? []);
		return first === undefined ? [] : [{ ...first, name: `window ${index}` }];
	});
	const records = heads.records.map(({ values, ...batch }) => {
		// Triangles, diagonals and norms stand one part after the other, each [heads, its length].
		const perHead = values.length / count;
		const n = heads.batchSize;
		const lengths = values.length === 0 ? [] : [perHead - n - 1, n, 1];
		const sums = new Float32Array(windows.length * perHead);
		let [from, to] = [0, 0];
		for (const length of lengths) {
			for (const [index, window] of windows.entries())
				for (const head of window)
					for (let at = 0; at < length; at++)
						sums[to + index * length + at] =
							(sums[to + index * length + at] as number) + (values[from + head * length + at] as number);
			from += count * length;
			to += windows.length * length;
		}
		return { ...batch, values: sums };
	});
	return { ...heads, layers, records };
}
