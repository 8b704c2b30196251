/** Every model that has a card, with what its page tells. */
import { type Execute, plainData } from "./execute.ts";
import type { ZooModelResult } from "./queryResult.ts";

export const zooQuery = `query Zoo {
	models {
		id
		title
		family
		digest
		parameters
		inputSize
		classes
		tokenGrid
		classToken
		pooling
		preprocessing
		residualAdditions
		layers {
			name
			kind
			block
			shape
		}
		blocks {
			index
			stage
			heads {
				index
			}
		}
		analogyEnds
		card {
			recipe
			recipeDigest
			imageSet
			imagesSeen
			imagesDistinct
			seconds
			hardware
			accuracy
			interval
			accuracyImages
			licence
			startsFrom {
				id
				digest
			}
			standsFor
			curve {
				imagesSeen
				seconds
				trainAccuracy
				validationAccuracy
			}
		}
	}
}
`;

/** @throws SightlineError with the code and hint of the cause; there is no list with a model missing */
export async function readZoo(execute: Execute): Promise<ZooModelResult[]> {
	const data = plainData(await execute(zooQuery, {}), () => "models that come along");
	// The shape that the query states.
	const { models } = data as { models: (ZooModelResult | { readonly card: null })[] };
	return models.filter((model): model is ZooModelResult => model.card !== null);
}
