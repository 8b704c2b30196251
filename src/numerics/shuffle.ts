import type { Random } from "./random.ts";

/** The items in an order of the source's choosing (Fisher and Yates). */
export function shuffle<Item>(items: readonly Item[], source: Random): Item[] {
	const order = [...items];
	for (let last = order.length - 1; last > 0; last--) {
		const other = source.below(last + 1);
		[order[last], order[other]] = [order[other] as Item, order[last] as Item]; // both within the list
	}
	return order;
}
