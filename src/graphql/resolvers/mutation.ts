import type { MutationResolvers } from "../schema.generated.ts";

/** What changes something: passes alone. */
export const Mutation: MutationResolvers = {
	cancelPass: (_root, { id }, { services }) => services.engine.cancel(id),
};
