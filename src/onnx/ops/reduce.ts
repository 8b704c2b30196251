/** Some axes reduced to one number each: the Reduce operators, ArgMax and ArgMin. */

import { positions, stridesOf } from "../../tensor/strides.ts";
import { fromValues, int64s, isInteger, numbers } from "../../tensor/values.ts";
import { greater, lesser } from "./elementwise.ts";
import type { Call, Operator } from "./operator.ts";

/**
 * @param since the opset in which the axes became an input
 * @param float the result over the elements that are reduced; of integers too, where `integer` is not given
 */
function reduction(
	since: number,
	float: (elements: readonly number[]) => number,
	integer?: (elements: readonly bigint[]) => bigint,
): Operator {
	return {
		shapes: (call) => {
			const input = call.shape(0);
			const axes = axesOf(call, since);
			if (axes === null) return null;
			const keep = call.integer("keepdims", 1) === 1;
			return [input.flatMap((side, axis) => (!axes.includes(axis) ? [side] : keep ? [1] : []))];
		},
		evaluate: (call, [shape = []]) => {
			const input = call.tensor(0);
			const axes = axesOf(call, since);
			if (axes === null) return null;
			const strides = stridesOf(input.shape);
			const along = (chosen: boolean, first = 0): number[] => {
				const kept = input.shape.flatMap((_, axis) => (axes.includes(axis) === chosen ? [axis] : []));
				return positions(
					kept.map((axis) => input.shape[axis] as number),
					kept.map((axis) => strides[axis] as number),
					first,
				);
			};
			const inner = along(true);
			/** Positions lie within the input by construction. */
			const fold = <E>(elements: ArrayLike<E>, reduce: (elements: readonly E[]) => E): E[] =>
				along(false).map((start) => reduce(inner.map((offset) => elements[start + offset] as E)));
			if (isInteger(input.type)) {
				return integer ? [fromValues(input.type, shape, fold(int64s(input), integer))] : null;
			}
			return [fromValues(input.type, shape, fold(numbers(input), float))];
		},
	};
}

/** The axes that are reduced: all, if none is named (unless noop_with_empty_axes); null if they are not constant. */
function axesOf(call: Call, since: number): readonly number[] | null {
	const rank = call.shape(0).length;
	const axes = call.axes(since, 1, rank);
	if (axes === "unknown") return null;
	if (axes !== null && axes.length > 0) return axes;
	return call.integer("noop_with_empty_axes", 0) === 1 ? [] : Array.from({ length: rank }, (_, axis) => axis);
}

const sum = (elements: readonly number[]): number => elements.reduce((a, b) => a + b, 0);
const integerSum = (elements: readonly bigint[]): bigint => elements.reduce((a, b) => a + b, 0n);
const squares = (elements: readonly number[]): number => sum(elements.map((x) => x * x));
const magnitudes = (elements: readonly number[]): number => sum(elements.map(Math.abs));

function logSumExp(elements: readonly number[]): number {
	const largest = elements.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
	return largest + Math.log(sum(elements.map((x) => Math.exp(x - largest))));
}

/** ArgMax, ArgMin: the axis is an attribute in every opset, and the shape is all that is known here. */
const argument: Operator = {
	shapes: (call) => {
		const input = call.shape(0);
		const axis = call.axis(call.integer("axis", 0), input.length);
		return [call.integer("keepdims", 1) === 1 ? input.with(axis, 1) : input.toSpliced(axis, 1)];
	},
};

export const reduceOperators: Readonly<Record<string, Operator>> = {
	ReduceSum: reduction(13, sum, integerSum),
	ReduceMean: reduction(18, (elements) => sum(elements) / elements.length),
	ReduceProd: reduction(
		18,
		(elements) => elements.reduce((a, b) => a * b, 1),
		(elements) => elements.reduce((a, b) => a * b, 1n),
	),
	ReduceMax: reduction(
		18,
		(elements) => elements.reduce((a, b) => Math.max(a, b)),
		(elements) => elements.reduce(greater),
	),
	ReduceMin: reduction(
		18,
		(elements) => elements.reduce((a, b) => Math.min(a, b)),
		(elements) => elements.reduce(lesser),
	),
	ReduceSumSquare: reduction(18, squares, (elements) => integerSum(elements.map((x) => x * x))),
	ReduceL1: reduction(18, magnitudes),
	ReduceL2: reduction(18, (elements) => Math.sqrt(squares(elements))),
	ReduceLogSum: reduction(18, (elements) => Math.log(sum(elements))),
	ReduceLogSumExp: reduction(18, logSumExp),
	ArgMax: argument,
	ArgMin: argument,
};
