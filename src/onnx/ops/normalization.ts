/**
 * What normalisations share: elements less their mean, over their deviation, both taken over groups that run along some
 * axes. As x' = (x - mean) r with r = 1 / sqrt(variance + epsilon), the gradient of the input is
 * r (g - mean(g) - x' mean(g x')), where g is that of x'. Mean and deviation are computed from activations, once for all
 * seeds.
 */
import type { Tensor } from "../../tensor/tensor.ts";
import { numbers } from "../../tensor/values.ts";
import type { Emitter } from "../emitter.ts";
import { broadcastPositions } from "./broadcast.ts";
import { axesBehindSeeds, mapGroups } from "./groups.ts";
import type { Shape } from "./operator.ts";

/** Whether the mean is taken off first; RMSNormalization leaves it. */
export type Centring = "centred" | "uncentred";

/** What is taken off a group's elements, and what they are multiplied by then. */
export interface Level {
	readonly mean: number;
	readonly inverse: number;
}

export function levelOf(group: Float64Array, epsilon: number, centring: Centring): Level {
	const mean = centring === "centred" ? group.reduce((sum, x) => sum + x, 0) / group.length : 0;
	const square = group.reduce((sum, x) => sum + (x - mean) ** 2, 0) / group.length;
	return { mean, inverse: 1 / Math.sqrt(square + epsilon) };
}

/** x' of values in this shape, normalised over these axes. */
export function normalised(
	values: Float64Array,
	shape: Shape,
	axes: readonly number[],
	epsilon: number,
	centring: Centring,
): Float64Array {
	return mapGroups(values, shape, axes, (group) => {
		const { mean, inverse } = levelOf(group, epsilon, centring);
		return group.map((x) => (x - mean) * inverse);
	});
}

/** Values in this shape times a scale plus a bias, which stretch to it; without a bias where that is null. */
export function scaled(values: Float64Array, shape: Shape, scale: Tensor, bias: Tensor | null): Float64Array {
	const factors = stretched(scale, shape);
	const shifts = bias === null ? null : stretched(bias, shape);
	return values.map((x, i) => x * (factors[i] as number) + (shifts?.[i] ?? 0));
}

/** The values of a tensor at every place of a larger one that it stretches to. */
export function stretched(tensor: Tensor, shape: Shape): Float64Array {
	const values = numbers(tensor);
	return Float64Array.from(broadcastPositions(tensor.shape, shape), (position) => values[position] as number);
}

/**
 * Adds the nodes that lead from the gradient of x' to that of x; without a centre, mean(g) is left out.
 *
 * @param x as normalised over `axes`
 * @param gradient [seeds, ...shape of x]
 */
export function emitNormalizationGradient(
	emit: Emitter,
	x: string,
	gradient: string,
	axes: readonly number[],
	epsilon: number,
	centring: Centring,
): string {
	const own = centring === "centred" ? emit.add("Sub", [x, emit.reduce("ReduceMean", x, axes, true)]) : x;
	const square = emit.reduce("ReduceMean", emit.add("Mul", [own, own]), axes, true);
	const inverse = emit.add("Reciprocal", [emit.add("Sqrt", [emit.add("Add", [square, emit.float(epsilon)])])]);
	const normal = emit.add("Mul", [own, inverse]);
	const behind = axesBehindSeeds(axes);
	const slope = emit.reduce("ReduceMean", emit.add("Mul", [gradient, normal]), behind, true);
	const level = centring === "centred" ? emit.reduce("ReduceMean", gradient, behind, true) : null;
	const rest = level === null ? gradient : emit.add("Sub", [gradient, level]);
	return emit.add("Mul", [emit.add("Sub", [rest, emit.add("Mul", [slope, normal])]), inverse]);
}
