/** Shapes that meet elementwise (numpy's rule): aligned at the last axis, a side of 1 stretches to the other's. */
import { positions, stridesOf } from "../../tensor/strides.ts";
import type { Call, GradientSite, Shape } from "./operator.ts";

/** The shape that all given ones stretch to. */
export function broadcast(call: Call, shapes: readonly Shape[]): Shape {
	const rank = Math.max(0, ...shapes.map((shape) => shape.length));
	return Array.from({ length: rank }, (_, axis) => {
		const sides = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1).filter((side) => side !== 1);
		if (new Set(sides).size > 1) call.fail(`sides ${[...new Set(sides)].join(" and ")} do not meet`);
		return sides[0] ?? 1;
	});
}

/** For each element of shape `to`, the position of the one in `from` that stretches to it. */
export function broadcastPositions(from: Shape, to: Shape): number[] {
	const missing = to.length - from.length;
	const strides = stridesOf(from);
	return positions(
		to,
		to.map((_, axis) => (axis < missing || from[axis - missing] === 1 ? 0 : (strides[axis - missing] as number))),
	);
}

/**
 * The gradient with respect to a tensor that was stretched, [seeds, ...shape], from that with respect to what it was
 * stretched to, [seeds, ...stretched]: the sum over all the places where an element went.
 */
export function unbroadcast({ emit, seeds }: GradientSite, gradient: string, stretched: Shape, shape: Shape): string {
	const missing = stretched.length - shape.length;
	const axes = stretched.flatMap((side, axis) =>
		axis < missing || (shape[axis - missing] === 1 && side !== 1) ? [axis + 1] : [],
	);
	const summed = axes.length === 0 ? gradient : emit.reduce("ReduceSum", gradient, axes, true);
	return missing === 0 ? summed : emit.reshape(summed, [seeds, ...shape]);
}
