/** The activation that ONNX Runtime's optimiser folds into the product or convolution before it. */
import type { Call, GradientSite } from "./operator.ts";

interface Activation {
	readonly value: (x: number, alpha: number, beta: number) => number;
	/** The slope, from the output: the input is no tensor of the graph. */
	readonly slope: (site: GradientSite, output: string, alpha: number, beta: number) => string;
	/** Of the operator that was folded in. */
	readonly defaults?: readonly [alpha: number, beta: number];
}

/** The values behind the activation of a node. */
export function activated(call: Call, values: Float64Array): Float64Array {
	const activation = activationOf(call);
	if (activation === null) return values;
	const [alpha, beta] = parametersOf(call, activation);
	return values.map((x) => activation.value(x, alpha, beta));
}

/** The gradient before the activation of a node. */
export function activationGradient(site: GradientSite): string | null {
	const { call, emit } = site;
	const activation = activationOf(call);
	const gradient = site.upstream(0);
	if (activation === null || gradient === null) return gradient;
	const [alpha, beta] = parametersOf(call, activation);
	return emit.add("Mul", [gradient, activation.slope(site, call.node.outputs[0] ?? "", alpha, beta)]);
}

function activationOf(call: Call): Activation | null {
	const name = call.text("activation", "");
	if (name === "") return null;
	const known = Object.hasOwn(activations, name) ? activations[name] : undefined;
	return known ?? call.fail(`the activation ${name} is not known; ${Object.keys(activations).join(", ")} are`);
}

/** FusedConv has a list of them, FusedGemm an attribute for each. */
function parametersOf(call: Call, { defaults = [0, 0] }: Activation): readonly [number, number] {
	const listed = call.numberList("activation_params");
	return [
		listed?.[0] ?? call.number("activation_alpha", defaults[0]),
		listed?.[1] ?? call.number("activation_beta", defaults[1]),
	];
}

const activations: Readonly<Record<string, Activation>> = {
	Relu: {
		value: (x) => Math.max(x, 0),
		slope: (site, y) => inside(site, y, 0, null),
	},
	LeakyRelu: {
		defaults: [0.01, 0],
		value: (x, alpha) => (x < 0 ? alpha * x : x),
		slope: ({ emit }, y, alpha) =>
			emit.add("Where", [emit.add("Greater", [y, emit.float(0)]), emit.float(1), emit.float(alpha)]),
	},
	Sigmoid: {
		value: (x) => 1 / (1 + Math.exp(-x)),
		slope: ({ emit }, y) => emit.add("Mul", [y, emit.add("Sub", [emit.float(1), y])]),
	},
	Tanh: {
		value: (x) => Math.tanh(x),
		slope: ({ emit }, y) => emit.add("Sub", [emit.float(1), emit.add("Mul", [y, y])]),
	},
	Clip: {
		defaults: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
		value: (x, low, high) => Math.min(high, Math.max(low, x)),
		slope: inside,
	},
	HardSigmoid: {
		defaults: [0.2, 0.5],
		value: (x, alpha, beta) => Math.max(0, Math.min(1, alpha * x + beta)),
		slope: (site, y, alpha) => site.emit.add("Mul", [inside(site, y, 0, 1), site.emit.float(alpha)]),
	},
};

/** 1 where a tensor lies between two bounds, 0 elsewhere. */
function inside({ emit }: GradientSite, tensor: string, low: number | null, high: number | null): string {
	const tests = [
		...(low === null ? [] : [emit.add("Greater", [tensor, emit.float(low)])]),
		...(high === null ? [] : [emit.add("Less", [tensor, emit.float(high)])]),
	];
	return emit.add("Cast", [tests.reduce((a, b) => emit.add("And", [a, b]))], { to: 1 });
}
