/**
 * The values of nodes whose inputs are all constant, as far as they are the arithmetic of shapes, tables and scale factors: a
 * graph that was made to be computed with all day is left to whoever runs it.
 */
import { elementCount, type Tensor } from "../tensor/tensor.ts";
import { hasNumbers } from "../tensor/values.ts";
import type { Node } from "./model.ts";
import type { Call, Operator, Shape } from "./ops/operator.ts";

/** Shapes and scale factors are small; a transposed weight matrix is left to whoever runs the graph. */
export const largestFolded = 65536;

/** What may still be computed for one graph. */
export interface Allowance {
	/** Elements that evaluations go through. */
	left: number;
}

/** Quantised and windowed networks need about a million. */
export function fullAllowance(): Allowance {
	return { left: 2 ** 24 };
}

/**
 * The outputs' values, in order; none where they are not constant, not known, or beyond the allowance, from which they are
 * taken.
 *
 * @param found the shapes of the outputs
 */
export function folded(
	operator: Operator,
	call: Call,
	found: readonly Shape[],
	allowance: Allowance,
): readonly Tensor[] {
	const { evaluate } = operator;
	if (evaluate === undefined || !folds(operator, call, found)) return [];
	if (operator.reads === undefined) {
		const work = workOf(operator, call, found);
		if (!(work <= allowance.left)) return [];
		allowance.left -= work;
	}
	const before = evaluations.get(call.node);
	if (before !== undefined && isSame(before.call, call)) return before.results;
	const results = evaluate(call, found) ?? [];
	evaluations.set(call.node, { call, results });
	return results;
}

/** The last evaluation of each node: a graph is read for several batches and for every metric, and its tables stay. */
const evaluations = new WeakMap<Node, { readonly call: Call; readonly results: readonly Tensor[] }>();

function isSame(a: Call, b: Call): boolean {
	if (a.opset !== b.opset || a.shapes.length !== b.shapes.length) return false;
	return (
		a.node.inputs.every((_, i) => a.constant(i) === b.constant(i)) &&
		a.shapes.every((shape, i) => shape.join() === b.shapes[i]?.join())
	);
}

function folds({ reads }: Operator, call: Call, found: readonly Shape[]): boolean {
	if (reads === "shapes") return true;
	const isConstant = call.node.inputs.every((name, i) => name === "" || call.constant(i) !== null);
	if (!isConstant || reads === "bytes") return isConstant;
	const isSmall = [...found, ...call.shapes].every((shape) => extentOf(shape) <= largestFolded);
	return isSmall && call.tensors.every(({ type }) => hasNumbers(type));
}

/** Elements that are read and made, each of the first output of so many terms. */
function workOf({ terms }: Operator, call: Call, found: readonly Shape[]): number {
	const elements = [...found, ...call.shapes].reduce((sum, shape) => sum + extentOf(shape), 0);
	return elements + (terms === undefined ? 0 : extentOf(found[0] ?? []) * terms(call));
}

/** A side of 0 makes a tensor empty, and those before it no smaller. */
function extentOf(shape: Shape): number {
	return elementCount(shape.map((side) => Math.max(1, side)));
}
