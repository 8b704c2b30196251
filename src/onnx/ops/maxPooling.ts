/** The largest entry of each window, or of all of an image's places: [batch, channels, ...sides]. */
import { elementCount } from "../../tensor/tensor.ts";
import { fromFloat32s, fromInt64s, fromValues, numbers } from "../../tensor/values.ts";
import { elementTypeNumbers } from "../proto.ts";
import type { GradientSite, Operator } from "./operator.ts";
import { globalShapes, kernelOf, pooledShapes } from "./pooling.ts";
import { coverage, transposedAttributes, windowAttributes, windowOf } from "./window.ts";

/** The second output tells where the maxima were, with the shape of the first. */
export const maxPooling: Operator = {
	shapes: pooledShapes,
	terms: (call) => elementCount(kernelOf(call)),
	evaluate: (call, [shape = []]) => {
		const input = call.tensor(0);
		if (call.integer("storage_order", 0) === 1 && call.node.outputs.length > 1) return null;
		const [, , ...sides] = input.shape;
		const [, , ...places] = shape;
		const [from, to] = [elementCount(sides), elementCount(places)];
		const x = numbers(input);
		const largest = new Float64Array(elementCount(shape)).fill(Number.NEGATIVE_INFINITY);
		const found = new Array<number>(largest.length).fill(0);
		for (const { windows, entries } of coverage(windowOf(call, sides, kernelOf(call)), sides, places)) {
			for (let map = 0; map < largest.length / to; map++) {
				for (const [i, window] of windows.entries()) {
					const entry = map * from + (entries[i] as number);
					const value = x[entry] as number;
					if (!(value > (largest[map * to + window] as number))) continue;
					largest[map * to + window] = value;
					found[map * to + window] = entry;
				}
			}
		}
		return [fromValues(input.type, shape, largest), fromInt64s(shape, found.map(BigInt))];
	},
	gradient: (site) => {
		const gradient = site.upstream(0);
		return [gradient && toFirstMaxima(site, gradient)];
	},
};

export const globalMaxPooling: Operator = {
	shapes: globalShapes,
	evaluate: (call, [shape = []]) => {
		const [from, x] = [elementCount(call.shape(0).slice(2)), numbers(call.tensor(0))];
		const largest = Float64Array.from({ length: elementCount(shape) }, (_, map) => {
			return x.subarray(map * from, (map + 1) * from).reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
		});
		return [fromValues(call.tensor(0).type, shape, largest)];
	},
	gradient: ({ call, emit, seeds, upstream }) => {
		const gradient = upstream(0);
		if (gradient === null) return [];
		const [batch = 0, channels = 0, ...sides] = call.shape(0);
		const places = elementCount(sides);
		const lines = emit.reshape(call.node.inputs[0] as string, [batch, channels, places]);
		const first = emit.add("ArgMax", [lines], { axis: 2, keepdims: 1 });
		const isFirst = emit.add("Equal", [emit.ints(Array.from({ length: places }, (_, place) => place)), first]);
		const mask = emit.add("Cast", [isFirst], { to: elementTypeNumbers.float32 });
		const placed = emit.add("Mul", [emit.reshape(gradient, [seeds, batch, channels, 1]), mask]);
		return [emit.reshape(placed, [seeds, ...call.shape(0)])];
	},
};

/** Of a window: each takes a mask of all windows, and a row of the kernel that puts them back. */
const mostElements = 1024;

/**
 * Each window's gradient goes to its first maximum: for each element of the kernel, the windows whose maximum lies there,
 * which a transposed convolution puts back in their places. Where the maxima are does not depend on the seed: these masks
 * are made once.
 */
function toFirstMaxima({ call, emit, seeds, outputShape }: GradientSite, gradient: string): string {
	const [batch = 0, channels = 0, ...sides] = call.shape(0);
	const [, , ...places] = outputShape(0);
	const window = windowOf(call, sides, kernelOf(call));
	const [maps, elements, windows] = [batch * channels, elementCount(window.kernel), elementCount(places)];
	if (!(elements <= mostElements)) call.fail(`no gradient is known for windows of more than ${mostElements} entries`);

	const { dilations, ...sized } = windowAttributes(window);
	// Dilations and ceil_mode are younger than the indices.
	const attributes = {
		...sized,
		...(dilations.some((each) => each !== 1) ? { dilations } : {}),
		...(call.integer("ceil_mode", 0) === 1 ? { ceil_mode: 1 } : {}),
	};
	const pooled = emit.add("MaxPool", [call.node.inputs[0] as string], attributes, { outputs: 2 });
	// Positions are counted over the whole batch; here, within each map.
	const starts = Array.from({ length: maps }, (_, map) => BigInt(map * elementCount(sides)));
	const indices = emit.reshape(`${pooled}.1`, [maps, 1, windows]);
	const position = emit.add("Sub", [indices, emit.constant(fromInt64s([maps, 1, 1], starts))]);
	const under = coverage(window, sides, places).flatMap((covered) => {
		const entries = new Array<bigint>(windows).fill(-1n);
		for (const [i, place] of covered.windows.entries()) entries[place] = BigInt(covered.entries[i] as number);
		return entries;
	});
	const isMaximum = emit.add("Equal", [position, emit.constant(fromInt64s([elements, windows], under))]);
	const masks = emit.add("Cast", [isMaximum], { to: elementTypeNumbers.float32 });

	const byElement = emit.add("Mul", [emit.reshape(gradient, [seeds, maps, 1, windows]), masks]);
	const oneHot = Array.from({ length: elements ** 2 }, (_, i) => (i % (elements + 1) === 0 ? 1 : 0));
	const spread = emit.add(
		"ConvTranspose",
		[
			emit.reshape(byElement, [seeds * maps, elements, ...places]),
			emit.constant(fromFloat32s([elements, 1, ...window.kernel], oneHot)),
		],
		transposedAttributes(window, sides, places),
	);
	return emit.reshape(spread, [seeds, ...call.shape(0)]);
}
