/** Seeds and batch as one axis, for operators that know of a single axis before the channels. */
import type { GradientSite } from "./operator.ts";

/**
 * @param gradient with respect to the first output, [seeds, batch, ...]
 * @param operate adds nodes that lead from [seeds * batch, ...] to [seeds * batch, ...shape of the first input]
 * @returns the gradient with respect to the first input, [seeds, batch, ...]
 */
export function mergingSeeds(
	{ call, emit, seeds, outputShape }: GradientSite,
	gradient: string,
	operate: (maps: string) => string,
): string {
	const [batch = 0, ...output] = outputShape(0);
	const maps = emit.reshape(gradient, [seeds * batch, ...output]);
	return emit.reshape(operate(maps), [seeds, ...call.shape(0)]);
}
