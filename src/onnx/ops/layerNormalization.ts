/** Normalisation over the last axes, with a scale and a bias of their own for each element of these. */
import type { Tensor } from "../../tensor/tensor.ts";
import { fromValues, numbers } from "../../tensor/values.ts";
import { unbroadcast } from "./broadcast.ts";
import { axesFrom, groupsAlong } from "./groups.ts";
import { type Centring, emitNormalizationGradient, levelOf, normalised, scaled, stretched } from "./normalization.ts";
import { type Call, expectCovered, type Operator, type Shape } from "./operator.ts";

/**
 * Over the axes from `axis` on (Ba et al. 2016, arXiv:1607.06450). Outputs after the first are the mean and the inverse
 * deviation, with sides of 1 where they were taken.
 */
export const layerNormalization: Operator = lastAxes("centred");

/** Over the root of the mean square (Zhang and Sennrich 2019, arXiv:1910.07467). */
export const rmsNormalization: Operator = lastAxes("uncentred");

/**
 * com.microsoft: LayerNormalization of the sum of input, skip and, where given, a bias, over the last axis. Output 3 is
 * the sum: the residual stream, where a block's addition was fused with the norm that follows.
 */
export const skipLayerNormalization: Operator = {
	shapes: (call) => {
		const input = call.shape(0);
		if (input.length === 0) call.fail("a scalar has no last axis");
		const statistics = input.with(-1, 1);
		return [input, statistics, statistics, input].slice(0, call.node.outputs.length);
	},
	evaluate: (call, [shape = []]) => {
		const parts = [call.tensor(0), call.tensor(1), ...(call.has(4) ? [call.tensor(4)] : [])];
		const sum = parts.map((part) => stretched(part, shape)).reduce((a, b) => a.map((x, i) => x + (b[i] as number)));
		const input = fromValues(call.tensor(0).type, shape, sum);
		const [scale, bias] = [call.tensor(2), call.has(3) ? call.tensor(3) : null];
		const outputs = layerOutputs(input, [shape.length - 1], skipEpsilon(call), "centred", scale, bias);
		return [...outputs, input].slice(0, call.node.outputs.length);
	},
	gradient: (site) => {
		expectCovered(site, [0, 1], [0, 3]);
		const { call, emit } = site;
		const shape = call.shape(0);
		const through = (given: string): string => {
			const known = call.output(3);
			const two = known === "" ? emit.add("Add", [call.input(0), call.input(1)]) : known;
			const sum = known === "" && call.has(4) ? emit.add("Add", [two, call.input(4)]) : two;
			const own = emit.add("Mul", [given, call.input(2)]);
			return emitNormalizationGradient(emit, sum, own, [shape.length - 1], skipEpsilon(call), "centred");
		};
		const [given, ofSum] = [site.upstream(0), site.upstream(3)];
		const gradients = [...(given === null ? [] : [through(given)]), ...(ofSum === null ? [] : [ofSum])];
		if (gradients.length === 0) return [];
		const gradient = gradients.reduce((a, b) => emit.add("Add", [a, b]));
		return [0, 1].map((i) => (site.needs(i) ? unbroadcast(site, gradient, shape, call.shape(i)) : null));
	},
};

const skipEpsilon = (call: Call): number => call.number("epsilon", 1e-12);

function lastAxes(centring: Centring): Operator {
	const axesOf = (call: Call): readonly number[] => {
		const rank = call.shape(0).length;
		return axesFrom(call.axis(call.integer("axis", -1), rank), rank);
	};
	const epsilonOf = (call: Call): number => call.number("epsilon", 1e-5);
	return {
		shapes: (call) => {
			const input = call.shape(0);
			return call.node.outputs.map((_, i) => (i === 0 ? input : statisticsShape(input, axesOf(call))));
		},
		evaluate: (call) => {
			const [scale, bias] = [call.tensor(1), call.has(2) ? call.tensor(2) : null];
			const outputs = layerOutputs(call.tensor(0), axesOf(call), epsilonOf(call), centring, scale, bias);
			return outputs.slice(0, call.node.outputs.length);
		},
		gradient: (site) => {
			expectCovered(site, [0]);
			const { call, emit } = site;
			const given = site.upstream(0);
			if (given === null) return [];
			const own = emit.add("Mul", [given, call.input(1)]);
			return [emitNormalizationGradient(emit, call.input(0), own, axesOf(call), epsilonOf(call), centring)];
		},
	};
}

/** The normalised tensor, the means and the inverse deviations. */
function layerOutputs(
	input: Tensor,
	axes: readonly number[],
	epsilon: number,
	centring: Centring,
	scale: Tensor,
	bias: Tensor | null,
): readonly Tensor[] {
	const { type, shape } = input;
	const values = numbers(input);
	const { starts, offsets } = groupsAlong(shape, axes);
	const levels = starts.map((start) =>
		levelOf(
			Float64Array.from(offsets, (offset) => values[start + offset] as number),
			epsilon,
			centring,
		),
	);
	const statistics = (of: readonly number[]): Tensor => fromValues(type, statisticsShape(shape, axes), of);
	return [
		fromValues(type, shape, scaled(normalised(values, shape, axes, epsilon, centring), shape, scale, bias)),
		statistics(levels.map(({ mean }) => mean)),
		statistics(levels.map(({ inverse }) => inverse)),
	];
}

function statisticsShape(shape: Shape, axes: readonly number[]): Shape {
	return shape.map((side, axis) => (axes.includes(axis) ? 1 : side));
}
