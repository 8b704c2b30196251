/** Operators whose first output has the shape of their first input: normalisations, softmax, dropout, running sums. */
import type { Operator } from "./operator.ts";

/** One output. */
export const sameShape: Operator = { shapes: (call) => [call.shape(0)] };

/** All outputs alike: Dropout and its mask. */
export const allSameShape: Operator = { shapes: (call) => call.node.outputs.map(() => call.shape(0)) };

/** The outputs after the first, where training wants them, are statistics: one number a channel. */
export const batchNormalization: Operator = {
	shapes: (call) => {
		const [, channels = 1] = call.shape(0);
		if (call.shape(1)[0] !== channels) call.fail(`statistics of ${call.shape(1)[0]} channels for ${channels}`);
		return call.node.outputs.map((_, i) => (i === 0 ? call.shape(0) : [channels]));
	},
};

/** The outputs after the first are the mean and the inverse deviation, with sides of 1 where they were taken. */
export const layerNormalization: Operator = {
	shapes: (call) => {
		const input = call.shape(0);
		const axis = call.axis(call.integer("axis", -1), input.length);
		const statistics = input.map((side, i) => (i < axis ? side : 1));
		return call.node.outputs.map((_, i) => (i === 0 ? input : statistics));
	},
};
