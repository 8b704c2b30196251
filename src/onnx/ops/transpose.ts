/** Axes in another order; reversed if none is given. */
import { pick, positions, stridesOf } from "../../tensor/strides.ts";
import type { Call, Operator } from "./operator.ts";

export const transpose: Operator = {
	shapes: (call) => [orderOf(call).map((axis) => call.shape(0)[axis] as number)],
	evaluate: (call, [shape = []]) => {
		const strides = stridesOf(call.shape(0));
		return [
			pick(
				call.tensor(0),
				shape,
				positions(
					shape,
					orderOf(call).map((axis) => strides[axis] as number),
				),
			),
		];
	},
};

/** Which axis of the input each axis of the output is; checked, so that sides and strides are there. */
function orderOf(call: Call): readonly number[] {
	const rank = call.shape(0).length;
	const order = call.integerList("perm") ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
	if (order.length !== rank || new Set(order.map((axis) => call.axis(axis, rank))).size !== rank) {
		call.fail(`[${order.join(", ")}] does not name each axis once`);
	}
	return order;
}
