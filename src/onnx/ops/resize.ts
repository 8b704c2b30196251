/**
 * Images of another size, by factors or by sides. Before opset 11 the factors are input 1, and Upsample's in 7 an attribute.
 * Along each axis an entry of the output is a weighted sum of entries of the input: a matrix.
 */
import { fromValues, numbers } from "../../tensor/values.ts";
import { type AxisMatrix, alongAxis, emitAlongAxis, mostWeights, transposedMatrix } from "./axisMap.ts";
import type { Call, Operator, Shape } from "./operator.ts";

export const resize: Operator = {
	shapes: (call) => {
		const axes = resizedAxes(call);
		return axes && [call.shape(0).map((side, axis) => axes.get(axis)?.to ?? side)];
	},
	terms: (call) => call.shape(0).reduce((sum, side) => sum + side, 0),
	evaluate: (call) => {
		const input = call.tensor(0);
		const matrices = matricesOf(call);
		if (matrices === null) return null;
		let [values, shape]: [Float64Array, Shape] = [numbers(input), input.shape];
		for (const [axis, matrix] of matrices) {
			values = alongAxis(values, shape, axis, matrix);
			shape = shape.with(axis, matrix.length);
		}
		return [fromValues(input.type, shape, values)];
	},
	gradient: ({ call, emit, seeds, upstream, outputShape }) => {
		const gradient = upstream(0);
		if (gradient === null) return [];
		const matrices = matricesOf(call) ?? call.fail("no gradient is known for this way of resizing");
		let [tensor, shape]: [string, Shape] = [gradient, [seeds, ...outputShape(0)]];
		for (const [axis, matrix] of matrices) {
			const side = call.shape(0)[axis] as number;
			tensor = emitAlongAxis(emit, tensor, shape, axis + 1, transposedMatrix(matrix, side));
			shape = shape.with(axis + 1, side);
		}
		return [tensor];
	},
};

interface ResizedAxis {
	readonly from: number;
	readonly to: number;
	/** How much larger, before rounding to whole entries. */
	readonly factor: number;
}

/** null if neither factors nor sides are constant. */
function resizedAxes(call: Call): ReadonlyMap<number, ResizedAxis> | null {
	const input = call.shape(0);
	const axes = call.integerList("axes")?.map((axis) => call.axis(axis, input.length)) ?? input.map((_, axis) => axis);
	const isOld = call.node.operator === "Upsample" || call.opset < 11;
	const sizes = isOld ? null : call.integers(3);
	const sideOf = (axis: number): number => input[axis] as number;
	if (sizes !== null && sizes.length > 0) {
		const policy = call.text("keep_aspect_ratio_policy", "stretch");
		const factors = axes.map((axis, i) => (sizes[i] ?? 1) / sideOf(axis));
		const common = policy === "not_larger" ? Math.min(...factors) : Math.max(...factors);
		return new Map(
			axes.map((axis, i) => {
				const from = sideOf(axis);
				if (policy === "stretch") return [axis, { from, to: sizes[i] ?? from, factor: factors[i] ?? 1 }];
				return [axis, { from, to: Math.floor(common * from + 0.5), factor: common }];
			}),
		);
	}
	const scales = call.constant(isOld ? 1 : 2);
	const factors = scales === null ? call.numberList("scales") : [...numbers(scales)];
	if (factors === null || factors.length === 0) return null;
	return new Map(
		axes.map((axis, i) => {
			const [from, factor] = [sideOf(axis), factors[i] ?? 1];
			return [axis, { from, to: Math.floor(from * factor), factor }];
		}),
	);
}

/** By axis; null for a way of resizing that is not covered. */
function matricesOf(call: Call): ReadonlyMap<number, AxisMatrix> | null {
	const axes = resizedAxes(call);
	const isOld = call.node.operator === "Upsample" || call.opset < 11;
	const place = places[isOld ? "asymmetric" : call.text("coordinate_transformation_mode", "half_pixel")];
	if (axes === null || place === undefined) return null;
	if ([...axes.values()].some(({ from, to }) => from * to > mostWeights)) return null;
	const matrices = [...axes]
		.filter(([, { from, to, factor }]) => from !== to || factor !== 1)
		.map(([axis, resized]): [number, AxisMatrix] => {
			const rows = Array.from({ length: resized.to }, (_, i) => weightsAt(call, place(i, resized), resized, isOld));
			return [axis, rows];
		});
	return new Map(matrices);
}

/** Where entry i of the output lies among those of the input. */
const places: Readonly<Record<string, (i: number, axis: ResizedAxis) => number>> = {
	half_pixel: (i, { factor }) => (i + 0.5) / factor - 0.5,
	pytorch_half_pixel: (i, { to, factor }) => (to > 1 ? (i + 0.5) / factor - 0.5 : 0),
	half_pixel_symmetric: (i, { from, to, factor }) => (from / 2) * (1 - to / (from * factor)) + (i + 0.5) / factor - 0.5,
	align_corners: (i, { from, to }) => (to > 1 ? (i * (from - 1)) / (to - 1) : 0),
	asymmetric: (i, { factor }) => i / factor,
	tf_half_pixel_for_nn: (i, { factor }) => (i + 0.5) / factor,
};

/** The weights of the input's entries in one that lies at `place`. */
function weightsAt(call: Call, place: number, { from, factor }: ResizedAxis, isOld: boolean): readonly number[] {
	const weights = new Array<number>(from).fill(0);
	const mode = call.text("mode", "nearest");
	const inside = (entry: number): number => Math.min(from - 1, Math.max(0, entry));
	if (mode === "nearest") {
		const rounding = isOld ? "floor" : call.text("nearest_mode", "round_prefer_floor");
		weights[inside(roundings[rounding]?.(place) ?? call.fail(`nearest_mode ${rounding} is not known`))] = 1;
		return weights;
	}
	const kernel = mode === "cubic" ? cubic(call.number("cubic_coeff_a", -0.75)) : linear;
	// Smaller images: the kernel is widened, so that every entry counts.
	const narrowing = call.integer("antialias", 0) === 1 ? Math.min(1, factor) : 1;
	const reach = (mode === "cubic" ? 2 : 1) / narrowing;
	const excludes = call.integer("exclude_outside", 0) === 1;
	for (let entry = Math.ceil(place - reach); entry <= place + reach; entry++) {
		if (excludes && entry !== inside(entry)) continue;
		weights[inside(entry)] = (weights[inside(entry)] ?? 0) + kernel(Math.abs(place - entry) * narrowing);
	}
	const sum = weights.reduce((a, b) => a + b, 0);
	return excludes || narrowing < 1 ? weights.map((weight) => weight / sum) : weights;
}

const roundings: Readonly<Record<string, (x: number) => number>> = {
	round_prefer_floor: (x) => Math.ceil(x - 0.5),
	round_prefer_ceil: (x) => Math.floor(x + 0.5),
	floor: Math.floor,
	ceil: Math.ceil,
};

const linear = (distance: number): number => Math.max(0, 1 - distance);

/** Keys 1981, equation 15; a is -0.5 there and -0.75 in PyTorch. */
function cubic(a: number): (distance: number) => number {
	return (x) => {
		if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
		return x < 2 ? a * (((x - 5) * x + 8) * x - 4) : 0;
	};
}
