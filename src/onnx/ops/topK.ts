/** The k largest entries of an axis and their places; k is an attribute before opset 10. */
import type { Operator } from "./operator.ts";

export const topK: Operator = {
	shapes: (call) => {
		const input = call.shape(0);
		const axis = call.axis(call.integer("axis", -1), input.length);
		const k = call.opset < 10 ? call.integer("k", 1) : call.integers(1)?.[0];
		if (k === undefined) return null;
		const chosen = input.with(axis, k);
		return [chosen, chosen];
	},
};
