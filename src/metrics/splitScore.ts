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
	const matrix = linearCka.finish(sides);
	const { values, batches } = matrix;
	const value = ratioOf(values, cut);
	if (value === null) return { value, standardError: null, reason: whyNone(matrix, cut), batches };
	const without = leaveOneOut(sides).map((others) => ratioOf(others, cut));
	const others = without.filter((each) => each !== null);
	if (others.length === 0 || others.length < without.length)
		return { value, standardError: null, reason: "no standard error: it needs 4 batches of images", batches };
	return { value, standardError: jackknifeSpread(others), reason: null, batches };
}

function whyNone({ values, reasons }: CkaMatrix, cut: number): string {
	const [before, after] = [cut, values.length - cut];
	if (!isDivided(values.length, cut))
		return `no score: ${before} layers before the cut and ${after} from it on; either part needs 2`;
	const [first] = reasons;
	if (first === undefined || !values.flat().includes(null)) return "no score: within the parts nothing is similar";
	return first.layer === null ? first.reason : `no similarity with ${first.layer}: ${first.reason}`;
}

const isDivided = (layers: number, cut: number): boolean => cut >= 2 && layers - cut >= 2;

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
	const ratio = across / pairs / (within / own);
	return isDivided(matrix.length, cut) && Number.isFinite(ratio) ? ratio : null;
}
