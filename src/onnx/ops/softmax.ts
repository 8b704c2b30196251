/**
 * Softmax, its logarithm and its limit. Before opset 13 all axes from the named one on are one distribution; from then on
 * the named axis alone.
 */
import { fromValues, numbers } from "../../tensor/values.ts";
import { axesBehindSeeds, axesFrom, mapGroups } from "./groups.ts";
import type { Call, Gradient, GradientSite, Operator } from "./operator.ts";

export const softmax: Operator = distribution(
	(group) => logarithms(group).map(Math.exp),
	along(({ emit, call }, gradient, axes) => {
		// dx = y (g - sum(g y)), from the output alone.
		const y = call.output(0);
		const total = emit.reduce("ReduceSum", emit.add("Mul", [gradient, y]), axes, true);
		return emit.add("Mul", [emit.add("Sub", [gradient, total]), y]);
	}),
);

export const logSoftmax: Operator = distribution(
	logarithms,
	along(({ emit, call }, gradient, axes) => {
		// dx = g - exp(y) sum(g)
		const share = emit.add("Exp", [call.output(0)]);
		const total = emit.reduce("ReduceSum", gradient, axes, true);
		return emit.add("Sub", [gradient, emit.add("Mul", [total, share])]);
	}),
);

/** 1 at the first of the largest, 0 elsewhere. */
export const hardmax: Operator = distribution((group) => {
	const first = group.indexOf(largestOf(group));
	return group.map((_, i) => Number(i === first));
}, "none");

function distribution(of: (group: Float64Array) => Float64Array, gradient: Gradient | "none"): Operator {
	return {
		shapes: (call) => [call.shape(0)],
		evaluate: (call, [shape = []]) => {
			const input = call.tensor(0);
			return [fromValues(input.type, shape, mapGroups(numbers(input), shape, axesOf(call), of))];
		},
		gradient,
	};
}

/** @param rule adds the nodes, for axes of gradients behind the seeds */
function along(rule: (site: GradientSite, gradient: string, axes: readonly number[]) => string): Gradient {
	return (site) => {
		const gradient = site.upstream(0);
		return [gradient && rule(site, gradient, axesBehindSeeds(axesOf(site.call)))];
	};
}

/** Of the elements' shares of the whole, with nothing that overflows. */
function logarithms(group: Float64Array): Float64Array {
	const largest = largestOf(group);
	const whole = largest + Math.log(group.reduce((sum, x) => sum + Math.exp(x - largest), 0));
	return group.map((x) => x - whole);
}

function largestOf(group: Float64Array): number {
	return group.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}

function axesOf(call: Call): readonly number[] {
	const rank = call.shape(0).length;
	if (call.opset >= 13) return [call.axis(call.integer("axis", -1), rank)];
	return axesFrom(call.axis(call.integer("axis", 1), rank), rank);
}
