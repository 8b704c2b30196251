/** Elements over the norm of all along an axis: p = 1 or 2. Of zeros alone both the result and the slope are 0. */
import { fromValues, numbers } from "../../tensor/values.ts";
import { mapGroups } from "./groups.ts";
import type { Call, Operator } from "./operator.ts";
import { smallestNorm } from "./reduce.ts";

export const lpNormalization: Operator = {
	shapes: (call) => [call.shape(0)],
	evaluate: (call, [shape = []]) => {
		const p = call.integer("p", 2);
		const values = mapGroups(numbers(call.tensor(0)), shape, [axisOf(call)], (group) => {
			const norm = group.reduce((sum, x) => sum + Math.abs(x) ** p, 0) ** (1 / p);
			return group.map((x) => (norm === 0 ? 0 : x / norm));
		});
		return [fromValues(call.tensor(0).type, shape, values)];
	},
	// (g - sum(g y) d) / norm, where d is the norm's own slope: y for p = 2, the sign of x for p = 1.
	gradient: ({ call, emit, upstream }) => {
		const given = upstream(0);
		if (given === null) return [];
		const axis = axisOf(call);
		const [x, y] = [call.input(0), call.output(0)];
		const isEuclidean = call.integer("p", 2) === 2;
		const norm = isEuclidean
			? emit.add("Sqrt", [emit.reduce("ReduceSumSquare", x, [axis], true)])
			: emit.reduce("ReduceSum", emit.add("Abs", [x]), [axis], true);
		const divisor = emit.add("Max", [norm, emit.float(smallestNorm)]);
		const total = emit.reduce("ReduceSum", emit.add("Mul", [given, y]), [axis + 1], true);
		const direction = isEuclidean ? y : emit.add("Sign", [x]);
		return [emit.add("Div", [emit.add("Sub", [given, emit.add("Mul", [total, direction])]), divisor])];
	},
};

const axisOf = (call: Call): number => call.axis(call.integer("axis", -1), call.shape(0).length);
