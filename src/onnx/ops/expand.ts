/** A tensor stretched or repeated. */
import { pick, positions, stridesOf } from "../../tensor/strides.ts";
import { broadcast, broadcastPositions } from "./broadcast.ts";
import type { Operator } from "./operator.ts";

/** To the shape that the input's and the given one stretch to. */
export const expand: Operator = {
	shapes: (call) => {
		const target = call.integers(1);
		return target && [broadcast(call, [call.shape(0), target])];
	},
	evaluate: (call, [shape = []]) => [pick(call.tensor(0), shape, broadcastPositions(call.shape(0), shape))],
};

/** Each axis repeated as often as said. */
export const tile: Operator = {
	shapes: (call) => {
		const repeats = call.integers(1);
		return repeats && [call.shape(0).map((side, axis) => side * (repeats[axis] ?? 1))];
	},
	evaluate: (call, [shape = []]) => {
		const input = call.shape(0);
		const strides = stridesOf(input);
		// An axis of the output is an axis of repetitions, which stay in place, around the input's own.
		const unfolded = input.flatMap((side, axis) => [(shape[axis] as number) / Math.max(1, side), side]);
		return [
			pick(
				call.tensor(0),
				shape,
				positions(
					unfolded,
					strides.flatMap((stride) => [0, stride]),
				),
			),
		];
	},
};
