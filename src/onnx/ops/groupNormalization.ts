/** Normalisation of each image by itself, over groups of channels with all their positions. */
import { elementCount, type Tensor } from "../../tensor/tensor.ts";
import { fromValues, numbers } from "../../tensor/values.ts";
import { emitNormalizationGradient, normalised, scaled } from "./normalization.ts";
import { type Call, expectCovered, type Operator, type Shape } from "./operator.ts";

/** Each channel by itself (Ulyanov et al. 2016, arXiv:1607.08022). */
export const instanceNormalization: Operator = byGroups(
	(call) => call.shape(0)[1] ?? 1,
	() => "channel",
);

/** Channels in groups (Wu and He 2018, arXiv:1803.08494). Scale and bias are per group in opset 18, per channel from 21 on. */
export const groupNormalization: Operator = byGroups(
	(call) => call.integer("num_groups", 1),
	(call) => (call.opset >= 21 ? "channel" : "group"),
);

/** @param weighted what has a scale and a bias of its own */
function byGroups(groupsOf: (call: Call) => number, weighted: (call: Call) => "channel" | "group"): Operator {
	/** Of all that belongs to a group. */
	const axes = [2];
	const epsilonOf = (call: Call): number => call.number("epsilon", 1e-5);
	/** Images, groups, and all that belongs to a group. */
	const grouped = (call: Call): Shape => {
		const [batch = 1, ...rest] = call.shape(0);
		const groups = groupsOf(call);
		return [batch, groups, elementCount(rest) / groups];
	};
	/** Images, groups, channels of a group, positions. */
	const parted = (call: Call): Shape => {
		const [batch = 1, channels = 1, ...positions] = call.shape(0);
		const groups = groupsOf(call);
		return [batch, groups, channels / groups, elementCount(positions)];
	};
	/** The shape that a scale or bias stretches from to these. */
	const weightShape = (call: Call): Shape => {
		const [, groups = 1, channels = 1] = parted(call);
		return [groups, weighted(call) === "group" ? 1 : channels, 1];
	};
	return {
		shapes: (call) => [call.shape(0)],
		evaluate: (call, [shape = []]) => {
			const input = call.tensor(0);
			const [channels = 1, groups] = [call.shape(0)[1], groupsOf(call)];
			if (!(groups > 0 && channels % groups === 0)) call.fail(`${channels} channels in ${groups} groups`);
			const values = normalised(numbers(input), grouped(call), axes, epsilonOf(call), "centred");
			const weight = (i: number): Tensor => {
				const [given, to] = [call.tensor(i), weightShape(call)];
				if (elementCount(given.shape) !== elementCount(to))
					call.fail(`input ${i} has ${elementCount(given.shape)} elements, expected ${elementCount(to)}`);
				return { ...given, shape: to };
			};
			return [fromValues(input.type, shape, scaled(values, parted(call), weight(1), weight(2)))];
		},
		gradient: (site) => {
			expectCovered(site, [0]);
			const { call, emit, seeds } = site;
			const given = site.upstream(0);
			if (given === null) return [];
			const scale = emit.reshape(call.input(1), weightShape(call));
			const own = emit.add("Mul", [emit.reshape(given, [seeds, ...parted(call)]), scale]);
			const gradient = emitNormalizationGradient(
				emit,
				emit.reshape(call.input(0), grouped(call)),
				emit.reshape(own, [seeds, ...grouped(call)]),
				axes,
				epsilonOf(call),
				"centred",
			);
			return [emit.reshape(gradient, [seeds, ...call.shape(0)])];
		},
	};
}
