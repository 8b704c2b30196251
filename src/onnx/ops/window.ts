/** Sliding windows: where one stands, and which entries it covers. Convolutions and poolings share it. */
import { SightlineError } from "../../errors.ts";
import { positions, stridesOf } from "../../tensor/strides.ts";
import { elementCount } from "../../tensor/tensor.ts";
import type { Call, Shape } from "./operator.ts";

/** A window over spatial axes, with all that a node may leave out filled in; a number an axis. */
export interface Window {
	readonly kernel: Shape;
	readonly strides: readonly number[];
	readonly dilations: readonly number[];
	/** Padding before the first entry and after the last. */
	readonly before: readonly number[];
	readonly after: readonly number[];
}

/**
 * The spatial sides of the output for a kernel over the spatial sides of the input.
 *
 * With `ceil_mode` a last window may hang over the end, but none starts in the padding behind it.
 */
export function windowSides(call: Call, input: Shape, kernel: Shape): number[] {
	const { strides, before, after, ...window } = windowOf(call, input, kernel);
	const padding = call.text("auto_pad", "NOTSET");
	const round = call.integer("ceil_mode", 0) === 1 ? Math.ceil : Math.floor;
	return input.map((side, axis) => {
		const [stride, start, end] = [strides[axis] as number, before[axis] as number, after[axis] as number];
		const span = spanOf(window, axis);
		if (padding === "SAME_UPPER" || padding === "SAME_LOWER") return Math.ceil(side / stride);
		const room = side + start + end - span;
		// Rounded up, there is always one: so poolings that are larger than their map are written.
		if (!(room >= 0 || round === Math.ceil))
			call.fail(`a window of ${span} does not fit ${side} entries padded by ${start} and ${end}`);
		const places = Math.max(1, round(room / stride) + 1);
		return round === Math.ceil && (places - 1) * stride >= side + start ? places - 1 : places;
	});
}

/** The window of a node whose input has these spatial sides. */
export function windowOf(call: Call, input: Shape, kernel: Shape): Window {
	const strides = input.map((_, axis) => call.integerList("strides")?.[axis] ?? 1);
	const dilations = input.map((_, axis) => call.integerList("dilations")?.[axis] ?? 1);
	const padding = call.text("auto_pad", "NOTSET");
	const pads = padding === "NOTSET" ? call.integerList("pads") : null;
	const window = { kernel, strides, dilations };
	if (!padding.startsWith("SAME")) {
		const before = input.map((_, axis) => pads?.[axis] ?? 0);
		return { ...window, before, after: input.map((_, axis) => pads?.[axis + input.length] ?? 0) };
	}
	// As much as it takes for ceil(side / stride) windows; an odd entry goes to the side that the name says.
	const total = input.map((side, axis) => {
		const stride = strides[axis] as number;
		return Math.max(0, (Math.ceil(side / stride) - 1) * stride + spanOf(window, axis) - side);
	});
	const before = total.map((each) => (padding === "SAME_LOWER" ? Math.ceil(each / 2) : Math.floor(each / 2)));
	return { ...window, before, after: total.map((each, axis) => each - (before[axis] as number)) };
}

/** Entries from the first that a window covers to the last. */
export function spanOf({ kernel, dilations }: Pick<Window, "kernel" | "dilations">, axis: number): number {
	return ((kernel[axis] ?? 1) - 1) * (dilations[axis] ?? 1) + 1;
}

/** Of each window that covers an entry with a certain element of its kernel: which window, and which entry. */
export interface Covered {
	readonly windows: readonly number[];
	readonly entries: readonly number[];
}

/**
 * For every element of the kernel, in row-major order: the positions in a map of `output` windows, and the position in a
 * map of `input` entries that it covers there; places where it lies over the padding are left out.
 */
export function coverage(window: Window, input: Shape, output: Shape): readonly Covered[] {
	const { kernel, strides, dilations, before } = window;
	const places = elementCount(kernel) * elementCount(output);
	if (!(places <= mostPlaces)) {
		const words = `${output.join(" x ")} windows of ${kernel.join(" x ")} entries`;
		throw new SightlineError("BAD_INPUT", `${words} are more than can be listed, ${mostPlaces}`);
	}
	const strideOf = { input: stridesOf(input), output: stridesOf(output) };
	return positions(kernel, stridesOf(kernel)).map((element) => {
		const along = kernel.map((_, axis) => {
			const index = Math.floor(element / (stridesOf(kernel)[axis] as number)) % (kernel[axis] as number);
			const first = index * (dilations[axis] as number) - (before[axis] as number);
			const places = Array.from({ length: output[axis] as number }, (_, place) => place);
			return places
				.map((place) => ({ place, entry: place * (strides[axis] as number) + first }))
				.filter(({ entry }) => entry >= 0 && entry < (input[axis] as number));
		});
		const sum = (offsets: readonly (readonly number[])[]): number[] =>
			offsets.reduce<number[]>((sums, axis) => sums.flatMap((start) => axis.map((offset) => start + offset)), [0]);
		return {
			windows: sum(along.map((axis, i) => axis.map(({ place }) => place * (strideOf.output[i] as number)))),
			entries: sum(along.map((axis, i) => axis.map(({ entry }) => entry * (strideOf.input[i] as number)))),
		};
	});
}

/** 7 x 7 windows over a map of 500 x 500 places have twelve million. */
const mostPlaces = 2 ** 24;

/** How many elements of its kernel lie over entries, for each window. */
export function coveredCounts(window: Window, input: Shape, output: Shape): number[] {
	const counts = new Array<number>(elementCount(output)).fill(0);
	for (const { windows } of coverage(window, input, output)) {
		for (const place of windows) counts[place] = (counts[place] as number) + 1;
	}
	return counts;
}

/** A window as the attributes of a convolution or pooling. */
export function windowAttributes({ kernel, strides, dilations, before, after }: Window) {
	return { kernel_shape: kernel, strides, dilations, pads: [...before, ...after] };
}

/** The attributes of the transposed convolution that leads from `output` windows back to all of the `input` entries. */
export function transposedAttributes(window: Window, input: Shape, output: Shape) {
	// Entries at the end that no window reached; where the last window hangs over the end, less than none.
	const left = input.map((side, axis) => {
		const reached = ((output[axis] as number) - 1) * (window.strides[axis] as number) + spanOf(window, axis);
		return side + (window.before[axis] as number) + (window.after[axis] as number) - reached;
	});
	const after = window.after.map((count, axis) => count + Math.max(0, -(left[axis] as number)));
	return { ...windowAttributes({ ...window, after }), output_padding: left.map((count) => Math.max(0, count)) };
}
