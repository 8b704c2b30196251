/** The sum of an axis' entries up to each one; without it if `exclusive`, and from the end if `reverse`. */
import { stridesOf } from "../../tensor/strides.ts";
import { fromValues, isInteger, numbers } from "../../tensor/values.ts";
import type { Call, Operator } from "./operator.ts";

export const cumulativeSum: Operator = {
	shapes: (call) => [call.shape(0)],
	evaluate: (call, [shape = []]) => {
		const input = call.tensor(0);
		const axis = axisOf(call);
		if (isInteger(input.type) || axis === null) return null;
		const [isExclusive, isReverse] = [call.integer("exclusive", 0) === 1, call.integer("reverse", 0) === 1];
		const [stride, side] = [stridesOf(shape)[axis] as number, shape[axis] as number];
		const values = numbers(input);
		const sums = values.slice();
		for (const i of isReverse ? [...values.keys()].reverse() : values.keys()) {
			const place = Math.floor(i / stride) % side;
			const before = isReverse ? i + stride : i - stride;
			const isFirst = place === (isReverse ? side - 1 : 0);
			const sum = isFirst ? 0 : (sums[before] as number);
			sums[i] = sum + ((isExclusive ? (isFirst ? 0 : values[before]) : values[i]) as number);
		}
		return [fromValues(input.type, shape, sums)];
	},
	// An entry is in the sums of all that come after it.
	gradient: ({ call, emit, upstream }) => {
		const gradient = upstream(0);
		if (gradient === null) return [];
		const axis = axisOf(call) ?? call.fail("the axis depends on the image");
		const attributes = { exclusive: call.integer("exclusive", 0), reverse: 1 - call.integer("reverse", 0) };
		return [emit.add("CumSum", [gradient, emit.ints([axis + 1])], attributes)];
	},
};

function axisOf(call: Call): number | null {
	const axis = call.integers(1)?.[0];
	return axis === undefined ? null : call.axis(axis, call.shape(0).length);
}
