/**
 * Which axis of a tensor holds its channels. Networks whose exporter keeps the channels last turn a map before and after
 * each convolution, and transformers of windows keep their tokens as [batch, rows, columns, channels]: from the shape
 * alone that is a map of as many channels as the image has rows.
 */
import type { Node } from "../onnx/model.ts";
import type { Flow } from "./flow.ts";
import type { Normalisation } from "./normalisation.ts";
import { isConvolution, isLinear } from "./operators.ts";

/** The channels' axis of each varying tensor, counted from 0; a tensor is missing where it cannot be told. */
export type ChannelAxes = ReadonlyMap<string, number>;

export function findChannelAxes(flow: Flow, normalisations: readonly Normalisation[]): ChannelAxes {
	const axes = new Map<string, number>([[flow.source, 1]]);
	// A norm over groups of channels takes them apart and puts them together again.
	const normed = new Map(normalisations.map(({ input, output }) => [output, input]));
	for (const node of flow.nodes) {
		for (const output of node.outputs) {
			const axis = output === "" ? undefined : (axisOf(flow, axes, node, output) ?? axes.get(normed.get(output) ?? ""));
			if (axis !== undefined) axes.set(output, axis);
		}
	}
	return axes;
}

/** Whether a tensor is [batch, rows, columns, channels]. */
export function isChannelsLast(flow: Flow, axes: ChannelAxes, tensor: string): boolean {
	return flow.shape(tensor).length === 4 && axes.get(tensor) === 3;
}

/** Rows and columns of a map [batch, ...], however its axes lie; empty for what is no map. */
export function resolutionOf(flow: Flow, axes: ChannelAxes, tensor: string): readonly number[] {
	const shape = flow.shape(tensor);
	const channels = axes.get(tensor) ?? 1;
	return shape.length === 4 ? shape.filter((_, axis) => axis !== 0 && axis !== channels) : [];
}

/** How many vectors a tensor [batch, ...] holds for each image: tokens of a stream, positions of a map. */
export function vectorsOf(flow: Flow, axes: ChannelAxes, tensor: string): number {
	const channels = axes.get(tensor) ?? flow.shape(tensor).length - 1;
	return flow
		.shape(tensor)
		.filter((_, axis) => axis !== 0 && axis !== channels)
		.reduce((a, b) => a * b, 1);
}

const keepsOrder: ReadonlySet<string> = new Set(["Reshape", "Flatten", "Squeeze", "Unsqueeze"]);

function axisOf(flow: Flow, axes: ChannelAxes, node: Node, output: string): number | undefined {
	const { length: rank } = flow.shape(output);
	if (isConvolution(node)) return 1;
	if (isLinear(flow, node)) return rank - 1;
	const known = flow.operands(node).filter((operand) => axes.has(operand));
	const [operand] = known;
	// Where it is not known what came before, a norm over the last axis tells.
	if (operand === undefined) return node.operator === "LayerNormalization" ? rank - 1 : undefined;
	const axis = axes.get(operand) as number; // just looked up
	if (node.operator === "Transpose") {
		const order = node.attributes.get("perm");
		const from = order?.kind === "ints" ? order.value.indexOf(BigInt(axis)) : rank - 1 - axis;
		return from < 0 ? undefined : from;
	}
	if (keepsOrder.has(node.operator)) return axisAfterReshape(flow.shape(operand), flow.shape(output), axis);
	const alike = known.find((each) => flow.shape(each).length === rank);
	return alike === undefined ? undefined : axes.get(alike);
}

/** Elements stay in order: the channels are where as many elements stand before them, and as many channels. */
function axisAfterReshape(from: readonly number[], to: readonly number[], axis: number): number | undefined {
	const before = (shape: readonly number[], at: number) => shape.slice(0, at).reduce((a, b) => a * b, 1);
	const places = to.flatMap((side, at) => (side === from[axis] && before(to, at) === before(from, axis) ? [at] : []));
	return places[0];
}
