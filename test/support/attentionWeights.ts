import type { Services } from "../../src/graphql/services.ts";
import { tensorsOf } from "./untrainedServices.ts";

/** A head's weights on one image, [query][key]. */
export type Weights = readonly (readonly number[])[];

/** What is made of the weights of each head on each of the first images of the split "test": [head of all blocks][image]. */
export async function ofHeads<Found>(
	services: Services,
	model: string,
	count: number,
	of: (weights: Weights) => Found,
): Promise<Found[][]> {
	const { anatomy } = await services.openModel(model);
	const tokens = anatomy.tokens?.count ?? 0;
	const blocks = await tensorsOf(services, model, count, ({ attentions }) => attentions.map(({ weights }) => weights));
	return blocks.flatMap((values) => {
		const row = (at: number) => [...values.subarray(at * tokens, (at + 1) * tokens)];
		const heads = values.length / count / tokens ** 2;
		return Array.from({ length: heads }, (_, head) =>
			Array.from({ length: count }, (_, image) =>
				of(Array.from({ length: tokens }, (_, query) => row((image * heads + head) * tokens + query))),
			),
		);
	});
}
