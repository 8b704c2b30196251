import type { ModelCardResolvers } from "../schema.generated.ts";

/** A card as the zoo keeps it, its accuracy taken apart. */
export const ModelCard: ModelCardResolvers = {
	accuracy: ({ accuracy }) => accuracy?.value ?? null,
	interval: ({ accuracy }) => accuracy && [accuracy.low, accuracy.high],
	accuracyImages: ({ accuracy }) => accuracy?.images ?? null,
};
