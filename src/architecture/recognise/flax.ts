/** Arrays as JAX's flax keeps them: kernels with inputs first, norms with a scale. */
import type { Tensor } from "../../tensor/tensor.ts";
import { reshaped, turned } from "./derived.ts";
import { withAxes } from "./source.ts";

/** Where a checkpoint keeps the parameters: a training state, or a tree of its own. */
const prefixes = ["opt/target/", "params/img/", "params/"] as const;

/** Without the prefix of their place; what lies elsewhere (an optimiser's state, a text tower) is left out. */
export function parametersOf(tensors: ReadonlyMap<string, Tensor>): ReadonlyMap<string, Tensor> {
	const prefix = prefixes.find((each) => [...tensors.keys()].some((name) => name.startsWith(each)));
	if (prefix === undefined) return tensors;
	return new Map(
		[...tensors].filter(([name]) => name.startsWith(prefix)).map(([name, each]) => [name.slice(prefix.length), each]),
	);
}

/** A kernel of a convolution [height, width, inputs, outputs] as [outputs, inputs, height, width]. */
export function convolutionKernel(name: string, tensor: Tensor): Tensor {
	return turned(withAxes(name, tensor, 4), [3, 2, 0, 1]);
}

/** A kernel [inputs, outputs] as [outputs, inputs]. */
export function denseKernel(name: string, tensor: Tensor): Tensor {
	return turned(withAxes(name, tensor, 2), [1, 0]);
}

/** A kernel from tokens to heads, [inputs, heads, d], as [heads * d, inputs]. */
export function headsKernel(name: string, tensor: Tensor): Tensor {
	const [inputs = 0, heads = 0, width = 0] = withAxes(name, tensor, 3).shape;
	return turned(reshaped(tensor, [inputs, heads * width]), [1, 0]);
}

/** A kernel from heads to tokens, [heads, d, outputs], as [outputs, heads * d]. */
export function joiningKernel(name: string, tensor: Tensor): Tensor {
	const [heads = 0, width = 0, outputs = 0] = withAxes(name, tensor, 3).shape;
	return turned(reshaped(tensor, [heads * width, outputs]), [1, 0]);
}
