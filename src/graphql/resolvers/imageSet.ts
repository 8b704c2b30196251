import type { ImageSetResolvers } from "../schema.generated.ts";

/** An image set as data/ knows it, its splits as a list. */
export const ImageSet: ImageSetResolvers = {
	splits: ({ splits }) => Array.from(splits, ([name, { count }]) => ({ name, count })),
};
