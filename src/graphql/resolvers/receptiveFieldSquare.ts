import type { ReceptiveFieldSquareResolvers } from "../schema.generated.ts";

/** A square as it was measured, and what it takes of the image. */
export const ReceptiveFieldSquare: ReceptiveFieldSquareResolvers = {
	area: ({ sidePx: { value }, imagePx: [height, width] }) => value && (value / height) * (value / width),
};
