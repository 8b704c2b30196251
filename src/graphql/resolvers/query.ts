import { allModels, findModel } from "../models.ts";
import { similarity } from "../questions/similarity.ts";
import type { QueryResolvers } from "../schema.generated.ts";

/** The ways in. */
export const Query: QueryResolvers = {
	models: (_root, _given, context) => allModels(context),
	model: (_root, { id }, context) => findModel(context, id),
	imageSets: (_root, _given, { services }) => services.imageSets,
	similarity: (_root, { rows, columns, images }, context) => similarity(context, rows, columns ?? rows, images),
	device: (_root, _given, { services }) => services.device,
	passes: (_root, _given, { services }) => services.engine.passes(),
	reports: (_root, _given, { services }) => services.reports(),
};
