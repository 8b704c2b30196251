/** The mean or norm of each window, or of all of an image's places: [batch, channels, ...sides]. */
import { elementCount } from "../../tensor/tensor.ts";
import { fromFloat32s, fromValues, numbers } from "../../tensor/values.ts";
import type { Call, Operator, Shape } from "./operator.ts";
import { coverage, coveredCounts, transposedAttributes, windowOf, windowSides } from "./window.ts";

/** Padding counts as zeros with `count_include_pad`, and not at all without. */
export const averagePooling: Operator = {
	shapes: pooledShapes,
	terms: (call) => elementCount(kernelOf(call)),
	evaluate: (call, [shape = []]) => {
		const divisors = divisorsOf(call, call.shape(0).slice(2), shape.slice(2));
		const means = windowSums(call, shape, (x) => x).map((sum, i) => sum / (divisors[i % divisors.length] as number));
		return [fromValues(call.tensor(0).type, shape, means)];
	},
	gradient: (site) => {
		const { call, emit, seeds } = site;
		const gradient = site.upstream(0);
		if (gradient === null) return [];
		const [batch = 0, channels = 0, ...sides] = call.shape(0);
		const [, , ...places] = site.outputShape(0);
		const window = windowOf(call, sides, kernelOf(call));
		const divisors = emit.constant(fromFloat32s(places, divisorsOf(call, sides, places)));
		const shares = emit.reshape(emit.add("Div", [gradient, divisors]), [seeds * batch * channels, 1, ...places]);
		const ones = emit.constant(fromFloat32s([1, 1, ...window.kernel], new Array(elementCount(window.kernel)).fill(1)));
		const spread = emit.add("ConvTranspose", [shares, ones], transposedAttributes(window, sides, places));
		return [emit.reshape(spread, [seeds, ...call.shape(0)])];
	},
};

/** The p-norm of each window's entries. */
export const normPooling: Operator = {
	shapes: pooledShapes,
	terms: (call) => elementCount(kernelOf(call)),
	evaluate: (call, [shape = []]) => {
		const power = call.integer("p", 2);
		const sums = windowSums(call, shape, (x) => Math.abs(x) ** power);
		return [
			fromValues(
				call.tensor(0).type,
				shape,
				sums.map((sum) => sum ** (1 / power)),
			),
		];
	},
};

export const globalAveragePooling: Operator = {
	shapes: globalShapes,
	evaluate: (call, [shape = []]) => {
		const [from, x] = [elementCount(call.shape(0).slice(2)), numbers(call.tensor(0))];
		const means = Float64Array.from({ length: elementCount(shape) }, (_, map) => {
			return x.subarray(map * from, (map + 1) * from).reduce((a, b) => a + b, 0) / from;
		});
		return [fromValues(call.tensor(0).type, shape, means)];
	},
	gradient: ({ call, emit, seeds, upstream }) => {
		const gradient = upstream(0);
		if (gradient === null) return [];
		const share = emit.add("Div", [gradient, emit.float(elementCount(call.shape(0).slice(2)))]);
		return [emit.add("Expand", [share, emit.ints([seeds, ...call.shape(0)])])];
	},
};

export const globalNormPooling: Operator = { shapes: globalShapes };

export function pooledShapes(call: Call): readonly Shape[] {
	const [batch = 0, channels = 0, ...sides] = call.shape(0);
	const pooled = [batch, channels, ...windowSides(call, sides, kernelOf(call))];
	return call.node.outputs.map(() => pooled);
}

export function globalShapes(call: Call): readonly Shape[] {
	return [call.shape(0).map((side, axis) => (axis < 2 ? side : 1))];
}

export function kernelOf(call: Call): Shape {
	return call.integerList("kernel_shape") ?? call.fail("no kernel_shape");
}

/** For each window, the sum over what it covers of a function of the entries. */
function windowSums(call: Call, shape: Shape, of: (x: number) => number): Float64Array {
	const [[, , ...sides], [, , ...places]] = [call.shape(0), shape];
	const [from, to] = [elementCount(sides), elementCount(places)];
	const x = numbers(call.tensor(0));
	const sums = new Float64Array(elementCount(shape));
	for (const { windows, entries } of coverage(windowOf(call, sides, kernelOf(call)), sides, places)) {
		for (let map = 0; map < sums.length / to; map++) {
			for (const [i, window] of windows.entries()) {
				const at = map * to + window;
				sums[at] = (sums[at] as number) + of(x[map * from + (entries[i] as number)] as number);
			}
		}
	}
	return sums;
}

/** By how many entries each window's sum is divided. */
function divisorsOf(call: Call, sides: Shape, places: Shape): number[] {
	const window = windowOf(call, sides, kernelOf(call));
	if (call.integer("count_include_pad", 0) === 0) return coveredCounts(window, sides, places);
	const { before, after } = window;
	const padded = sides.map((side, axis) => side + (before[axis] as number) + (after[axis] as number));
	return coveredCounts({ ...window, before: before.map(() => 0) }, padded, places);
}
