/** A tensor stretched or repeated. */
import { pick, positions, stridesOf } from "../../tensor/strides.ts";
import { broadcast, broadcastPositions, unbroadcast } from "./broadcast.ts";
import type { Operator } from "./operator.ts";

/** To the shape that the input's and the given one stretch to. */
export const expand: Operator = {
	shapes: (call) => {
		const target = call.integers(1);
		return target && [broadcast(call, [call.shape(0), target])];
	},
	evaluate: (call, [shape = []]) => [pick(call.tensor(0), shape, broadcastPositions(call.shape(0), shape))],
	gradient: (site) => {
		const gradient = site.upstream(0);
		return [gradient && unbroadcast(site, gradient, site.outputShape(0), site.call.shape(0))];
	},
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
	gradient: ({ call, emit, seeds, upstream, outputShape }) => {
		const gradient = upstream(0);
		if (gradient === null) return [];
		const input = call.shape(0);
		const unfolded = input.flatMap((side, axis) => [(outputShape(0)[axis] as number) / Math.max(1, side), side]);
		const repetitions = input.map((_, axis) => 2 * axis + 1);
		return [emit.reduce("ReduceSum", emit.reshape(gradient, [seeds, ...unfolded]), repetitions, false)];
	},
};
