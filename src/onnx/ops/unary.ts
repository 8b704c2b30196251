/** Functions of one element. A slope is computed from activations alone, once for all seeds. */
import type { Emitter } from "../emitter.ts";
import { elementTypeNumbers } from "../proto.ts";
import { elementwise } from "./elementwise.ts";
import type { Call, Gradient, GradientSite, Operator } from "./operator.ts";

/** Adds the nodes of a function's slope at every element, from the input x and the output y. */
export type Slope = (site: GradientSite, x: string, y: string) => string;

/** @param slope "none" for steps, whose slope is 0 wherever there is one */
export function unary(float: (x: number) => number, slope: Slope | "none"): Operator {
	return parametric(() => float, slope);
}

/** A function that a node's attributes choose. */
export function parametric(functionOf: (call: Call) => (x: number) => number, slope: Slope | "none"): Operator {
	return elementwise(
		(call) => {
			const float = functionOf(call);
			return { float: (x = 0) => float(x) };
		},
		slope === "none" ? "none" : times(slope),
	);
}

/** The gradient of the output times the slope. */
export function times(slope: Slope): Gradient {
	return (site) => {
		const { call, emit } = site;
		const gradient = site.upstream(0);
		return [gradient && emit.add("Mul", [gradient, slope(site, call.input(0), call.output(0))])];
	};
}

/** 1 where a condition holds, 0 elsewhere. */
export function asFloat(emit: Emitter, condition: string): string {
	return emit.add("Cast", [condition], { to: elementTypeNumbers.float32 });
}

/** 1 where x is above a bound, 0 elsewhere. */
export function above(emit: Emitter, x: string, bound: number): string {
	return asFloat(emit, emit.add("Greater", [x, emit.float(bound)]));
}

/** One tensor where x is positive, another elsewhere. */
export function bent(emit: Emitter, x: string, positive: string, elsewhere: string): string {
	return emit.add("Where", [emit.add("Greater", [x, emit.float(0)]), positive, elsewhere]);
}
