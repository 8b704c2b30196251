/** Which part of a layer a metric reads, and the nodes that take it. */
import type { Anatomy, Layer } from "../anatomy/anatomy.ts";
import { SightlineError } from "../errors.ts";
import type { Site } from "./metric.ts";

/**
 * all: every token or position, as one example (Nguyen et al. 2021 flatten so); cls: the class token alone; spatial: every
 * patch token or position without the class token; mean: their mean, one vector an image.
 */
export type TokenChoice = "all" | "cls" | "spatial" | "mean";

/** Why a model's layers cannot be read so, in a sentence without its name; null where they can. */
export function tokenAbsence({ family, tokens }: Anatomy, choice: TokenChoice): string | null {
	if (choice === "all") return null;
	if (family === "cnn") return choice === "cls" ? "a CNN has no class token" : null;
	if (tokens === null) return "no grid of patches was found, so class token and patches cannot be told apart";
	return choice === "cls" && !tokens.classToken ? "it has no class token" : null;
}

/**
 * A layer's representation: its tensor, or nodes that take the chosen part of it. A layer of tokens is
 * [n, tokens, width], one of a CNN [n, channels, rows, columns].
 *
 * @returns name and shape; the first axis is the n images of the batch
 * @throws SightlineError BAD_INPUT for a layer without tokens or positions to choose from
 */
export function representation(
	{ emit, anatomy, shape }: Pick<Site, "emit" | "anatomy" | "shape">,
	layer: Layer,
	choice: TokenChoice,
): { readonly tensor: string; readonly shape: readonly number[] } {
	const { tensor } = layer;
	const whole = shape(tensor);
	if (choice === "all") return { tensor, shape: whole };
	const [n = 0, second = 0, third = 0, ...more] = whole;
	const first = anatomy.tokens?.classToken ? 1 : 0;
	if (anatomy.family === "cnn" && whole.length === 4) {
		if (choice === "spatial") return { tensor, shape: whole };
		const mean = emit.reduce("ReduceMean", tensor, [2, 3], false);
		return { tensor: mean, shape: [n, second] };
	}
	if (whole.length !== 3 || more.length > 0 || second !== anatomy.tokens?.count)
		throw new SightlineError("BAD_INPUT", `${layer.name} is [${whole.join(", ")}]: it has no tokens to choose from`, {
			hint: "Ask for all of it.",
		});
	if (choice === "cls") return { tensor: emit.slice(tensor, 1, 0, 1), shape: [n, 1, third] };
	const spatial = first === 0 ? tensor : emit.slice(tensor, 1, first, second);
	if (choice === "spatial") return { tensor: spatial, shape: [n, second - first, third] };
	return { tensor: emit.reduce("ReduceMean", spatial, [1], false), shape: [n, third] };
}
