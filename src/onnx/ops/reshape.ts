/** The same elements in the same order under another shape. */
import { reshaped } from "../../tensor/filedTensor.ts";
import { elementCount } from "../../tensor/tensor.ts";
import { type Call, expectElements, type Operator, type Shape } from "./operator.ts";

/** An operator that leaves the bytes as they are. */
function relabelling(shapes: (call: Call) => readonly Shape[] | null): Operator {
	return {
		shapes,
		evaluate: (call, [shape = []]) => [reshaped(call.tensor(0), shape)],
		gradient: ({ call, emit, seeds, upstream }) => {
			const gradient = upstream(0);
			return [gradient && emit.reshape(gradient, [seeds, ...call.shape(0)])];
		},
		reads: "bytes",
	};
}

export const identity: Operator = {
	...relabelling((call) => [call.shape(0)]),
	gradient: ({ upstream }) => [upstream(0)],
};

/** -1 stands for what is left, 0 for the input's side there (unless allowzero). */
export const reshape = relabelling((call) => {
	const input = call.shape(0);
	const target = call.integers(1);
	if (target === null) return null;
	const zeroIsCopy = call.integer("allowzero", 0) === 0;
	const sides = target.map((side, axis) => (side === 0 && zeroIsCopy ? (input[axis] ?? 0) : side));
	const known = elementCount(sides.filter((side) => side !== -1));
	const left = known === 0 ? 0 : elementCount(input) / known;
	if (sides.includes(-1) && !Number.isInteger(left)) {
		call.fail(`${elementCount(input)} elements do not fit [${target.join(", ")}]`);
	}
	return [
		expectElements(
			call,
			input,
			sides.map((side) => (side === -1 ? left : side)),
		),
	];
});

/** Two axes: all before `axis`, and all from there on. */
export const flatten = relabelling((call) => {
	const input = call.shape(0);
	const given = call.integer("axis", 1);
	const axis = given === input.length ? given : call.axis(given, input.length);
	return [[elementCount(input.slice(0, axis)), elementCount(input.slice(axis))]];
});

/** Axes of side 1 taken away: those named, or all. */
export const squeeze = relabelling((call) => {
	const input = call.shape(0);
	const axes = call.axes(13, 1, input.length);
	if (axes === "unknown") return null;
	for (const axis of axes ?? []) {
		if (input[axis] !== 1) call.fail(`axis ${axis} has ${input[axis]} entries and cannot be squeezed`);
	}
	return [input.filter((side, axis) => (axes === null ? side !== 1 : !axes.includes(axis)))];
});

/** Axes of side 1 added, at their places in the output. */
export const unsqueeze = relabelling((call) => {
	const input = call.shape(0);
	// The number of axes decides what negative ones mean, so they are counted before they are placed.
	const constant = call.opset >= 13 ? call.integers(1) : call.integerList("axes");
	if (constant === null) return null;
	const rank = input.length + constant.length;
	const axes = new Set(constant.map((axis) => call.axis(axis, rank)));
	const sides = [...input];
	return [Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : (sides.shift() ?? 1)))];
});
