/** Sums, products and powers of elements that meet at one place. */
import { type ElementType, elementCount, type Tensor } from "../../tensor/tensor.ts";
import { fromValues, int64s, isInteger, numbers } from "../../tensor/values.ts";
import { broadcast, unbroadcast } from "./broadcast.ts";
import { both, elementwise, mapElements } from "./elementwise.ts";
import type { Gradient, GradientSite, Operator } from "./operator.ts";

/** What a gradient of the output becomes on its way to one input, still as large as the output. */
type Slope = (site: GradientSite, gradient: string) => string;

/** A gradient from the slope with respect to each input, each summed back to the input's own shape; null where none flows. */
export function slopes(...each: readonly (Slope | null)[]): Gradient {
	return (site) => {
		const gradient = site.upstream(0);
		return site.call.node.inputs.map((_, i) => {
			const slope = each[Math.min(i, each.length - 1)] ?? null;
			if (gradient === null || slope === null || !site.needs(i)) return null;
			return unbroadcast(site, slope(site, gradient), site.outputShape(0), site.call.shape(i));
		});
	};
}

const unchanged: Slope = (_, gradient) => gradient;
const negative: Slope = ({ emit }, gradient) => emit.add("Neg", [gradient]);

const divide = elementwise(
	(call) => ({
		float: (a = 0, b = 0) => a / b,
		integer: (a = 0n, b = 0n) => (b === 0n ? call.fail("integer division by zero") : a / b),
	}),
	slopes(
		({ emit, call }, gradient) => emit.add("Div", [gradient, call.input(1)]),
		({ emit, call }, gradient) =>
			emit.add("Neg", [emit.add("Mul", [gradient, emit.add("Div", [call.output(0), call.input(1)])])]),
	),
);

const modulo = elementwise(
	(call) => {
		// The sign is the dividend's as in C, or the divisor's as in Python.
		const asInC = call.integer("fmod", 0) === 1;
		return {
			float: (a = 0, b = 0) => {
				const rest = a % b;
				const isOpposite = Math.sign(rest) === -Math.sign(b);
				return isOpposite && !asInC ? rest + b : rest;
			},
			integer: (a = 0n, b = 0n) => {
				if (b === 0n) call.fail("integer division by zero");
				return asInC ? a % b : ((a % b) + b) % b;
			},
		};
	},
	// y = a - q b, with a whole number q that small changes leave as it is.
	slopes(unchanged, ({ emit, call }, gradient) => {
		const times = emit.add("Div", [emit.add("Sub", [call.output(0), call.input(0)]), call.input(1)]);
		return emit.add("Mul", [gradient, times]);
	}),
);

/** The lowest 64 bits of a power, which are those of the type; all of them would not fit into memory. */
function wrappedPower(base: bigint, exponent: bigint): bigint {
	let [result, square] = [1n, base];
	for (let left = exponent; left > 0n; left >>= 1n) {
		if ((left & 1n) === 1n) result = BigInt.asIntN(64, result * square);
		square = BigInt.asIntN(64, square * square);
	}
	return result;
}

/** The exponent may have another type than the base, whose type is the output's. */
const power: Operator = {
	shapes: (call) => [broadcast(call, call.shapes)],
	evaluate: (call, [shape = []]) => {
		const base = call.tensor(0);
		const exponent = call.tensor(1);
		const exact = isInteger(base.type) && isInteger(exponent.type) && int64s(exponent).every((each) => each >= 0n);
		const operands = exact ? [base, exponent] : [asType("float64", base), asType("float64", exponent)];
		const result = mapElements(operands, shape, {
			float: (a = 0, b = 0) => a ** b,
			integer: (a = 0n, b = 0n) => wrappedPower(a, b),
			type: base.type,
		});
		return result === null ? null : [result];
	},
	gradient: slopes(
		({ emit, call }, gradient) => {
			const [base, constant] = [call.input(0), call.constant(1)];
			// The square is by far the most frequent, and the base may be negative.
			if (constant !== null && elementCount(constant.shape) === 1 && numbers(constant)[0] === 2)
				return emit.add("Mul", [gradient, emit.add("Mul", [base, emit.float(2)])]);
			// Constant exponents may be integers, which cannot be multiplied by a gradient.
			const exponent = constant === null ? call.input(1) : emit.constant(asType("float32", constant));
			const lower = emit.add("Pow", [base, emit.add("Sub", [exponent, emit.float(1)])]);
			return emit.add("Mul", [gradient, emit.add("Mul", [exponent, lower])]);
		},
		({ emit, call }, gradient) =>
			emit.add("Mul", [gradient, emit.add("Mul", [call.output(0), emit.add("Log", [call.input(0)])])]),
	),
};

const asType = (type: ElementType, tensor: Tensor): Tensor => fromValues(type, tensor.shape, numbers(tensor));

export const arithmeticOperators: Readonly<Record<string, Operator>> = {
	Add: both(
		(a = 0, b = 0) => a + b,
		(a = 0n, b = 0n) => a + b,
		slopes(unchanged),
	),
	Sub: both(
		(a = 0, b = 0) => a - b,
		(a = 0n, b = 0n) => a - b,
		slopes(unchanged, negative),
	),
	Mul: both(
		(a = 0, b = 0) => a * b,
		(a = 0n, b = 0n) => a * b,
		slopes(
			({ emit, call }, gradient) => emit.add("Mul", [gradient, call.input(1)]),
			({ emit, call }, gradient) => emit.add("Mul", [gradient, call.input(0)]),
		),
	),
	Div: divide,
	Mod: modulo,
	Pow: power,
	Sum: elementwise(() => ({ float: (...all) => all.reduce((a, b) => a + b) }), slopes(unchanged)),
	Mean: elementwise(
		() => ({ float: (...all) => all.reduce((a, b) => a + b) / all.length }),
		slopes(({ emit, call }, gradient) => emit.add("Mul", [gradient, emit.float(1 / call.node.inputs.length)])),
	),
};
