/**
 * Images with their channels first, for a model that takes them last, as TensorFlow and JAX lay them out: the input turned
 * around, and in front of whoever read it a node that turns it back.
 */
import type { Dimension, Model, Node } from "../model.ts";
import { applyPatches } from "../patch.ts";

/** The model itself where no input is an image with its channels last. */
export function channelsFirst(model: Model): Model {
	const image = model.graph.inputs.find(({ shape }) => hasChannelsLast(shape));
	if (image === undefined) return model;
	const turned = `${image.name}/channelsLast`;
	const node: Node = {
		name: turned,
		operator: "Transpose",
		domain: "",
		inputs: [image.name],
		outputs: [turned],
		attributes: new Map([["perm", { kind: "ints", value: [0n, 2n, 3n, 1n] }]]),
	};
	const patch = { label: "channels first", nodes: [node], initializers: new Map(), outputs: [] };
	const { graph, ...rest } = applyPatches(model, [{ ...patch, replaced: new Map([[image.name, turned]]) }], "keep");
	const [images = null, rows = null, columns = null, channels = null] = image.shape ?? [];
	const first = { ...image, shape: [images, channels, rows, columns] };
	return { ...rest, graph: { ...graph, inputs: graph.inputs.map((input) => (input === image ? first : input)) } };
}

/** [batch, rows, columns, channels]: an image has four channels at most, and more rows than that. */
export function hasChannelsLast(shape: readonly Dimension[] | null): boolean {
	const [, first, , last] = shape ?? [];
	const isChannels = (side: Dimension | undefined) => typeof side === "number" && side <= 4;
	return shape?.length === 4 && isChannels(last) && !isChannels(first);
}
