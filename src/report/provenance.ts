/** How the values of a figure came about, in one. */
import type { ProvenanceResult } from "./queryResult.ts";

/** The different values of each field, in the order met; one of each in a figure that was measured in one go. */
export interface FigureProvenance {
	readonly variants: readonly string[];
	readonly images: readonly string[];
	readonly imagesAsked: number;
	/** The fewest that a value rests on. */
	readonly imagesUsed: number;
	readonly batchSizes: readonly number[];
	readonly seeds: readonly number[];
	readonly modelDigests: readonly string[];
	readonly precisions: readonly string[];
	readonly devices: readonly string[];
	readonly versions: readonly string[];
	/** The latest, ISO 8601. */
	readonly measuredAt: string;
}

export function mergeProvenance(values: readonly ProvenanceResult[]): FigureProvenance {
	const different = <Item>(pick: (value: ProvenanceResult) => readonly Item[]) => [...new Set(values.flatMap(pick))];
	return {
		variants: different((value) => [value.variant]),
		images: different((value) => [value.images]),
		imagesAsked: Math.max(...values.map((value) => value.imagesAsked)),
		imagesUsed: Math.min(...values.map((value) => value.imagesUsed)),
		batchSizes: different((value) => [value.batchSize]),
		seeds: different((value) => [value.seed]),
		modelDigests: different((value) => value.modelDigests),
		precisions: different((value) => [value.precision]),
		devices: different((value) => [value.device]),
		versions: different((value) => value.versions),
		measuredAt:
			different((value) => [value.measuredAt])
				.sort()
				.at(-1) ?? "",
	};
}

/** Of all values that were measured; where nothing could be, there is none. */
export function provenanceOf(
	values: readonly { readonly provenance: ProvenanceResult | null }[],
): readonly ProvenanceResult[] {
	return values.flatMap(({ provenance }) => provenance ?? []);
}

/** How many batches of images a value rests on; 0 where nothing was measured. */
export function batchesOf(provenance: ProvenanceResult | null): number {
	return provenance === null ? 0 : Math.floor(provenance.imagesUsed / provenance.batchSize);
}
