/** Receptive fields and localisations as the API answers them, of made-up numbers. */
import type {
	LocalizationEstimateResult,
	LocalizationResult,
	ProvenanceResult,
	ReceptiveFieldMapResult,
} from "../../src/report/queryResult.ts";

export const madeUpProvenance: ProvenanceResult = {
	variant: "made up",
	images: "made-up images, test",
	imagesAsked: 32,
	imagesUsed: 32,
	batchSize: 4,
	seed: 7,
	modelDigests: ["00"],
	precision: "float32",
	device: "made-up device",
	versions: ["made-up 1.0"],
	seconds: 1,
	cached: false,
	measuredAt: "2026-01-02T03:04:05.000Z",
};

/** Of 8 batches of images of 64 px; radii are shares of that, and the map is even but for its centre. */
export function madeUpField(
	kind: string,
	block: number | null,
	{ r50 = 0.2, r90 = 0.4, centre = 10, error = 0.001 }: Partial<Record<"r50" | "r90" | "centre" | "error", number>>,
): ReceptiveFieldMapResult {
	const estimate = (value: number, scale = 1) => ({ value: value * scale, standardError: error * scale, reason: null });
	return {
		layer: block === null ? `stem.${kind}` : `blocks.${block}.+${kind}`,
		kind,
		block,
		width: 64,
		height: 64,
		centreMassOverArea: estimate(centre),
		radiusHoldingHalf: estimate(r50),
		radiusHoldingNinety: estimate(r90),
		radiusHoldingHalfPx: estimate(r50, 64),
		radiusHoldingNinetyPx: estimate(r90, 64),
		batches: 8,
		reason: null,
		provenance: madeUpProvenance,
		map: Array.from({ length: 64 }, (_, row) =>
			Array.from({ length: 64 }, (_, column) => (row === 32 && column === 32 ? 2 : 1) / 4097),
		),
	};
}

/** Of 8 batches; `reach` is half the width of every interval. */
export function madeUpLocalization({
	side = 8,
	share = 0.9,
	ownMinusMean = 0.1,
	border = 0.2,
	interior = 0.1,
	reach = 0.01,
}: Partial<Record<"side" | "share" | "ownMinusMean" | "border" | "interior" | "reach", number>>): LocalizationResult {
	const estimate = (value: number): LocalizationEstimateResult => ({
		...{ value, low: value - reach, high: value + reach, reason: null },
	});
	return {
		layer: { name: "blocks.5.output", block: 5 },
		tokens: [side, side],
		patches: [side, side],
		// Each token is most similar to its own patch.
		values: Array.from({ length: side ** 2 }, (_, token) =>
			Array.from({ length: side ** 2 }, (_, patch) => (token === patch ? 0.5 : 0.1)),
		),
		ownShare: estimate(share),
		medianDistance: estimate(0),
		medianDistancePx: estimate(0),
		ownMinusMean: estimate(ownMinusMean),
		edgeWithBorder: estimate(border),
		edgeWithInterior: estimate(interior),
		reason: null,
		batches: 8,
		provenance: madeUpProvenance,
	};
}
