import { receptiveFieldMap } from "../questions/receptiveFields.ts";
import type { ReceptiveFieldResolvers } from "../schema.generated.ts";

/** What was measured of a layer, field by field. */
export const ReceptiveField: ReceptiveFieldResolvers = {
	layer: ({ found }) => found?.layer ?? null,
	kind: ({ found }) => found?.kind ?? null,
	block: ({ found }) => found?.block ?? null,
	residual: ({ found }) => found?.residual ?? null,
	map: async (parent, _given, context) => (await receptiveFieldMap(context, parent))?.values ?? null,
	largest: async (parent, _given, context) => (await receptiveFieldMap(context, parent))?.largest ?? null,
	width: ({ open }) => open.anatomy.input.width,
	height: ({ open }) => open.anatomy.input.height,
	centreRowPx: ({ found }) => found?.centre.rowPx ?? null,
	centreColumnPx: ({ found }) => found?.centre.columnPx ?? null,
	centreMass: ({ found }) => found?.concentration.centreMass ?? null,
	centreMassOverArea: ({ found }) => found?.concentration.centreMassOverArea ?? null,
	radiusHoldingHalfPx: ({ found }) => found?.concentration.radiusHoldingHalfPx ?? null,
	radiusHoldingNinetyPx: ({ found }) => found?.concentration.radiusHoldingNinetyPx ?? null,
	radiusHoldingHalf: ({ found }) => found?.concentration.radiusHoldingHalf ?? null,
	radiusHoldingNinety: ({ found }) => found?.concentration.radiusHoldingNinety ?? null,
	areaHoldingHalf: ({ found }) => found?.concentration.areaHoldingHalf ?? null,
	squares: ({ open, found }) => {
		const { height, width } = open.anatomy.input;
		return found?.squares.map((square) => ({ ...square, imagePx: [height, width] })) ?? [];
	},
	images: ({ found }) => found?.images ?? 0,
	batches: ({ found }) => found?.batches ?? 0,
};
