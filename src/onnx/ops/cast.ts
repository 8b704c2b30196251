/**
 * Another element type. The gradient passes on from floating to floating; nothing flows through integers, since a small
 * change of what is rounded changes nothing. Floating to integer cuts the fraction off; anything but zero is true.
 */
import { fromValues, int64s, isInteger, numbers } from "../../tensor/values.ts";
import { elementTypeOf } from "../proto.ts";
import type { Operator } from "./operator.ts";

export const cast: Operator = {
	shapes: (call) => [call.shape(0)],
	evaluate: (call, [shape = []]) => {
		const input = call.tensor(0);
		const type = elementTypeOf(call.integer("to", 0));
		if (type === null) return null;
		return [fromValues(type, shape, isInteger(input.type) ? int64s(input) : numbers(input))];
	},
	gradient: ({ call, upstream }) => {
		const type = elementTypeOf(call.integer("to", 0));
		return [type === null || isInteger(type) ? null : upstream(0)];
	},
};

/** To the type of the second input. */
export const castLike: Operator = {
	shapes: (call) => [call.shape(0)],
	evaluate: (call, [shape = []]) => {
		const input = call.tensor(0);
		return [fromValues(call.tensor(1).type, shape, isInteger(input.type) ? int64s(input) : numbers(input))];
	},
	gradient: ({ upstream }) => [upstream(0)],
};
