/**
 * Local response normalisation (Krizhevsky et al. 2012, section 3.3), y = x / d^beta with d = bias + alpha / size S, where
 * S sums the squares of the channels around. The gradient of the input is
 * g / d^beta - 2 alpha beta / size x T(g y / d), where T sums over the channels that the channel is summed into.
 */
import { fromValues, numbers } from "../../tensor/values.ts";
import { type AxisMatrix, alongAxis, emitAlongAxis, transposedMatrix } from "./axisMap.ts";
import type { Call, Operator } from "./operator.ts";

export const localResponseNormalization: Operator = {
	shapes: (call) => [call.shape(0)],
	terms: (call) => call.shape(0)[1] ?? 1,
	evaluate: (call, [shape = []]) => {
		const { alpha, beta, bias } = parametersOf(call);
		const values = numbers(call.tensor(0));
		const sums = alongAxis(
			values.map((x) => x * x),
			shape,
			1,
			neighbours(call),
		);
		const result = values.map((x, i) => x / (bias + alpha * (sums[i] as number)) ** beta);
		return [fromValues(call.tensor(0).type, shape, result)];
	},
	gradient: ({ call, emit, seeds, upstream }) => {
		const given = upstream(0);
		if (given === null) return [];
		const { alpha, beta, bias } = parametersOf(call);
		const [shape, matrix] = [call.shape(0), neighbours(call)];
		const [x, y] = [call.input(0), call.output(0)];
		const sums = emitAlongAxis(emit, emit.add("Mul", [x, x]), shape, 1, matrix);
		const base = emit.add("Add", [emit.add("Mul", [sums, emit.float(alpha)]), emit.float(bias)]);
		const direct = emit.add("Mul", [given, emit.add("Pow", [base, emit.float(-beta)])]);
		const shares = emit.add("Mul", [given, emit.add("Div", [y, base])]);
		const back = emitAlongAxis(emit, shares, [seeds, ...shape], 2, transposedMatrix(matrix, matrix.length));
		const around = emit.add("Mul", [back, emit.add("Mul", [x, emit.float(2 * alpha * beta)])]);
		return [emit.add("Sub", [direct, around])];
	},
};

/** `alpha` over the size of a neighbourhood already. */
function parametersOf(call: Call): { alpha: number; beta: number; bias: number } {
	const alpha = call.number("alpha", 1e-4) / call.integer("size", 1);
	return { alpha, beta: call.number("beta", 0.75), bias: call.number("bias", 1) };
}

/** A row a channel: 1 for each channel that is summed; of an even number one more lies behind it than before. */
function neighbours(call: Call): AxisMatrix {
	const channels = Array.from({ length: call.shape(0)[1] ?? 1 }, (_, i) => i);
	const size = call.integer("size", 1);
	const [before, behind] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];
	return channels.map((own) => channels.map((other) => Number(other >= own - before && other <= own + behind)));
}
