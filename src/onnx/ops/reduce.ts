/** Some axes reduced to one number each: the Reduce operators, ArgMax and ArgMin. */
import { fromValues, int64s, isInteger, numbers } from "../../tensor/values.ts";
import { equal, greater, lesser } from "./choices.ts";
import { groupsAlong } from "./groups.ts";
import type { Call, GradientSite, Operator } from "./operator.ts";

/** A reduction in the walk back; tensors have sides of 1 where axes were reduced. */
interface Reduced {
	/** [seeds, ...] */
	readonly gradient: string;
	/** The input, as large as it was, and the output. */
	readonly x: string;
	readonly y: string;
	readonly axes: readonly number[];
	/** Elements that became one. */
	readonly count: number;
}

/** The gradient of the input, as large as it. */
type Slope = (site: GradientSite, reduced: Reduced) => string;

interface Reduction {
	/** The result over the elements that are reduced; of integers too, where `integer` is not given. */
	readonly float: (elements: readonly number[]) => number;
	readonly integer?: (elements: readonly bigint[]) => bigint;
	readonly slope?: Slope;
}

/** @param since the opset in which the axes became an input */
function reduction(since: number, { float, integer, slope }: Reduction): Operator {
	return {
		...(slope === undefined
			? {}
			: {
					gradient: (site: GradientSite) => {
						const [given, axes] = [site.upstream(0), axesOf(site.call, since)];
						if (axes === null || axes.length === 0) site.call.fail("no gradient is known where no axis is named");
						return [given && slope(site, reducedOf(site, given, axes))];
					},
				}),
		shapes: (call) => {
			const input = call.shape(0);
			const axes = axesOf(call, since);
			if (axes === null) return null;
			const keep = call.integer("keepdims", 1) === 1;
			return [input.flatMap((side, axis) => (!axes.includes(axis) ? [side] : keep ? [1] : []))];
		},
		evaluate: (call, [shape = []]) => {
			const input = call.tensor(0);
			const axes = axesOf(call, since);
			if (axes === null) return null;
			const { starts, offsets } = groupsAlong(input.shape, axes);
			/** Positions lie within the input by construction. */
			const fold = <E>(elements: ArrayLike<E>, reduce: (elements: readonly E[]) => E): E[] =>
				starts.map((start) => reduce(offsets.map((offset) => elements[start + offset] as E)));
			if (isInteger(input.type)) {
				return integer ? [fromValues(input.type, shape, fold(int64s(input), integer))] : null;
			}
			return [fromValues(input.type, shape, fold(numbers(input), float))];
		},
	};
}

function reducedOf(site: GradientSite, gradient: string, axes: readonly number[]): Reduced {
	const { call, emit, seeds } = site;
	const input = call.shape(0);
	const kept = input.map((side, axis) => (axes.includes(axis) ? 1 : side));
	const [x, y] = [call.input(0), call.output(0)];
	const count = axes.reduce((product, axis) => product * (input[axis] ?? 1), 1);
	if (call.integer("keepdims", 1) === 1) return { gradient, x, y, axes, count };
	return { gradient: emit.reshape(gradient, [seeds, ...kept]), x, y: emit.reshape(y, kept), axes, count };
}

/** The same to all elements that became one. */
const toAll: Slope = ({ emit, seeds, call }, { gradient }) =>
	emit.add("Expand", [gradient, emit.ints([seeds, ...call.shape(0)])]);

const times =
	(factor: (site: GradientSite, reduced: Reduced) => string): Slope =>
	(site, reduced) =>
		site.emit.add("Mul", [reduced.gradient, factor(site, reduced)]);

/** To the elements that are the output, in equal shares where several are, as PyTorch's amax. */
const toExtreme = times(({ emit }, { x, y, axes }) => {
	const chosen = equal(emit, x, y);
	return emit.add("Div", [chosen, emit.reduce("ReduceSum", chosen, axes, true)]);
});

/** The axes that are reduced: all, if none is named (unless noop_with_empty_axes); null if they are not constant. */
function axesOf(call: Call, since: number): readonly number[] | null {
	const rank = call.shape(0).length;
	const axes = call.axes(since, 1, rank);
	if (axes === "unknown") return null;
	if (axes !== null && axes.length > 0) return axes;
	return call.integer("noop_with_empty_axes", 0) === 1 ? [] : Array.from({ length: rank }, (_, axis) => axis);
}

/** What a norm is taken for that may be 0 and is divided by: near the smallest float32, so that no other is changed. */
export const smallestNorm = 1e-37;

const sum = (elements: readonly number[]): number => elements.reduce((a, b) => a + b, 0);
const integerSum = (elements: readonly bigint[]): bigint => elements.reduce((a, b) => a + b, 0n);
const squares = (elements: readonly number[]): number => sum(elements.map((x) => x * x));
const magnitudes = (elements: readonly number[]): number => sum(elements.map(Math.abs));

function logSumExp(elements: readonly number[]): number {
	const largest = elements.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
	return largest + Math.log(sum(elements.map((x) => Math.exp(x - largest))));
}

/** ArgMax, ArgMin: the axis is an attribute in every opset; of equal elements the first counts, unless the last is asked for. */
function argument(isBetter: (x: number, best: number) => boolean): Operator {
	return {
		gradient: "none",
		shapes: (call) => {
			const input = call.shape(0);
			const axis = call.axis(call.integer("axis", 0), input.length);
			return [call.integer("keepdims", 1) === 1 ? input.with(axis, 1) : input.toSpliced(axis, 1)];
		},
		evaluate: (call, [shape = []]) => {
			const input = call.shape(0);
			const values = numbers(call.tensor(0));
			const takesLast = call.integer("select_last_index", 0) === 1;
			const { starts, offsets } = groupsAlong(input, [call.axis(call.integer("axis", 0), input.length)]);
			const best = starts.map((start) => {
				const group = offsets.map((offset) => values[start + offset] as number);
				return group.reduce(
					(at, x, i) => (isBetter(x, group[at] as number) || (takesLast && x === group[at]) ? i : at),
					0,
				);
			});
			return [fromValues("int64", shape, best.map(BigInt))];
		},
	};
}

export const reduceOperators: Readonly<Record<string, Operator>> = {
	ReduceSum: reduction(13, { float: sum, integer: integerSum, slope: toAll }),
	ReduceMean: reduction(18, {
		float: (elements) => sum(elements) / elements.length,
		slope: (site, reduced) => {
			const gradient = site.emit.add("Mul", [reduced.gradient, site.emit.float(1 / reduced.count)]);
			return toAll(site, { ...reduced, gradient });
		},
	}),
	ReduceProd: reduction(18, {
		float: (elements) => elements.reduce((a, b) => a * b, 1),
		// Wrapped at every step: the exact product of many would have millions of digits.
		integer: (elements) => elements.reduce((a, b) => BigInt.asIntN(64, a * b), 1n),
		slope: times(({ emit }, { x, axes }) => {
			// The product of the others: of all with zeros as ones, over the element's own, if no other is a zero.
			const isZero = equal(emit, x, emit.float(0));
			const own = emit.add("Add", [x, isZero]);
			const zeros = emit.reduce("ReduceSum", isZero, axes, true);
			const others = emit.add("Div", [emit.reduce("ReduceProd", own, axes, true), own]);
			return emit.add("Mul", [others, equal(emit, zeros, isZero)]);
		}),
	}),
	ReduceMax: reduction(18, {
		float: (elements) => elements.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
		integer: (elements) => elements.reduce(greater, -(2n ** 63n)),
		slope: toExtreme,
	}),
	ReduceMin: reduction(18, {
		float: (elements) => elements.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
		integer: (elements) => elements.reduce(lesser, 2n ** 63n - 1n),
		slope: toExtreme,
	}),
	ReduceSumSquare: reduction(18, {
		float: squares,
		integer: (elements) => integerSum(elements.map((x) => x * x)),
		slope: times(({ emit }, { x }) => emit.add("Mul", [x, emit.float(2)])),
	}),
	ReduceL1: reduction(18, { float: magnitudes, slope: times(({ emit }, { x }) => emit.add("Sign", [x])) }),
	ReduceL2: reduction(18, {
		float: (elements) => Math.sqrt(squares(elements)),
		// Of zeros alone the slope is 0, as PyTorch's.
		slope: times(({ emit }, { x, y }) => emit.add("Div", [x, emit.add("Max", [y, emit.float(smallestNorm)])])),
	}),
	ReduceLogSum: reduction(18, {
		float: (elements) => Math.log(sum(elements)),
		slope: (site, reduced) => {
			const share = site.emit.add("Exp", [site.emit.add("Neg", [reduced.y])]);
			return toAll(site, { ...reduced, gradient: site.emit.add("Mul", [reduced.gradient, share]) });
		},
	}),
	ReduceLogSumExp: reduction(18, {
		float: logSumExp,
		slope: times(({ emit }, { x, y }) => emit.add("Exp", [emit.add("Sub", [x, y])])),
	}),
	ArgMax: argument((x, best) => x > best),
	ArgMin: argument((x, best) => x < best),
};
