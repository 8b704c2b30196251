import { addImages, addModel } from "../adding.ts";
import type { MutationResolvers } from "../schema.generated.ts";

/** What changes something: passes, and the entries of sightline.json. */
export const Mutation: MutationResolvers = {
	cancelPass: (_root, { id }, { services }) => services.engine.cancel(id),
	addModel: (_root, given, context) => addModel(context, given),
	addImages: (_root, given, context) => addImages(context, given),
};
