/** The resolvers, a file per type; a type or field not named resolves to its parent's property of that name. */
import { enums } from "../enums.ts";
import type { Resolvers } from "../schema.generated.ts";
import { Block } from "./block.ts";
import { Head } from "./head.ts";
import { ImageSet } from "./imageSet.ts";
import { Localization } from "./localization.ts";
import { Model } from "./model.ts";
import { ModelCard } from "./modelCard.ts";
import { Mutation } from "./mutation.ts";
import { Query } from "./query.ts";
import { ReceptiveField } from "./receptiveField.ts";
import { ReceptiveFieldSquare } from "./receptiveFieldSquare.ts";
import { Similarity } from "./similarity.ts";
import { SkipAblationSide } from "./skipAblationSide.ts";
import { Subscription } from "./subscription.ts";

export const resolvers: Resolvers & typeof enums = {
	...enums,
	Block,
	Head,
	ImageSet,
	Localization,
	Model,
	ModelCard,
	Mutation,
	Query,
	ReceptiveField,
	ReceptiveFieldSquare,
	Similarity,
	SkipAblationSide,
	Subscription,
};
