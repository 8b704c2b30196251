import type { ImageSetResolvers } from "../schema.generated.ts";

export const ImageSet: ImageSetResolvers = {
	splits: ({ splits }) => Array.from(splits, ([name, { count }]) => ({ name, count })),
};
