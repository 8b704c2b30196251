/** Weights of an untrained network, the same to the bit for the same seed: for speed measurements and tests. */
import { random } from "../numerics/random.ts";
import { elementCount, type Tensor } from "../tensor/tensor.ts";
import { fromFloat32s } from "../tensor/values.ts";
import type { TensorShapes } from "./tensorShapes.ts";

/**
 * He et al. 2015 (arXiv:1502.01852) for everything with two axes or more: variance 2 / fan-in, here uniform in place of
 * normal, which needs no logarithm and so is the same on every machine. Norms start as the identity, biases at 0.
 * @param seed an unsigned 32-bit integer
 */
export function heWeights(shapes: TensorShapes, seed: number): ReadonlyMap<string, Tensor> {
	const entries = [...shapes].map(([name, shape], index): [string, Tensor] => {
		const values = new Float32Array(elementCount(shape));
		if (shape.length > 1) {
			const bound = Math.sqrt(6 / elementCount(shape.slice(1)));
			const source = random(seed, index);
			for (let at = 0; at < values.length; at++) values[at] = source.between(-bound, bound);
		} else if (!/\.(?:bias|running_mean)$/.test(name)) {
			values.fill(1);
		}
		return [name, fromFloat32s(shape, values)];
	});
	return new Map(entries);
}
