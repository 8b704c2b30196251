/** Convolutions over any number of spatial axes: [batch, channels, ...sides] by [features, channels / groups, ...kernel]. */
import { elementCount } from "../../tensor/tensor.ts";
import { fromValues, isInteger, numbers } from "../../tensor/values.ts";
import { activated, activationGradient } from "./activation.ts";
import { convolutionInputGradient } from "./convolutionGradient.ts";
import { mergingSeeds } from "./mergingSeeds.ts";
import type { Call, GradientSite, Operator, Shape } from "./operator.ts";
import { coverage, spanOf, type Window, windowAttributes, windowOf, windowSides } from "./window.ts";

export const convolution: Operator = convolutionOf(
	(_, values) => values,
	({ unscaledUpstream }) => unscaledUpstream(0),
);

/** com.microsoft.FusedConv: with another map added (input 3), and an activation behind it. */
export const fusedConvolution: Operator = convolutionOf(activated, (site) => {
	const tensor = activationGradient(site);
	return tensor === null ? null : { tensor, factors: null };
});

/** Each entry of the input spreads over a window of the output. The weights are [channels, features / groups, ...kernel]. */
export const convolutionTranspose: Operator = {
	shapes: (call) => {
		const [batch = 0] = call.shape(0);
		const [, featuresOfGroup = 0] = call.shape(1);
		return [[batch, featuresOfGroup * call.integer("group", 1), ...spread(call).sides]];
	},
	terms: (call) => elementCount(call.shape(1).filter((_, axis) => axis !== 1)),
	evaluate: (call, [shape = []]) => {
		const [batch = 0, features = 0, ...sides] = shape;
		const [, channels = 0, ...places] = call.shape(0);
		const [x, weights, bias] = [numbers(call.tensor(0)), numbers(call.tensor(1)), call.constant(2)];
		const result = withBias(shape, bias && numbers(bias));
		const covered = coverage(spread(call).window, sides, places);
		const [from, to] = [elementCount(places), elementCount(sides)];
		// The maps of its input are what a convolution of its output would give.
		eachKernel({ batch, features: channels, channels: features, groups: call.integer("group", 1) }, (map, into, at) => {
			for (const [element, { windows, entries }] of covered.entries()) {
				const weight = weights[at * covered.length + element] as number;
				for (let i = 0; i < windows.length; i++) {
					result[into * to + (entries[i] as number)] =
						(result[into * to + (entries[i] as number)] as number) +
						weight * (x[map * from + (windows[i] as number)] as number);
				}
			}
		});
		return [fromValues(call.tensor(0).type, shape, result)];
	},
	gradient: (site) => {
		const { call, emit, upstream } = site;
		expectConstantWeights(site);
		const gradient = upstream(0);
		if (gradient === null) return [];
		const weights = call.node.inputs[1] as string; // it is there
		const attributes = { ...windowAttributes(spread(call).window), group: call.integer("group", 1) };
		return [mergingSeeds(site, gradient, (maps) => emit.add("Conv", [maps, weights], attributes))];
	},
};

function convolutionOf(
	activate: (call: Call, values: Float64Array) => Float64Array,
	gradientBefore: (site: GradientSite) => ReturnType<GradientSite["unscaledUpstream"]>,
): Operator {
	return {
		shapes: (call) => {
			const [batch = 0, channels = 0, ...sides] = call.shape(0);
			const [features = 0, channelsOfGroup = 0, ...kernel] = call.shape(1);
			const groups = call.integer("group", 1);
			if (channels !== channelsOfGroup * groups) {
				call.fail(`${channels} channels for weights of ${channelsOfGroup} in ${groups} groups`);
			}
			return [[batch, features, ...windowSides(call, sides, kernel)]];
		},
		terms: (call) => elementCount(call.shape(1).slice(1)),
		evaluate: (call, [shape = []]) => {
			if (isInteger(call.tensor(0).type)) return null;
			const [batch = 0, features = 0, ...places] = shape;
			const [, channels = 0, ...sides] = call.shape(0);
			const [x, weights, bias, added] = [
				numbers(call.tensor(0)),
				numbers(call.tensor(1)),
				call.constant(2),
				call.constant(3),
			];
			const result = withBias(shape, bias && numbers(bias));
			const covered = coverage(windowOf(call, sides, call.shape(1).slice(2)), sides, places);
			const [from, to] = [elementCount(sides), elementCount(places)];
			eachKernel({ batch, features, channels, groups: call.integer("group", 1) }, (into, map, at) => {
				for (const [element, { windows, entries }] of covered.entries()) {
					const weight = weights[at * covered.length + element] as number;
					for (let i = 0; i < windows.length; i++) {
						result[into * to + (windows[i] as number)] =
							(result[into * to + (windows[i] as number)] as number) +
							weight * (x[map * from + (entries[i] as number)] as number);
					}
				}
			});
			if (added !== null) for (const [i, each] of numbers(added).entries()) result[i] = (result[i] as number) + each;
			return [fromValues(call.tensor(0).type, shape, activate(call, result))];
		},
		gradient: (site) => {
			expectConstantWeights(site);
			const gradient = gradientBefore(site);
			if (gradient === null) return [];
			const { tensor, factors } = gradient;
			return [site.needs(0) ? convolutionInputGradient(site, tensor, factors) : null, null, null, tensor];
		},
	};
}

function expectConstantWeights({ call, needs }: GradientSite): void {
	if (needs(1) || needs(2)) call.fail("the weights depend on the image: no gradient is known for that");
}

/** A transposed convolution as the convolution that it turns round: its window, and the sides that it slides over. */
function spread(call: Call): { readonly window: Window; readonly sides: Shape } {
	const [, , ...places] = call.shape(0);
	const [, , ...kernel] = call.shape(1);
	const given = windowOf(call, places, kernel);
	const sameSize = call.text("auto_pad", "NOTSET").startsWith("SAME");
	const extra = call.integerList("output_padding");
	/** Without padding. */
	const full = places.map(
		(place, axis) => (given.strides[axis] as number) * (place - 1) + (extra?.[axis] ?? 0) + spanOf(given, axis),
	);
	const wanted = sameSize
		? places.map((place, axis) => place * (given.strides[axis] as number))
		: (call.integerList("output_shape")?.slice(-places.length) ?? null);
	if (wanted === null) {
		const cut = (side: number, axis: number) => side - (given.before[axis] as number) - (given.after[axis] as number);
		return { window: given, sides: full.map(cut) };
	}
	const total = full.map((side, axis) => Math.max(0, side - (wanted[axis] as number)));
	const upper = call.text("auto_pad", "NOTSET") === "SAME_UPPER";
	const before = total.map((each) => (upper ? Math.floor(each / 2) : Math.ceil(each / 2)));
	const after = total.map((each, axis) => each - (before[axis] as number));
	return { window: { ...given, before, after }, sides: wanted };
}

/** One number a feature everywhere. */
function withBias(shape: Shape, bias: Float64Array | null): Float64Array {
	const result = new Float64Array(elementCount(shape));
	const [, features = 1, ...places] = shape;
	const size = elementCount(places);
	return bias === null ? result : result.map((_, i) => bias[Math.floor(i / size) % features] as number);
}

interface Maps {
	readonly batch: number;
	readonly features: number;
	readonly channels: number;
	readonly groups: number;
}

/** Calls back for each feature of each image with each channel of its group: the two maps, and the kernel between them. */
function eachKernel(
	{ batch, features, channels, groups }: Maps,
	visit: (featureMap: number, channelMap: number, kernel: number) => void,
): void {
	const [featuresOfGroup, channelsOfGroup] = [features / groups, channels / groups];
	for (let image = 0; image < batch; image++) {
		for (let feature = 0; feature < features; feature++) {
			const first = Math.floor(feature / featuresOfGroup) * channelsOfGroup;
			for (let channel = 0; channel < channelsOfGroup; channel++) {
				visit(image * features + feature, image * channels + first + channel, feature * channelsOfGroup + channel);
			}
		}
	}
}
