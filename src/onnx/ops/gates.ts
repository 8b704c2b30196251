/** Smooth activations that weigh an element by a function of itself: GELU, swish, mish. */
import { mapElements } from "./elementwise.ts";
import { erf, sigmoid, softplus } from "./functions.ts";
import { expectCovered, type Operator } from "./operator.ts";
import { parametric, type Slope, unary } from "./unary.ts";

/** x Phi(x) (Hendrycks and Gimpel 2016, arXiv:1606.08415), with the distribution function of the normal distribution. */
const gelu = (x: number): number => 0.5 * x * (1 + erf(x / Math.SQRT2));

/** The same source's approximation: x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2. */
const geluByTanh = (x: number): number => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

/** Phi(x) + x phi(x), with the normal distribution's function and density. */
const geluSlope: Slope = ({ emit }, x) => {
	const share = emit.add("Erf", [emit.add("Mul", [x, emit.float(Math.SQRT1_2)])]);
	const distribution = emit.add("Mul", [emit.add("Add", [share, emit.float(1)]), emit.float(0.5)]);
	const squares = emit.add("Mul", [emit.add("Mul", [x, x]), emit.float(-0.5)]);
	const density = emit.add("Mul", [emit.add("Exp", [squares]), emit.float(1 / Math.sqrt(2 * Math.PI))]);
	return emit.add("Add", [distribution, emit.add("Mul", [x, density])]);
};

const geluByTanhSlope: Slope = ({ emit }, x) => {
	const square = emit.add("Mul", [x, x]);
	const scaled = (times: number, plus: number): string =>
		emit.add("Add", [emit.add("Mul", [square, emit.float(times)]), emit.float(plus)]);
	const factor = Math.sqrt(2 / Math.PI);
	const tanh = emit.add("Tanh", [emit.add("Mul", [x, scaled(0.044715 * factor, factor)])]);
	const half = emit.add("Mul", [emit.add("Add", [tanh, emit.float(1)]), emit.float(0.5)]);
	const rise = emit.add("Sub", [emit.float(1), emit.add("Mul", [tanh, tanh])]);
	const inner = emit.add("Mul", [emit.add("Mul", [x, scaled(3 * 0.044715 * factor, factor)]), emit.float(0.5)]);
	return emit.add("Add", [half, emit.add("Mul", [inner, rise])]);
};

/** x sigmoid(alpha x), whose slope is s + alpha x s (1 - s). @param otherwise alpha, where the node has none */
const swish = (otherwise: number): Operator =>
	parametric(
		(call) => {
			const alpha = call.number("alpha", otherwise);
			return (x) => x * sigmoid(alpha * x);
		},
		({ emit, call }, x) => {
			const scaled = emit.add("Mul", [x, emit.float(call.number("alpha", otherwise))]);
			const share = emit.add("Sigmoid", [scaled]);
			const rest = emit.add("Sub", [emit.float(1), share]);
			return emit.add("Mul", [share, emit.add("Add", [emit.float(1), emit.add("Mul", [scaled, rest])])]);
		},
	);

export const gateOperators: Readonly<Record<string, Operator>> = {
	Gelu: parametric(
		(call) => (call.text("approximate", "none") === "tanh" ? geluByTanh : gelu),
		(site, x, y) => (site.call.text("approximate", "none") === "tanh" ? geluByTanhSlope : geluSlope)(site, x, y),
	),
	/** x tanh(softplus(x)) (Misra 2019, arXiv:1908.08681). */
	Mish: unary(
		(x) => x * Math.tanh(softplus(x)),
		({ emit }, x) => {
			const tanh = emit.add("Tanh", [emit.add("Softplus", [x])]);
			const rise = emit.add("Sub", [emit.float(1), emit.add("Mul", [tanh, tanh])]);
			const inner = emit.add("Mul", [emit.add("Mul", [x, emit.add("Sigmoid", [x])]), rise]);
			return emit.add("Add", [tanh, inner]);
		},
	),
	Swish: swish(1),
};

/** com.microsoft: a gate of the sum with a bias [width], which may be left out. */
function withBias(float: (x: number) => number, slope: Slope): Operator {
	return {
		shapes: (call) => [call.shape(0)],
		evaluate: (call, [shape = []]) => {
			const result = mapElements(call.tensors, shape, { float: (x = 0, bias = 0) => float(x + bias) });
			return result === null ? null : [result];
		},
		gradient: (site) => {
			expectCovered(site, [0]);
			const { call, emit } = site;
			const [x = "", bias = ""] = call.node.inputs;
			const gradient = site.upstream(0);
			if (gradient === null) return [];
			const sum = bias === "" ? x : emit.add("Add", [x, bias]);
			return [emit.add("Mul", [gradient, slope(site, sum, "")])];
		},
	};
}

/** What ONNX Runtime's optimiser puts in place of these. */
export const microsoftGates: Readonly<Record<string, Operator>> = {
	BiasGelu: withBias(gelu, geluSlope),
	FastGelu: withBias(geluByTanh, geluByTanhSlope),
	Gelu: unary(gelu, geluSlope),
	QuickGelu: swish(1.702),
};
