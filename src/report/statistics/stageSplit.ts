/** How clearly a model's layers fall into two groups. */
import { type Matrix, meanOf, withoutDiagonal } from "./matrixStatistic.ts";

export interface StageSplit {
	/** Mean CKA within the two segments (without the diagonal) minus that between them. */
	readonly gain: number;
	/** Layers in the lower segment. */
	readonly at: number;
}

/**
 * The cut of the layers into a lower and an upper segment that makes the segments most alike within and least alike
 * between. Each holds at least a quarter of the layers, so that a single odd layer at an end is no stage.
 *
 * in   matrix: [layers, layers], symmetric, at least 8 layers
 */
export function stageSplit(matrix: Matrix): StageSplit {
	const layers = matrix.length;
	const least = Math.ceil(layers / 4);
	let best: StageSplit = { gain: Number.NEGATIVE_INFINITY, at: least };
	for (let at = least; at <= layers - least; at++) {
		const low = withoutDiagonal(matrix, 0, at);
		const high = withoutDiagonal(matrix, at, layers);
		const within = (low.sum + high.sum) / (low.cells + high.cells);
		const gain = within - meanOf(matrix, [0, at], [at, layers]);
		if (gain > best.gain) best = { gain, at };
	}
	return best;
}
