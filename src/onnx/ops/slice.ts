/** From start up to end, in steps, along some axes; all of it attributes before opset 10. */
import { pick, positions, stridesOf } from "../../tensor/strides.ts";
import type { Emitter } from "../emitter.ts";
import type { Call, Operator, Shape } from "./operator.ts";
import { emitPadded } from "./pad.ts";

export const slice: Operator = {
	shapes: (call) => {
		const ranges = rangesOf(call);
		return ranges && [ranges.map(({ count }) => count)];
	},
	evaluate: (call, [shape = []]) => {
		const ranges = rangesOf(call) ?? [];
		const strides = stridesOf(call.shape(0));
		const steps = ranges.map(({ step }, axis) => step * (strides[axis] as number));
		const first = ranges.reduce((sum, { start }, axis) => sum + start * (strides[axis] as number), 0);
		return [pick(call.tensor(0), shape, positions(shape, steps, first))];
	},
	gradient: ({ call, emit, seeds, upstream, outputShape }) => {
		const gradient = upstream(0);
		const ranges = rangesOf(call);
		return [gradient && ranges && putBack(emit, gradient, [seeds, ...outputShape(0)], call.shape(0), ranges)];
	},
};

interface Range {
	readonly start: number;
	readonly step: number;
	readonly count: number;
}

/** Entries back at their places among zeros. `shape` has the axis of the seeds before those of the `input`. */
function putBack(emit: Emitter, gradient: string, shape: Shape, input: Shape, ranges: readonly Range[]): string {
	let tensor = gradient;
	let sides = shape;
	const before = [0];
	const after = [0];
	for (const [i, { start, step, count }] of ranges.entries()) {
		const axis = i + 1;
		const stride = Math.abs(step);
		if (step < 0) {
			const reversed = Array.from({ length: count }, (_, entry) => count - 1 - entry);
			tensor = emit.add("Gather", [tensor, emit.ints(reversed)], { axis });
		}
		if (stride > 1 && count > 1) {
			// Zeros behind each entry: as an axis of its own that is padded, then merged.
			const apart = [...sides.slice(0, axis + 1), 1, ...sides.slice(axis + 1)];
			const zeros = apart.map((_, each) => (each === axis + 1 ? stride - 1 : 0));
			tensor = emitPadded(
				emit,
				emit.reshape(tensor, apart),
				apart,
				apart.map(() => 0),
				zeros,
			);
			sides = sides.with(axis, count * stride);
			tensor = emit.reshape(tensor, sides);
		}
		const first = step < 0 ? start + step * (count - 1) : start;
		before.push(first);
		after.push((input[i] as number) - first - (sides[axis] as number));
	}
	return emitPadded(emit, tensor, sides, before, after);
}

/** The range of every axis; null if a bound is not constant. */
function rangesOf(call: Call): readonly Range[] | null {
	const input = call.shape(0);
	const given = (name: string, i: number): readonly number[] | null =>
		call.opset < 10 ? call.integerList(name) : call.integers(i);
	const starts = given("starts", 1);
	const ends = given("ends", 2);
	if (starts === null || ends === null) return null;
	const axes =
		call.opset >= 10 && call.has(3) && call.integers(3) === null ? null : (given("axes", 3) ?? starts.map((_, i) => i));
	const steps = call.has(4) ? call.integers(4) : starts.map(() => 1);
	if (axes === null || steps === null) return null;
	const ranges: Range[] = input.map((side) => ({ start: 0, step: 1, count: side }));
	axes.forEach((each, i) => {
		const axis = call.axis(each, input.length);
		ranges[axis] = rangeOf(call, input[axis] as number, starts[i] ?? 0, ends[i] ?? 0, steps[i] ?? 1);
	});
	return ranges;
}

/** Bounds count from the end if negative and are then clamped to what there is, as in Python. */
function rangeOf(call: Call, side: number, start: number, end: number, step: number): Range {
	if (step === 0) call.fail("a step of 0");
	const clamp = (bound: number, low: number, high: number): number =>
		Math.min(high, Math.max(low, bound < 0 ? bound + side : bound));
	const from = step > 0 ? clamp(start, 0, side) : clamp(start, 0, side - 1);
	const to = step > 0 ? clamp(end, 0, side) : clamp(end, -1, side - 1);
	return { start: from, step, count: Math.max(0, Math.ceil((to - from) / step)) };
}
