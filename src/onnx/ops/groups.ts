/** The elements of a tensor in groups: those that differ only in their index along some axes. */
import { positions, stridesOf } from "../../tensor/strides.ts";
import type { Shape } from "./operator.ts";

export interface Groups {
	/** Where each group begins, in the order of the other axes. */
	readonly starts: readonly number[];
	/** From a group's beginning to each of its elements. */
	readonly offsets: readonly number[];
}

export function groupsAlong(shape: Shape, axes: readonly number[]): Groups {
	const strides = stridesOf(shape);
	const walk = (isChosen: boolean): number[] => {
		const kept = shape.flatMap((_, axis) => (axes.includes(axis) === isChosen ? [axis] : []));
		return positions(
			kept.map((axis) => shape[axis] as number),
			kept.map((axis) => strides[axis] as number),
		);
	};
	return { starts: walk(false), offsets: walk(true) };
}

/** Every group replaced by what a function makes of it: as many values, in the same order. */
export function mapGroups(
	values: Float64Array,
	shape: Shape,
	axes: readonly number[],
	map: (group: Float64Array) => Float64Array,
): Float64Array {
	const { starts, offsets } = groupsAlong(shape, axes);
	const result = new Float64Array(values.length);
	for (const start of starts) {
		const mapped = map(Float64Array.from(offsets, (offset) => values[start + offset] as number));
		for (const [i, offset] of offsets.entries()) result[start + offset] = mapped[i] as number;
	}
	return result;
}

/** The axes from one on to the last. */
export function axesFrom(axis: number, rank: number): number[] {
	return Array.from({ length: rank - axis }, (_, i) => axis + i);
}

/** The same axes of gradients, whose first axis is the seeds. */
export function axesBehindSeeds(axes: readonly number[]): number[] {
	return axes.map((axis) => axis + 1);
}
