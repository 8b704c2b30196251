/** The axes of a tensor in another order. */
import { stridesOf, wordsOf } from "./strides.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Element [.., i_k, ..] of the result is the element of the tensor whose index along axis order[k] is i_k, as
 * numpy.transpose. Copied run by run: a list of all positions, as `pick` takes it, would be larger than a weight itself.
 *
 * @throws SightlineError BAD_INPUT where elements share bytes
 */
export function permuted(tensor: Tensor, order: readonly number[]): Tensor {
	const strides = stridesOf(tensor.shape);
	const shape = order.map((axis) => tensor.shape[axis] as number);
	const steps = order.map((axis) => strides[axis] as number);
	const { result, given, moved, width } = wordsOf(tensor, shape);
	const last = shape.length - 1;
	if (result.length === 0) return { type: tensor.type, shape, bytes: result };
	let next = 0;
	const copy = (axis: number, first: number): void => {
		const [side = 1, step = 0] = [shape[axis], steps[axis]];
		for (let index = 0, from = first; index < side; index++, from += step) {
			if (axis < last) copy(axis + 1, from);
			else for (let word = 0; word < width; word++) moved[next++] = given[from * width + word] as number;
		}
	};
	copy(0, 0);
	return { type: tensor.type, shape, bytes: result };
}
