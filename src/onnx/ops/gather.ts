/** Entries chosen by indices. */
import { pick, positions, stridesOf } from "../../tensor/strides.ts";
import { elementCount } from "../../tensor/tensor.ts";
import { fromInt64s } from "../../tensor/values.ts";
import { emitAlongAxis, selection } from "./axisMap.ts";
import { emitZeros } from "./constants.ts";
import type { Call, GradientSite, Operator } from "./operator.ts";
import { emitPadded } from "./pad.ts";

/** Of one axis, which gives way to the axes of the indices. */
export const gather: Operator = {
	shapes: (call) => {
		const data = call.shape(0);
		const axis = call.axis(call.integer("axis", 0), data.length);
		return [[...data.slice(0, axis), ...call.shape(1), ...data.slice(axis + 1)]];
	},
	evaluate: (call, [shape = []]) => {
		const data = call.shape(0);
		const axis = call.axis(call.integer("axis", 0), data.length);
		const inner = elementCount(data.slice(axis + 1));
		const indices = indicesOf(call, () => data[axis] as number);
		const from: number[] = [];
		for (let before = 0; before < elementCount(data.slice(0, axis)); before++) {
			for (const index of indices) {
				for (let after = 0; after < inner; after++)
					from.push((before * (data[axis] as number) + index) * inner + after);
			}
		}
		return [pick(call.tensor(0), shape, from)];
	},
	gradient: ({ call, emit, seeds, upstream }) => {
		const gradient = upstream(0);
		if (gradient === null) return [];
		const data = call.shape(0);
		const axis = call.axis(call.integer("axis", 0), data.length);
		const side = data[axis] as number;
		const indices = indicesOf(call, () => side);
		const shape = [seeds, ...data.with(axis, indices.length)];
		const entries = emit.reshape(gradient, shape);
		const [first = 0] = indices;
		// One entry (the class token) or several side by side: zeros around them. Any others are added up by a product.
		const isRun = indices.every((index, i) => index === first + i);
		if (!isRun) return [emitAlongAxis(emit, entries, shape, axis + 1, selection(indices, side, "transposed"))];
		const around = (count: number): number[] => shape.map((_, each) => (each === axis + 1 ? count : 0));
		return [emitPadded(emit, entries, shape, around(first), around(side - first - indices.length))];
	},
};

/** An index for each element of the output. */
export const gatherElements: Operator = {
	shapes: (call) => [call.shape(1)],
	evaluate: (call, [shape = []]) => [pick(call.tensor(0), shape, elementPositions(call))],
	gradient: (site) => {
		const gradient = site.upstream(0);
		return [gradient && addedBack(site, gradient, elementPositions(site.call))];
	},
};

/** Indices of several axes at once, in the last axis of the indices. */
export const gatherNd: Operator = {
	shapes: (call) => {
		const data = call.shape(0);
		const indices = call.shape(1);
		const batched = call.integer("batch_dims", 0);
		return [[...indices.slice(0, -1), ...data.slice(batched + (indices.at(-1) ?? 0))]];
	},
	evaluate: (call, [shape = []]) => [pick(call.tensor(0), shape, slicePositions(call))],
	gradient: (site) => {
		const gradient = site.upstream(0);
		return [gradient && addedBack(site, gradient, slicePositions(site.call))];
	},
};

/** The positions in input 0 that input 1 names, an index along `axis` for each. */
export function elementPositions(call: Call): number[] {
	const data = call.shape(0);
	const axis = call.axis(call.integer("axis", 0), data.length);
	const strides = stridesOf(data);
	const indices = indicesOf(call, () => data[axis] as number);
	const starts = positions(call.shape(1), strides.with(axis, 0));
	return starts.map((start, i) => start + (indices[i] as number) * (strides[axis] as number));
}

/** The positions in input 0 of the slices that input 1 names, its last axis holding an index for each axis. */
export function slicePositions(call: Call): number[] {
	const data = call.shape(0);
	const batched = call.integer("batch_dims", 0);
	const [places, named] = [call.shape(1).slice(0, -1), call.shape(1).at(-1) ?? 0];
	const strides = stridesOf(data);
	const indices = indicesOf(call, (i) => data[batched + (i % named)] as number);
	// The axes that both share go along together; the others of the indices name no axis of the data.
	const starts = positions(
		places,
		places.map((_, axis) => (axis < batched ? (strides[axis] as number) : 0)),
	);
	const inner = elementCount(data.slice(batched + named));
	return starts.flatMap((start, i) => {
		const own = indices.slice(i * named, (i + 1) * named);
		const first = own.reduce((sum, index, axis) => sum + index * (strides[batched + axis] as number), start);
		return Array.from({ length: inner }, (_, offset) => first + offset);
	});
}

/** Input 1, counted from the start. @param sideAt the side that index i counts along */
function indicesOf(call: Call, sideAt: (i: number) => number): readonly number[] {
	const indices = call.integers(1) ?? call.fail("the indices depend on the image");
	return indices.map((index, i) => {
		const side = sideAt(i);
		if (!(index >= -side && index < side)) call.fail(`index ${index} of ${side} entries`);
		return index < 0 ? index + side : index;
	});
}

/** Elements back at the positions they were taken from, among zeros; added, where a position was read several times. */
function addedBack({ call, emit, seeds }: GradientSite, gradient: string, from: readonly number[]): string {
	const elements = elementCount(call.shape(0));
	const isRepeated = new Set(from).size < from.length;
	if (isRepeated && emit.opset < 16) call.fail("an entry is read several times: its gradient needs opset 16 or later");
	const indices = emit.constant(fromInt64s([1, from.length], from.map(BigInt)));
	const inputs = [
		emitZeros(emit, [seeds, elements]),
		emit.add("Expand", [indices, emit.ints([seeds, from.length])]),
		emit.reshape(gradient, [seeds, from.length]),
	];
	const attributes = { axis: 1, ...(isRepeated ? { reduction: "add" } : {}) };
	const placed = emit.add(emit.opset < 11 ? "Scatter" : "ScatterElements", inputs, attributes);
	return emit.reshape(placed, [seeds, ...call.shape(0)]);
}
