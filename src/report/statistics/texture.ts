/** How much a model's layers repeat their likeness to the others from block to block: the weave of a ViT's heat map. */
import type { Matrix } from "./matrixStatistic.ts";

/**
 * Autocorrelation of the layers' mean CKA with all others (the diagonal left out) at a lag, minus the mean of those at the lags
 * next to it: above 0 where layers of the same place in their blocks are alike.
 *
 * in   matrix: [layers, layers], symmetric; lag: layers in a block, at least 2
 */
export function textureAtLag(matrix: Matrix, lag: number): number {
	const means = matrix.map(
		(row, layer) => (row.reduce((sum, value) => sum + value, 0) - (row[layer] ?? Number.NaN)) / (row.length - 1),
	);
	return autocorrelation(means, lag) - (autocorrelation(means, lag - 1) + autocorrelation(means, lag + 1)) / 2;
}

function autocorrelation(values: readonly number[], lag: number): number {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const deviations = values.map((value) => value - mean);
	const product = (by: number) =>
		deviations.slice(by).reduce((sum, value, index) => sum + value * (deviations[index] ?? Number.NaN), 0);
	return product(lag) / product(0);
}
