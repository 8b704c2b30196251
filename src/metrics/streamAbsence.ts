import type { Anatomy } from "../anatomy/anatomy.ts";

/**
 * Why a model's residual stream cannot be read token by token, in a sentence without its name; null where it can. A CNN's
 * is read position by position. Every block of a transformer must give all tokens of the first, [tokens, width]: where
 * patches are merged on the way, or stand as [rows, columns, channels], tokens of the first block say nothing of later ones.
 */
export function streamAbsence({ family, tokens, blocks, layers }: Anatomy): string | null {
	if (family === "cnn") return null;
	if (tokens === null) return "no grid of patches was found";
	for (const { index, output } of blocks) {
		const shape = layers.find(({ tensor }) => tensor === output)?.shape;
		if (shape !== undefined && shape.length === 2 && shape[0] === tokens.count) continue;
		const found = shape === undefined ? "is not one of the layers" : `is [${shape.join(", ")}]`;
		return `the output of block ${index} ${found}, not one vector for each of ${tokens.count} tokens`;
	}
	return null;
}
