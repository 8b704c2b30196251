/** From start up to end, in steps, along some axes; all of it attributes before opset 10. */
import { pick, positions, stridesOf } from "../../tensor/strides.ts";
import type { Call, Operator } from "./operator.ts";

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
};

interface Range {
	readonly start: number;
	readonly step: number;
	readonly count: number;
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
