/** Convolutions over any number of spatial axes: [batch, channels, ...sides] by [features, channels / groups, ...kernel]. */
import type { Operator } from "./operator.ts";
import { windowSides } from "./window.ts";

export const convolution: Operator = {
	shapes: (call) => {
		const [batch = 0, channels = 0, ...sides] = call.shape(0);
		const [features = 0, channelsOfGroup = 0, ...kernel] = call.shape(1);
		const groups = call.integer("group", 1);
		if (channels !== channelsOfGroup * groups) {
			call.fail(`${channels} channels for weights of ${channelsOfGroup} in ${groups} groups`);
		}
		return [[batch, features, ...windowSides(call, sides, kernel)]];
	},
};

/** The weights are [channels, features / groups, ...kernel]. */
export const convolutionTranspose: Operator = {
	shapes: (call) => {
		const [batch = 0, , ...sides] = call.shape(0);
		const [, featuresOfGroup = 0, ...kernel] = call.shape(1);
		const [strides, dilations, pads, extra] = ["strides", "dilations", "pads", "output_padding"].map((name) =>
			call.integerList(name),
		);
		const sameSize = call.text("auto_pad", "NOTSET").startsWith("SAME");
		const grown = sides.map((side, axis) => {
			const stride = strides?.[axis] ?? 1;
			const span = ((kernel[axis] ?? 1) - 1) * (dilations?.[axis] ?? 1) + 1;
			const cut = (pads?.[axis] ?? 0) + (pads?.[axis + sides.length] ?? 0);
			return sameSize ? side * stride : stride * (side - 1) + (extra?.[axis] ?? 0) + span - cut;
		});
		const features = featuresOfGroup * call.integer("group", 1);
		return [[batch, features, ...(call.integerList("output_shape")?.slice(-sides.length) ?? grown)]];
	},
};
