/** Entries of one axis, chosen by indices. */

import { pick } from "../../tensor/strides.ts";
import { elementCount } from "../../tensor/tensor.ts";
import { integers } from "../../tensor/values.ts";
import type { Operator } from "./operator.ts";

/** The axis gives way to the axes of the indices. */
export const gather: Operator = {
	shapes: (call) => {
		const data = call.shape(0);
		const axis = call.axis(call.integer("axis", 0), data.length);
		return [[...data.slice(0, axis), ...call.shape(1), ...data.slice(axis + 1)]];
	},
	evaluate: (call, [shape = []]) => {
		const data = call.shape(0);
		const axis = call.axis(call.integer("axis", 0), data.length);
		const side = data[axis] as number;
		const inner = elementCount(data.slice(axis + 1));
		const indices = integers(call.tensor(1)).map((index) => {
			if (!(index >= -side && index < side)) call.fail(`index ${index} of ${side} entries`);
			return index < 0 ? index + side : index;
		});
		const from: number[] = [];
		for (let before = 0; before < elementCount(data.slice(0, axis)); before++) {
			for (const index of indices) {
				for (let after = 0; after < inner; after++) from.push((before * side + index) * inner + after);
			}
		}
		return [pick(call.tensor(0), shape, from)];
	},
};

/** An index for each element of the output. */
export const gatherElements: Operator = { shapes: (call) => [call.shape(1)] };

/** Indices of several axes at once, in the last axis of the indices. */
export const gatherNd: Operator = {
	shapes: (call) => {
		const data = call.shape(0);
		const indices = call.shape(1);
		const batched = call.integer("batch_dims", 0);
		return [[...indices.slice(0, -1), ...data.slice(batched + (indices.at(-1) ?? 0))]];
	},
};
