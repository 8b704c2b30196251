/** Functions of one element that calculus knows: powers, exponentials, what oscillates, what is rounded. */
import { both } from "./elementwise.ts";
import type { Operator } from "./operator.ts";
import { times, unary } from "./unary.ts";

export const functionOperators: Readonly<Record<string, Operator>> = {
	/** The slope at 0 is 0, as PyTorch's. */
	Abs: both(
		(x = 0) => Math.abs(x),
		(x = 0n) => (x < 0n ? -x : x),
		times(({ emit }, x) => emit.add("Sign", [x])),
	),
	Neg: both(
		(x = 0) => -x,
		(x = 0n) => -x,
		({ emit, upstream }) => {
			const gradient = upstream(0);
			return [gradient && emit.add("Neg", [gradient])];
		},
	),
	Sign: both(
		(x = 0) => Math.sign(x),
		(x = 0n) => (x > 0n ? 1n : x < 0n ? -1n : 0n),
		"none",
	),
	Ceil: unary(Math.ceil, "none"),
	Floor: unary(Math.floor, "none"),
	Round: unary(roundToEven, "none"),
	Sqrt: unary(Math.sqrt, ({ emit }, _, y) => emit.add("Div", [emit.float(0.5), y])),
	Reciprocal: unary(
		(x) => 1 / x,
		({ emit }, _, y) => emit.add("Neg", [emit.add("Mul", [y, y])]),
	),
	Exp: unary(Math.exp, (_, __, y) => y),
	Log: unary(Math.log, ({ emit }, x) => emit.add("Reciprocal", [x])),
	Erf: unary(erf, ({ emit }, x) => {
		const density = emit.add("Exp", [emit.add("Neg", [emit.add("Mul", [x, x])])]);
		return emit.add("Mul", [density, emit.float(2 / Math.sqrt(Math.PI))]);
	}),
	Tanh: unary(Math.tanh, ({ emit }, _, y) => emit.add("Sub", [emit.float(1), emit.add("Mul", [y, y])])),
	Sin: unary(Math.sin, ({ emit }, x) => emit.add("Cos", [x])),
	Cos: unary(Math.cos, ({ emit }, x) => emit.add("Neg", [emit.add("Sin", [x])])),
	Sigmoid: unary(sigmoid, ({ emit }, _, y) => emit.add("Mul", [y, emit.add("Sub", [emit.float(1), y])])),
	Softplus: unary(softplus, ({ emit }, x) => emit.add("Sigmoid", [x])),
	Softsign: unary(
		(x) => x / (1 + Math.abs(x)),
		({ emit }, x) => {
			const share = emit.add("Reciprocal", [emit.add("Add", [emit.add("Abs", [x]), emit.float(1)])]);
			return emit.add("Mul", [share, share]);
		},
	),
};

/** Abramowitz and Stegun: the series 7.1.5 near zero, the continued fraction 7.1.14 beyond; within 1e-13. */
export function erf(x: number): number {
	const a = Math.abs(x);
	if (Number.isNaN(x) || a === 0) return x;
	if (a > 6) return Math.sign(x);
	if (a < 2.5) {
		let term = a;
		let sum = a;
		for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
			term *= (-a * a) / n;
			sum += term / (2 * n + 1);
		}
		return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI);
	}
	let fraction = a;
	for (let n = 60; n > 0; n--) fraction = a + n / 2 / fraction;
	return Math.sign(x) * (1 - Math.exp(-a * a) / (fraction * Math.sqrt(Math.PI)));
}

export function sigmoid(x: number): number {
	return 1 / (1 + Math.exp(-x));
}

export function softplus(x: number): number {
	return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** The nearest whole number; halves go to the even neighbour, as ONNX has it. */
export function roundToEven(x: number): number {
	const floor = Math.floor(x);
	return x - floor < 0.5 || (x - floor === 0.5 && floor % 2 === 0) ? floor : floor + 1;
}
