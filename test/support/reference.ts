/** Values of PyTorch in float64 for real models: what test/fixtures/reference/reference.py wrote. */
import { readFileSync } from "node:fs";

export interface Reference {
	readonly models: readonly string[];
	/** SHA-256 of each weights file. */
	readonly weights: readonly string[];
	/** Images of the test split of paintedLeaves(side), all in full batches. */
	readonly images: number;
	readonly batchSize: number;
	/** Of each model. */
	readonly layers: readonly (readonly string[])[];
	/** Of one model the upper triangle with the diagonal, row by row; of two the whole matrix. */
	readonly cka: readonly number[];
	readonly standardErrors: readonly number[];
	/** [model][block][head] */
	readonly attentionDistance: readonly (readonly (readonly (readonly [meanPx: number, errorPx: number])[])[])[];
	readonly uniformPx: number | null;
	/** [model][image] */
	readonly predictions: readonly (readonly number[])[];
}

/** "vit-s", or "vit-s.resnet-s" for one model beside another. */
export function readReference(name: string): Reference {
	return JSON.parse(readFileSync(fileOf(name), "utf8"));
}

function fileOf(name: string): URL {
	return new URL(`../fixtures/reference/${name}.json`, import.meta.url);
}
