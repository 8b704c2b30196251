/** One number for each window, or for all of an image's places: [batch, channels, ...sides]. */
import type { Operator } from "./operator.ts";
import { windowSides } from "./window.ts";

/** MaxPool's second output, where the maxima were, has the same shape. */
export const pooling: Operator = {
	shapes: (call) => {
		const [batch = 0, channels = 0, ...sides] = call.shape(0);
		const kernel = call.integerList("kernel_shape") ?? call.fail("no kernel_shape");
		const pooled = [batch, channels, ...windowSides(call, sides, kernel)];
		return call.node.outputs.map(() => pooled);
	},
};

export const globalPooling: Operator = {
	shapes: (call) => [call.shape(0).map((side, axis) => (axis < 2 ? side : 1))],
};
