/** Matrices with one triangle kept and the other zero. */
import { fromValues, int64s, isInteger, numbers } from "../../tensor/values.ts";
import type { Operator } from "./operator.ts";

export const triangle: Operator = {
	shapes: (call) => [call.shape(0)],
	evaluate: (call, [shape = []]) => {
		const input = call.tensor(0);
		const diagonal = call.integers(1)?.[0] ?? 0;
		const isUpper = call.integer("upper", 1) === 1;
		const [rows = 1, columns = 1] = shape.slice(-2);
		const kept = <E>(values: Iterable<E>, zero: E): E[] =>
			Array.from(values, (value, i) => {
				const offset = (i % columns) - (Math.floor(i / columns) % rows) - diagonal;
				return (isUpper ? offset >= 0 : offset <= 0) ? value : zero;
			});
		const values = isInteger(input.type) ? kept(int64s(input), 0n) : kept(numbers(input), 0);
		return [fromValues(input.type, shape, values)];
	},
	gradient: ({ call, emit, upstream }) => {
		const gradient = upstream(0);
		if (gradient === null) return [];
		const diagonal = call.node.inputs.slice(1, 2);
		return [emit.add("Trilu", [gradient, ...diagonal], { upper: call.integer("upper", 1) })];
	},
};
