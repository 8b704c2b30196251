/**
 * How far a cut divides a model's layers in two: the mean CKA of the layers before it with those from it on, over the mean
 * CKA within either part, a layer with itself not counted (after Raghu et al. 2021, Fig. 8). 1 where the cut divides
 * nothing, near 0 where the parts have nothing in common. The error is the jackknife's over batches of images.
 */
import { jackknifeSpread } from "../numerics/jackknife.ts";
import { type CkaMatrix, type CkaSides, leaveOneOut, linearCka } from "./linearCka.ts";
import type { Estimate } from "./metric.ts";

export interface SplitOptions {
	/** The first layer of the upper part, counted from 0. */
	readonly cut: number;
}

/** No unit; null with the reason where a layer's similarity is not defined, or a part holds fewer than 2 layers. */
export function splitScore(sides: CkaSides, { cut }: SplitOptions): Estimate & { readonly batches: number } {
	const { values, batches } = linearCka.finish(sides);
	const value = ratioOf(values, cut);
	if (value === null) {
		const reason = `no score: the cut leaves ${cut} layers before it of ${values.length}, or some have no similarity`;
		return { value, standardError: null, reason, batches };
	}
	const without = leaveOneOut(sides).map((matrix) => ratioOf(matrix, cut));
	const others = without.filter((each) => each !== null);
	if (others.length === 0 || others.length < without.length)
		return { value, standardError: null, reason: "no standard error: it needs 4 batches of images", batches };
	return { value, standardError: jackknifeSpread(others), reason: null, batches };
}

function ratioOf(matrix: CkaMatrix["values"], cut: number): number | null {
	let [across, pairs, within, own] = [0, 0, 0, 0];
	for (const [row, cells] of matrix.entries()) {
		for (const [column, cell] of cells.entries()) {
			if (column <= row) continue;
			if (cell === null) return null;
			if (row < cut && column >= cut) {
				across += cell;
				pairs++;
			} else {
				within += cell;
				own++;
			}
		}
	}
	const isDivided = cut >= 2 && matrix.length - cut >= 2;
	const ratio = across / pairs / (within / own);
	return isDivided && Number.isFinite(ratio) ? ratio : null;
}
