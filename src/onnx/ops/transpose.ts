/** Axes in another order; reversed if none is given. */
import { pick, positions, stridesOf } from "../../tensor/strides.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Emitter } from "../emitter.ts";
import type { Call, Operator, Shape } from "./operator.ts";

export const transpose: Operator = {
	shapes: (call) => [permuted(call.shape(0), orderOf(call))],
	evaluate: (call) => [transposed(call.tensor(0), orderOf(call))],
	gradient: ({ call, emit, upstream }) => {
		const gradient = upstream(0);
		return [gradient && emitTransposed(emit, gradient, behindSeeds(inverse(orderOf(call))))];
	},
};

/** A shape whose axis i is axis `order[i]` of the given one. */
export function permuted(shape: Shape, order: readonly number[]): Shape {
	return order.map((axis) => shape[axis] as number);
}

/** The order that undoes a given one. */
export function inverse(order: readonly number[]): number[] {
	return order.map((_, axis) => order.indexOf(axis));
}

/** The same order for gradients, whose first axis is the seeds. */
export function behindSeeds(order: readonly number[]): number[] {
	return [0, ...order.map((axis) => axis + 1)];
}

/** A tensor whose axis i is axis `order[i]` of the given one. */
export function transposed(tensor: Tensor, order: readonly number[]): Tensor {
	const shape = permuted(tensor.shape, order);
	return pick(tensor, shape, positions(shape, permuted(stridesOf(tensor.shape), order)));
}

/** Adds a Transpose, unless the order is the given one already. */
export function emitTransposed(emit: Emitter, tensor: string, order: readonly number[]): string {
	return order.every((axis, i) => axis === i) ? tensor : emit.add("Transpose", [tensor], { perm: order });
}

/** Which axis of the input each axis of the output is; checked, so that sides and strides are there. */
function orderOf(call: Call): readonly number[] {
	const rank = call.shape(0).length;
	const order = call.integerList("perm") ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
	if (order.length !== rank || new Set(order.map((axis) => call.axis(axis, rank))).size !== rank) {
		call.fail(`[${order.join(", ")}] does not name each axis once`);
	}
	return order;
}
