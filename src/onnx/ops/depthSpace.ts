/** Squares of places <-> channels: [batch, channels, height, width]. */
import type { Operator } from "./operator.ts";

export const depthToSpace: Operator = {
	shapes: (call) => {
		const [batch = 0, channels = 0, height = 0, width = 0] = call.shape(0);
		const side = call.integer("blocksize", 1);
		if (channels % side ** 2 !== 0) call.fail(`${channels} channels are no multiple of ${side} x ${side}`);
		return [[batch, channels / side ** 2, height * side, width * side]];
	},
};

export const spaceToDepth: Operator = {
	shapes: (call) => {
		const [batch = 0, channels = 0, height = 0, width = 0] = call.shape(0);
		const side = call.integer("blocksize", 1);
		if (height % side !== 0 || width % side !== 0) call.fail(`${height} x ${width} are no multiples of ${side}`);
		return [[batch, channels * side ** 2, height / side, width / side]];
	},
};
