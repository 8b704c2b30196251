/** Sliding windows: how many places one has along each spatial axis. Convolutions and poolings share it. */
import type { Call, Shape } from "./operator.ts";

/**
 * The spatial sides of the output for a kernel over the spatial sides of the input.
 *
 * With `ceil_mode` a last window may hang over the end, but none starts in the padding behind it.
 */
export function windowSides(call: Call, input: Shape, kernel: Shape): number[] {
	const strides = call.integerList("strides");
	const dilations = call.integerList("dilations");
	const pads = call.integerList("pads");
	const padding = call.text("auto_pad", "NOTSET");
	const round = call.integer("ceil_mode", 0) === 1 ? Math.ceil : Math.floor;
	return input.map((side, axis) => {
		const stride = strides?.[axis] ?? 1;
		const span = ((kernel[axis] ?? 1) - 1) * (dilations?.[axis] ?? 1) + 1;
		if (padding === "SAME_UPPER" || padding === "SAME_LOWER") return Math.ceil(side / stride);
		const explicit = padding === "NOTSET" && pads !== null;
		const before = explicit ? (pads[axis] ?? 0) : 0;
		const after = explicit ? (pads[axis + input.length] ?? 0) : 0;
		const room = side + before + after - span;
		if (!(room >= 0)) call.fail(`a window of ${span} does not fit ${side} entries padded by ${before} and ${after}`);
		const places = round(room / stride) + 1;
		return round === Math.ceil && (places - 1) * stride >= side + before ? places - 1 : places;
	});
}
