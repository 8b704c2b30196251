/** Elements or slices of a tensor put in the places that indices name; with `reduction` they join what is there. */
import { pick } from "../../tensor/strides.ts";
import { elementCount, type Tensor } from "../../tensor/tensor.ts";
import { fromValues, isInteger, numbers } from "../../tensor/values.ts";
import { joined } from "./concat.ts";
import { elementPositions, slicePositions } from "./gather.ts";
import type { Call, Operator } from "./operator.ts";

/** An index for each element of the updates. */
export const scatterElements: Operator = {
	shapes: (call) => [call.shape(0)],
	evaluate: (call) => scattered(call, elementPositions(call)),
};

/** An index of several axes for each slice of the updates. */
export const scatterNd: Operator = {
	shapes: (call) => [call.shape(0)],
	evaluate: (call) => scattered(call, slicePositions(call)),
};

/** Input 0 with the elements of input 2 at these positions, one after the other. */
function scattered(call: Call, to: readonly number[]): readonly Tensor[] | null {
	const [data, updates] = [call.tensor(0), call.tensor(2)];
	const reduction = call.text("reduction", "none");
	if (reduction === "none") {
		const count = elementCount(data.shape);
		const from = Array.from({ length: count }, (_, i) => i);
		for (const [i, position] of to.entries()) from[position] = count + i;
		return [pick(joined(data, updates), data.shape, from)];
	}
	const join = joins[reduction] ?? call.fail(`reduction ${reduction} is not known`);
	if (isInteger(data.type)) return null;
	const values = numbers(data).slice();
	// Positions lie within the tensors by construction.
	for (const [i, update] of numbers(updates).entries()) {
		const position = to[i] as number;
		values[position] = join(values[position] as number, update);
	}
	return [fromValues(data.type, data.shape, values)];
}

const joins: Readonly<Record<string, (there: number, update: number) => number>> = {
	add: (a, b) => a + b,
	mul: (a, b) => a * b,
	max: Math.max,
	min: Math.min,
};
