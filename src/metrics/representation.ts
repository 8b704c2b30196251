/** Which part of a layer a metric reads, and the nodes that take it. */
import { type Anatomy, type Layer, tokensBeforePatches } from "../anatomy/anatomy.ts";
import type { Site } from "./metric.ts";

/**
 * all: every token or position, as one example (Nguyen et al. 2021 flatten so); cls: the class token alone; spatial: every
 * patch token or position without the class token; mean: their mean, one vector an image.
 */
export type TokenChoice = "all" | "cls" | "spatial" | "mean";

/** Why a layer cannot be read so, in a sentence without its name; null where it can. */
export function choiceAbsence(
	{ family, tokens }: Anatomy,
	{ shape, channelsLast }: Layer,
	choice: TokenChoice,
): string | null {
	if (choice === "all") return null;
	const isMap = (family === "cnn" || channelsLast === true) && shape.length === 3;
	if (isMap) return choice === "cls" ? `a ${family === "cnn" ? "CNN" : "map"} has no class token` : null;
	if (tokens === null || shape.length !== 2) return "it has no tokens to choose from";
	if (choice === "cls") {
		if (!tokens.classToken) return "the model has no class token";
		return shape[0] === tokens.count ? null : "the class token has not joined the patches there";
	}
	const patches = tokens.grid[0] * tokens.grid[1];
	return shape[0] === tokens.count || shape[0] === patches ? null : "it has no token for each patch";
}

/**
 * A layer's representation: its tensor, or nodes that take the chosen part of it. A layer of tokens is
 * [n, tokens, width], one of a CNN [n, channels, rows, columns]; one of a head is a slice of all heads' mixed values.
 * Only asked for where choiceAbsence is null.
 *
 * @returns name and shape; the first axis is the n images of the batch
 */
export function representation(
	site: Pick<Site, "emit" | "anatomy" | "shape" | "batchSize">,
	layer: Layer,
	choice: TokenChoice,
): { readonly tensor: string; readonly shape: readonly number[] } {
	const { emit, anatomy } = site;
	const { tensor, shape } = wholeOf(site, layer);
	if (choice === "all") return { tensor, shape };
	const [n = 0, second = 0, third = 0, last = 0] = shape;
	if (shape.length === 4) {
		if (choice === "spatial") return { tensor, shape };
		const axes = layer.channelsLast ? [1, 2] : [2, 3];
		return { tensor: emit.reduce("ReduceMean", tensor, axes, false), shape: [n, layer.channelsLast ? last : second] };
	}
	if (choice === "cls") return { tensor: emit.slice(tensor, 1, 0, 1), shape: [n, 1, third] };
	const { tokens: layout } = anatomy;
	const first = layout !== null && second === layout.count ? tokensBeforePatches(layout) : 0;
	const spatial = first === 0 ? tensor : emit.slice(tensor, 1, first, second);
	if (choice === "spatial") return { tensor: spatial, shape: [n, second - first, third] };
	return { tensor: emit.reduce("ReduceMean", spatial, [1], false), shape: [n, third] };
}

/** All of a layer. A head's is cut out of [n, heads, tokens, width], or of the same with images and heads as one axis. */
function wholeOf(
	{ emit, anatomy, shape, batchSize: n }: Pick<Site, "emit" | "anatomy" | "shape" | "batchSize">,
	layer: Layer,
) {
	if (layer.head === undefined) return { tensor: layer.tensor, shape: shape(layer.tensor) };
	const heads = anatomy.attentions.find(({ block }) => block === layer.block)?.heads ?? 1;
	const [tokens = 0, width = 0] = layer.shape;
	const byHead = emit.reshape(layer.tensor, [n, heads, tokens * width]);
	const own = emit.slice(byHead, 1, layer.head, layer.head + 1);
	return { tensor: emit.reshape(own, [n, tokens, width]), shape: [n, tokens, width] };
}
