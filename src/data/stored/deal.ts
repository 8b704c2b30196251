import type { Random } from "../../numerics/random.ts";

/**
 * Classes dealt out together, so that every prefix holds them in their proportions: item i of a class of n is put at a
 * random place in [i / n, (i + 1) / n) of the whole; the first share of the order has that share of each class, to within
 * one item.
 */
export function deal<Item>(classes: readonly (readonly Item[])[], source: Random): Item[] {
	return classes
		.flatMap((items) => items.map((item, index) => ({ item, place: (index + source.uniform()) / items.length })))
		.sort((a, b) => a.place - b.place)
		.map(({ item }) => item);
}
