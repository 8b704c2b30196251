import type { MutationResolvers } from "../schema.generated.ts";

export const Mutation: MutationResolvers = {
	cancelPass: (_root, { id }, { services }) => services.engine.cancel(id),
};
