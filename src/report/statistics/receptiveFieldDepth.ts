/** Receptive fields by depth: which layers are compared, and how far they reach. */
import type { ReceptiveFieldEstimateResult, ReceptiveFieldResult } from "../queryResult.ts";
import { type Estimate, mean, weightedSum, withStandardError } from "./estimates.ts";

/** The statistics of a field that have errors. */
export type FieldStatistic = "centreMassOverArea" | "radiusHoldingHalf" | "radiusHoldingNinety";

export function fieldStatistic(field: ReceptiveFieldResult | undefined, name: FieldStatistic): Estimate {
	const found: ReceptiveFieldEstimateResult | null = field?.[name] ?? null;
	const reason = found?.reason ?? field?.reason ?? "there is no such layer";
	return withStandardError(found?.value ?? null, found?.standardError ?? null, field?.batches ?? 0, reason);
}

/**
 * The layers that bring places together: attentions of a ViT, token mixings, units of a CNN; not MLPs, nor the first layer.
 * Of a model without any it is what the API says in their place, with the reason.
 */
export function mixingLayers<Field extends ReceptiveFieldResult>(fields: readonly Field[]): readonly Field[] {
	return fields.filter(
		({ kind, layer }) => kind === "attention" || kind === "tokenMixing" || kind === "unit" || layer === null,
	);
}

/** The mixing layer at a share of the depth: of 12 at .5 the 6th; at 0 the first. */
export function fieldAtDepth<Field extends ReceptiveFieldResult>(
	fields: readonly Field[],
	share: number,
): Field | undefined {
	const layers = mixingLayers(fields);
	return layers[Math.max(1, Math.round(share * layers.length)) - 1];
}

/** The mixing layers from input to output, after a CNN's convolution before all units. */
export function layersByDepth<Field extends ReceptiveFieldResult>(fields: readonly Field[]): readonly Field[] {
	return [...fields.filter(({ kind }) => kind === "convolution").slice(0, 1), ...mixingLayers(fields)];
}

/**
 * Five layers from input to output, as the paper's Fig. 6 picks them: the mixing layers at quarters of the depth; the first
 * of them is, of a CNN, the convolution before all units.
 */
export function fiveDepths<Field extends ReceptiveFieldResult>(fields: readonly Field[]): readonly Field[] {
	const first = fields.find(({ kind }) => kind === "convolution");
	const picked = [0, 0.25, 0.5, 0.75, 1].map((share) =>
		share === 0 && first !== undefined ? first : fieldAtDepth(fields, share),
	);
	return [...new Set(picked)].filter((field) => field !== undefined);
}

/** Mean over the mixing layers of the lowest quarter, at least one. */
export function lowestQuarter(fields: readonly ReceptiveFieldResult[], name: FieldStatistic): Estimate {
	const layers = mixingLayers(fields);
	const lowest = layers.slice(0, Math.max(1, Math.floor(layers.length / 4)));
	return mean(lowest.map((field) => fieldStatistic(field, name)));
}

/** Half-way up, less a share of the last: above 0 where by then the field has reached that share. */
export function midwayLessShareOfLast(
	fields: readonly ReceptiveFieldResult[],
	name: FieldStatistic,
	share: number,
): Estimate {
	return weightedSum([
		[1, fieldStatistic(fieldAtDepth(fields, 0.5), name)],
		[-share, fieldStatistic(fieldAtDepth(fields, 1), name)],
	]);
}

/** A branch before it is added, and the stream after. */
export interface FieldPair {
	readonly before: ReceptiveFieldResult;
	readonly after: ReceptiveFieldResult;
}

/** Of every residual addition that has both, in the order of the forward pass. */
export function fieldPairs(
	before: readonly ReceptiveFieldResult[],
	after: readonly ReceptiveFieldResult[],
): readonly FieldPair[] {
	return before.flatMap((one) => {
		const other = after.find(({ kind, block }) => kind === one.kind && block === one.block);
		return one.block === null || other === undefined ? [] : [{ before: one, after: other }];
	});
}

/** Mean over additions of the branch's statistic less that of the stream times a factor. */
export function branchLessStream(pairs: readonly FieldPair[], name: FieldStatistic, factor: number): Estimate {
	return weightedSum(
		pairs.flatMap(({ before, after }): [number, Estimate][] => [
			[1 / pairs.length, fieldStatistic(before, name)],
			[-factor / pairs.length, fieldStatistic(after, name)],
		]),
	);
}
