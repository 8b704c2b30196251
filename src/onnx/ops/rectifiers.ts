/**
 * Activations that bend or end at a point, where the slope is PyTorch's: that of the side below 0 for relu and its kin, 0
 * at the bounds of clip (as hardtanh and relu6 have it) and of hardSigmoid.
 */
import { isInteger, numbers } from "../../tensor/values.ts";
import { unbroadcast } from "./broadcast.ts";
import { both, elementwise, mapElements } from "./elementwise.ts";
import { expectCovered, type Operator } from "./operator.ts";
import { above, asFloat, bent, parametric, times, unary } from "./unary.ts";

/** Bounds are attributes before opset 11, optional inputs from then on. */
const clip: Operator = {
	shapes: (call) => [call.shape(0)],
	evaluate: (call, [shape = []]) => {
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
	gradient: (site) => {
		expectCovered(site, [0]);
		const { emit, call } = site;
		const gradient = site.upstream(0);
		if (gradient === null) return [];
		const bound = (i: number, name: string): string | null => {
			if (call.has(i)) return call.node.inputs[i] ?? null;
			return call.node.attributes.has(name) ? emit.float(call.number(name, 0)) : null;
		};
		const [x = ""] = call.node.inputs;
		const [low, high] = [bound(1, "min"), bound(2, "max")];
		const inside = [
			...(low === null ? [] : [emit.add("Greater", [x, low])]),
			...(high === null ? [] : [emit.add("Less", [x, high])]),
		];
		const isInside = inside.length === 0 ? null : inside.reduce((a, b) => emit.add("And", [a, b]));
		return [isInside === null ? gradient : emit.add("Mul", [gradient, asFloat(emit, isInside)])];
	},
};

const leakyRelu = parametric(
	(call) => {
		const alpha = call.number("alpha", 0.01);
		return (x) => (x < 0 ? alpha * x : x);
	},
	({ emit, call }, x) => bent(emit, x, emit.float(1), emit.float(call.number("alpha", 0.01))),
);

/** With a slope for each channel below 0. */
const parametricRelu = elementwise(
	() => ({ float: (x = 0, alpha = 0) => (x < 0 ? alpha * x : x) }),
	(site) => {
		expectCovered(site, [0]);
		const { call, emit } = site;
		const [x = "", alpha = ""] = call.node.inputs;
		const gradient = site.upstream(0);
		if (gradient === null) return [];
		const own = emit.add("Mul", [gradient, bent(emit, x, emit.float(1), alpha)]);
		return [unbroadcast(site, own, site.outputShape(0), call.shape(0))];
	},
);

/** Klambauer et al. 2017 (arXiv:1706.02515). */
const [seluAlpha, seluGamma] = [1.6732631921768188, 1.0507010221481323];

export const rectifierOperators: Readonly<Record<string, Operator>> = {
	Clip: clip,
	Relu: both(
		(x = 0) => Math.max(x, 0),
		(x = 0n) => (x < 0n ? 0n : x),
		// Of an output that is never negative the sign is 0 or 1: the slope in one node.
		times(({ emit }, _, y) => emit.add("Sign", [y])),
	),
	LeakyRelu: leakyRelu,
	PRelu: parametricRelu,
	ThresholdedRelu: parametric(
		(call) => {
			const alpha = call.number("alpha", 1);
			return (x) => (x > alpha ? x : 0);
		},
		({ emit, call }, x) => above(emit, x, call.number("alpha", 1)),
	),
	Elu: parametric(
		(call) => {
			const alpha = call.number("alpha", 1);
			return (x) => (x > 0 ? x : alpha * Math.expm1(x));
		},
		({ emit, call }, x, y) => bent(emit, x, emit.float(1), emit.add("Add", [y, emit.float(call.number("alpha", 1))])),
	),
	Selu: parametric(
		(call) => {
			const [alpha, gamma] = [call.number("alpha", seluAlpha), call.number("gamma", seluGamma)];
			return (x) => gamma * (x > 0 ? x : alpha * Math.expm1(x));
		},
		({ emit, call }, x, y) => {
			const [alpha, gamma] = [call.number("alpha", seluAlpha), call.number("gamma", seluGamma)];
			return bent(emit, x, emit.float(gamma), emit.add("Add", [y, emit.float(alpha * gamma)]));
		},
	),
	Celu: parametric(
		(call) => {
			const alpha = call.number("alpha", 1);
			return (x) => (x > 0 ? x : alpha * Math.expm1(x / alpha));
		},
		({ emit, call }, x) => {
			const alpha = emit.float(call.number("alpha", 1));
			return bent(emit, x, emit.float(1), emit.add("Exp", [emit.add("Div", [x, alpha])]));
		},
	),
	HardSigmoid: parametric(
		(call) => {
			const [alpha, beta] = [call.number("alpha", 0.2), call.number("beta", 0.5)];
			return (x) => Math.max(0, Math.min(1, alpha * x + beta));
		},
		({ emit, call }, _, y) => {
			// Between its bounds y (1 - y) is positive, and 0 at either.
			const inside = emit.add("Sign", [emit.add("Mul", [y, emit.add("Sub", [emit.float(1), y])])]);
			return emit.add("Mul", [inside, emit.float(call.number("alpha", 0.2))]);
		},
	),
	HardSwish: unary(
		(x) => x * Math.max(0, Math.min(1, x / 6 + 0.5)),
		({ emit }, x) => {
			const middle = emit.add("Add", [emit.add("Mul", [x, emit.float(1 / 3)]), emit.float(0.5)]);
			const upper = emit.add("Where", [emit.add("Less", [x, emit.float(3)]), middle, emit.float(1)]);
			return emit.add("Mul", [upper, above(emit, x, -3)]);
		},
	),
};
