/** One of several elements that meet at a place: the largest, the smallest, or the one that a condition names. */
import { fromValues, int64s, isInteger, numbers } from "../../tensor/values.ts";
import type { Emitter } from "../emitter.ts";
import { slopes } from "./arithmetic.ts";
import { broadcast, broadcastPositions, unbroadcast } from "./broadcast.ts";
import { both } from "./elementwise.ts";
import type { Operator } from "./operator.ts";
import { asFloat } from "./unary.ts";

const where: Operator = {
	shapes: (call) => [broadcast(call, call.shapes)],
	evaluate: (call, [shape = []]) => {
		const [condition, yes, no] = [call.tensor(0), call.tensor(1), call.tensor(2)];
		const chosen = numbers(condition);
		const integer = isInteger(yes.type);
		const [a, b] = integer ? [int64s(yes), int64s(no)] : [numbers(yes), numbers(no)];
		const [fromCondition, fromYes, fromNo] = [condition, yes, no].map((each) => broadcastPositions(each.shape, shape));
		const values = fromCondition?.map((at, i) =>
			// Positions lie within the tensors by construction.
			chosen[at] !== 0 ? (a[fromYes?.[i] as number] as number) : (b[fromNo?.[i] as number] as number),
		);
		return [fromValues(yes.type, shape, values ?? [])];
	},
	gradient: slopes(
		null,
		({ emit, call }, gradient) => emit.add("Where", [call.input(0), gradient, emit.float(0)]),
		({ emit, call }, gradient) => emit.add("Where", [call.input(0), emit.float(0), gradient]),
	),
};

/**
 * The largest or smallest of several: the gradient goes to the input that is the output, in equal shares where several
 * are, as in PyTorch's amax.
 */
function extreme(
	float: (...all: readonly number[]) => number,
	integer: (...all: readonly bigint[]) => bigint,
): Operator {
	return both(float, integer, (site) => {
		const { call, emit, needs } = site;
		const gradient = site.upstream(0);
		if (gradient === null) return [];
		const chosen = call.node.inputs.map((name) => equal(emit, name, call.output(0)));
		const count = chosen.reduce((a, b) => emit.add("Add", [a, b]));
		return chosen.map((isChosen, i) => {
			if (!needs(i)) return null;
			const share = emit.add("Mul", [gradient, emit.add("Div", [isChosen, count])]);
			return unbroadcast(site, share, site.outputShape(0), call.shape(i));
		});
	});
}

/** 1 where two tensors are equal, 0 elsewhere: Equal takes floats from opset 11 on only. */
export function equal(emit: Emitter, a: string, b: string): string {
	const differ = emit.add("Or", [emit.add("Less", [a, b]), emit.add("Greater", [a, b])]);
	return asFloat(emit, emit.add("Not", [differ]));
}

export const choiceOperators: Readonly<Record<string, Operator>> = {
	Min: extreme(
		(...all) => Math.min(...all),
		(...all) => all.reduce(lesser),
	),
	Max: extreme(
		(...all) => Math.max(...all),
		(...all) => all.reduce(greater),
	),
	Where: where,
};

/** Written out: Math.min and Math.max take no bigint. */
export function lesser(a: bigint, b: bigint): bigint {
	if (a < b) return a;
	return b;
}

export function greater(a: bigint, b: bigint): bigint {
	if (a > b) return a;
	return b;
}
