/** Squares of places <-> channels: [batch, channels, height, width]. */
import { elementCount } from "../../tensor/tensor.ts";
import type { Call, Operator, Shape } from "./operator.ts";
import { behindSeeds, emitTransposed, inverse, permuted, transposed } from "./transpose.ts";

export const depthToSpace: Operator = rearranging((call) => {
	const [batch = 0, channels = 0, height = 0, width = 0] = call.shape(0);
	const side = call.integer("blocksize", 1);
	if (channels % side ** 2 !== 0) call.fail(`${channels} channels are no multiple of ${side} x ${side}`);
	const features = channels / side ** 2;
	return call.text("mode", "DCR") === "DCR"
		? { unfolded: [batch, side, side, features, height, width], order: [0, 3, 4, 1, 5, 2] }
		: { unfolded: [batch, features, side, side, height, width], order: [0, 1, 4, 2, 5, 3] };
}, mergedPlaces);

export const spaceToDepth: Operator = rearranging((call) => {
	const [batch = 0, channels = 0, height = 0, width = 0] = call.shape(0);
	const side = call.integer("blocksize", 1);
	if (height % side !== 0 || width % side !== 0) call.fail(`${height} x ${width} are no multiples of ${side}`);
	return {
		unfolded: [batch, channels, height / side, side, width / side, side],
		order: call.text("mode", "DCR") === "DCR" ? [0, 3, 5, 1, 2, 4] : [0, 1, 3, 5, 2, 4],
	};
}, mergedChannels);

interface Rearrangement {
	/** The input's elements under more axes. */
	readonly unfolded: Shape;
	/** The order these are brought into. */
	readonly order: readonly number[];
}

/** @param merged the output's shape, from the unfolded axes in their new order */
function rearranging(rearrangement: (call: Call) => Rearrangement, merged: (sides: Shape) => Shape): Operator {
	return {
		shapes: (call) => {
			const { unfolded, order } = rearrangement(call);
			return [merged(permuted(unfolded, order))];
		},
		evaluate: (call, [shape = []]) => {
			const { unfolded, order } = rearrangement(call);
			return [{ ...transposed({ ...call.tensor(0), shape: unfolded }, order), shape }];
		},
		gradient: ({ call, emit, seeds, upstream }) => {
			const gradient = upstream(0);
			if (gradient === null) return [];
			const { unfolded, order } = rearrangement(call);
			const turned = emit.reshape(gradient, [seeds, ...permuted(unfolded, order)]);
			return [emit.reshape(emitTransposed(emit, turned, behindSeeds(inverse(order))), [seeds, ...call.shape(0)])];
		},
	};
}

function mergedPlaces([batch = 0, channels = 0, ...sides]: Shape): Shape {
	const [height, width] = [elementCount(sides.slice(0, 2)), elementCount(sides.slice(2))];
	return [batch, channels, height, width];
}

function mergedChannels([batch = 0, ...sides]: Shape): Shape {
	return [batch, elementCount(sides.slice(0, 3)), ...sides.slice(3)];
}
