/** Operators that compute each element of the output from the elements at the same place in the inputs. */
import type { ElementType, Tensor } from "../../tensor/tensor.ts";
import { fromValues, int64s, isInteger, numbers } from "../../tensor/values.ts";
import { broadcast, broadcastPositions } from "./broadcast.ts";
import type { Call, Operator, Shape } from "./operator.ts";

/** A function for floating-point elements, and one for integers (booleans are 0n and 1n) where that type is legal. */
interface Functions {
	readonly float?: (...elements: readonly number[]) => number | bigint;
	readonly integer?: (...elements: readonly bigint[]) => number | bigint;
	/** The output's type, if it is not that of the first input. */
	readonly type?: ElementType;
}

function elementwise(functions: (call: Call) => Functions): Operator {
	return {
		shapes: (call) => [broadcast(call, call.shapes)],
		evaluate: (call, [shape = []]) => {
			const result = mapElements(call.tensors, shape, functions(call));
			return result === null ? null : [result];
		},
	};
}

function mapElements(tensors: readonly Tensor[], shape: Shape, functions: Functions): Tensor | null {
	const [first] = tensors;
	if (first === undefined) return null;
	const { float, integer, type = first.type } = functions;
	const places = tensors.map((tensor) => broadcastPositions(tensor.shape, shape));
	const count = places[0]?.length ?? 0;
	/** f of the elements at each place. */
	const map = <E>(elements: readonly ArrayLike<E>[], f: (...elements: readonly E[]) => number | bigint): Tensor =>
		fromValues(
			type,
			shape,
			// Positions lie within the tensors by construction.
			Array.from({ length: count }, (_, i) => f(...elements.map((each, k) => each[places[k]?.[i] as number] as E))),
		);
	if (tensors.every((tensor) => isInteger(tensor.type))) return integer ? map(tensors.map(int64s), integer) : null;
	return float ? map(tensors.map(numbers), float) : null;
}

function floats(float: (...elements: readonly number[]) => number): Operator {
	return elementwise(() => ({ float }));
}

/** Operators written once for numbers and once for integers. */
function both(
	float: (...elements: readonly number[]) => number,
	integer: (...elements: readonly bigint[]) => bigint,
): Operator {
	return elementwise(() => ({ float, integer }));
}

type Pair<E> = (a: E, b: E) => boolean;

function comparison(float: Pair<number>, integer: Pair<bigint>): Operator {
	return elementwise(() => ({
		float: (a = 0, b = 0) => Number(float(a, b)),
		integer: (a = 0n, b = 0n) => Number(integer(a, b)),
		type: "bool",
	}));
}

function integers(integer: (...elements: readonly bigint[]) => bigint): Operator {
	return elementwise(() => ({ integer }));
}

const test = (float: (x: number) => boolean): Operator =>
	elementwise(() => ({ float: (x = 0) => Number(float(x)), type: "bool" }));

/** The shape rule alone. */
const shapeOnly: Operator = { shapes: (call) => [broadcast(call, call.shapes)] };

/** Written out: Math.min and Math.max take no bigint. */
export function lesser(a: bigint, b: bigint): bigint {
	if (a < b) return a;
	return b;
}

export function greater(a: bigint, b: bigint): bigint {
	if (a > b) return a;
	return b;
}

const divide = elementwise((call) => ({
	float: (a = 0, b = 0) => a / b,
	integer: (a = 0n, b = 0n) => (b === 0n ? call.fail("integer division by zero") : a / b),
}));

const modulo = elementwise((call) => {
	const asInC = call.integer("fmod", 0) === 1;
	return {
		float: (a = 0, b = 0) => a % b,
		integer: (a = 0n, b = 0n) => {
			if (b === 0n) call.fail("integer division by zero");
			return asInC ? a % b : ((a % b) + b) % b;
		},
	};
});

/** The exponent may have another type than the base, whose type is the output's. */
const power: Operator = {
	shapes: (call) => [broadcast(call, call.shapes)],
	evaluate: (call, [shape = []]) => {
		const base = call.tensor(0);
		const exponent = call.tensor(1);
		const exact = isInteger(base.type) && isInteger(exponent.type) && int64s(exponent).every((each) => each >= 0n);
		const operands = exact ? [base, exponent] : [asFloat64(base), asFloat64(exponent)];
		const result = mapElements(operands, shape, {
			float: (a = 0, b = 0) => a ** b,
			integer: (a = 0n, b = 0n) => a ** b,
			type: base.type,
		});
		return result === null ? null : [result];
	},
};

const asFloat64 = (tensor: Tensor): Tensor => fromValues("float64", tensor.shape, numbers(tensor));

const clip: Operator = {
	shapes: (call) => [call.shape(0)],
	evaluate: (call, [shape = []]) => {
		// Bounds are attributes before opset 11, optional inputs from then on.
		const input = call.tensor(0);
		if (isInteger(input.type)) return null;
		const bound = (i: number, name: string, otherwise: number): number => {
			const constant = call.constant(i);
			return constant === null ? call.number(name, otherwise) : (numbers(constant)[0] ?? otherwise);
		};
		const low = bound(1, "min", Number.NEGATIVE_INFINITY);
		const high = bound(2, "max", Number.POSITIVE_INFINITY);
		const result = mapElements([input], shape, { float: (x = 0) => Math.min(high, Math.max(low, x)) });
		return result === null ? null : [result];
	},
};

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
};

/** Abramowitz and Stegun: the series 7.1.5 near zero, the continued fraction 7.1.14 beyond; within 1e-13. */
function erf(x: number): number {
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

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** ONNX rounds halves to the even neighbour. */
function round(x: number): number {
	const floor = Math.floor(x);
	return x - floor < 0.5 || (x - floor === 0.5 && floor % 2 === 0) ? floor : floor + 1;
}

export const elementwiseOperators: Readonly<Record<string, Operator>> = {
	Abs: both(
		(x = 0) => Math.abs(x),
		(x = 0n) => (x < 0n ? -x : x),
	),
	Neg: both(
		(x = 0) => -x,
		(x = 0n) => -x,
	),
	Sign: both(
		(x = 0) => Math.sign(x),
		(x = 0n) => (x > 0n ? 1n : x < 0n ? -1n : 0n),
	),
	Relu: both(
		(x = 0) => Math.max(x, 0),
		(x = 0n) => (x < 0n ? 0n : x),
	),
	Ceil: floats((x = 0) => Math.ceil(x)),
	Floor: floats((x = 0) => Math.floor(x)),
	Round: floats((x = 0) => round(x)),
	Sqrt: floats((x = 0) => Math.sqrt(x)),
	Reciprocal: floats((x = 0) => 1 / x),
	Exp: floats((x = 0) => Math.exp(x)),
	Log: floats((x = 0) => Math.log(x)),
	Erf: floats((x = 0) => erf(x)),
	Tanh: floats((x = 0) => Math.tanh(x)),
	Sin: floats((x = 0) => Math.sin(x)),
	Cos: floats((x = 0) => Math.cos(x)),
	Sigmoid: floats((x = 0) => sigmoid(x)),
	Softplus: floats((x = 0) => Math.log1p(Math.exp(x))),
	LeakyRelu: elementwise((call) => {
		const slope = call.number("alpha", 0.01);
		return { float: (x = 0) => (x < 0 ? slope * x : x) };
	}),
	HardSigmoid: elementwise((call) => {
		const [slope, offset] = [call.number("alpha", 0.2), call.number("beta", 0.5)];
		return { float: (x = 0) => Math.max(0, Math.min(1, slope * x + offset)) };
	}),
	HardSwish: floats((x = 0) => x * Math.max(0, Math.min(1, x / 6 + 0.5))),
	Gelu: elementwise((call) =>
		call.text("approximate", "none") === "tanh"
			? { float: (x = 0) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))) }
			: { float: (x = 0) => 0.5 * x * (1 + erf(x / Math.SQRT2)) },
	),
	Elu: shapeOnly,
	Selu: shapeOnly,
	Celu: shapeOnly,
	Mish: shapeOnly,
	Swish: shapeOnly,
	Softsign: shapeOnly,
	ThresholdedRelu: shapeOnly,
	PRelu: shapeOnly,
	Clip: clip,
	IsNaN: test((x) => Number.isNaN(x)),
	IsInf: test((x) => Math.abs(x) === Number.POSITIVE_INFINITY),

	Add: both(
		(a = 0, b = 0) => a + b,
		(a = 0n, b = 0n) => a + b,
	),
	Sub: both(
		(a = 0, b = 0) => a - b,
		(a = 0n, b = 0n) => a - b,
	),
	Mul: both(
		(a = 0, b = 0) => a * b,
		(a = 0n, b = 0n) => a * b,
	),
	Div: divide,
	Mod: modulo,
	Pow: power,
	Equal: comparison(
		(a, b) => a === b,
		(a, b) => a === b,
	),
	Less: comparison(
		(a, b) => a < b,
		(a, b) => a < b,
	),
	LessOrEqual: comparison(
		(a, b) => a <= b,
		(a, b) => a <= b,
	),
	Greater: comparison(
		(a, b) => a > b,
		(a, b) => a > b,
	),
	GreaterOrEqual: comparison(
		(a, b) => a >= b,
		(a, b) => a >= b,
	),
	Not: integers((a = 0n) => 1n - a),
	And: integers((a = 0n, b = 0n) => a & b),
	Or: integers((a = 0n, b = 0n) => a | b),
	Xor: integers((a = 0n, b = 0n) => a ^ b),

	Min: both(
		(...all) => Math.min(...all),
		(...all) => all.reduce(lesser),
	),
	Max: both(
		(...all) => Math.max(...all),
		(...all) => all.reduce(greater),
	),
	Sum: floats((...all) => all.reduce((a, b) => a + b)),
	Mean: floats((...all) => all.reduce((a, b) => a + b) / all.length),
	Where: where,
};
