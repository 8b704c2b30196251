import { openImageSet } from "../images.ts";
import { allModels, findModel, openModel } from "../models.ts";
import { accuracyDifference } from "../questions/accuracy.ts";
import { blockSimilarity } from "../questions/blockSimilarity.ts";
import { predictionAgreement } from "../questions/predictionAgreement.ts";
import { similarity } from "../questions/similarity.ts";
import type { QueryResolvers } from "../schema.generated.ts";

/** The ways in. */
export const Query: QueryResolvers = {
	models: (_root, _given, context) => allModels(context),
	model: (_root, { id }, context) => findModel(context, id),
	imageSets: (_root, _given, context) => Promise.all(context.services.imageSets.map((id) => openImageSet(context, id))),
	imageSet: (_root, { id }, context) => openImageSet(context, id),
	similarity: (_root, { rows, columns, ...given }, context) =>
		similarity(context, { ...given, rows, columns: columns ?? rows }),
	blockSimilarity: (_root, given, context) => blockSimilarity(context, given),
	accuracyDifference: async (_root, { before, after, images }, context) =>
		accuracyDifference(context, await Promise.all([openModel(context, after), openModel(context, before)]), images),
	predictionAgreement: async (_root, { before, after, images }, context) =>
		predictionAgreement(context, await Promise.all([openModel(context, before), openModel(context, after)]), images),
	device: (_root, _given, { services }) => services.device,
	passes: (_root, _given, { services }) => services.engine.passes(),
	reports: (_root, _given, { services }) => services.reports(),
};
