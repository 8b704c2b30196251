import { zoo } from "../../zoo/zoo.ts";
import type { ModelCardResolvers } from "../schema.generated.ts";

/** A card as the zoo keeps it, its accuracy taken apart, and what the model's entry says that it stands for. */
export const ModelCard: ModelCardResolvers = {
	standsFor: ({ id }) => zoo.find((entry) => entry.id === id)?.standsFor ?? "itself",
	accuracy: ({ accuracy }) => accuracy?.value ?? null,
	interval: ({ accuracy }) => accuracy && [accuracy.low, accuracy.high],
	accuracyImages: ({ accuracy }) => accuracy?.images ?? null,
};
