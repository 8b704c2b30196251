/**
 * A free batch for a model exported with a fixed one. The number of images is written into the input, and from there into
 * the targets of Reshapes and into constants that were expanded to the batch before the export. The graph is walked with
 * the batch as declared and with twice as many images: where the second walk does not double, the number is found.
 */
import { SightlineError } from "../errors.ts";
import { elementCount, type Tensor } from "../tensor/tensor.ts";
import { integers } from "../tensor/values.ts";
import { createEmitter, type Emitter } from "./emitter.ts";
import type { Model, Node, Value } from "./model.ts";
import { operatorOf } from "./ops/index.ts";
import type { Shape } from "./ops/operator.ts";
import { describe } from "./order.ts";
import { inferNode, type Known, opsetOf, startInference } from "./shapes.ts";

/**
 * @returns the model itself if its batch is free already; else one whose inputs and outputs begin with "batch"
 * @throws SightlineError BAD_INPUT naming the node at which images cannot be kept apart, or cannot be followed
 */
export function rebatch(model: Model): Model {
	const images = model.graph.inputs[0]?.shape?.[0];
	if (typeof images !== "number") return model;
	const fixed = new Map(
		model.graph.inputs.filter(({ shape }) => shape?.[0] === images).map((input) => [input.name, input]),
	);
	const once = startInference(model.graph, shapesWith([...fixed.values()], images));
	const twice = startInference(model.graph, shapesWith([...fixed.values()], 2 * images));
	const emitter = createEmitter(model, "rebatch");
	const walk: Walk = { images, once, twice, emitter };

	const nodes = model.graph.nodes.flatMap((node) => {
		const emitted = emitter.nodes.length;
		inferNode(node, opsetOf(model, node), once);
		const freed = freedNode(node, walk);
		const all = [...emitter.nodes.slice(emitted), freed];
		for (const [name, tensor] of emitter.initializers) know(twice, name, tensor);
		try {
			for (const each of all) inferNode(each, opsetOf(model, each), twice);
		} catch (cause) {
			throw refused(node, cause instanceof Error ? cause.message : String(cause), cause);
		}
		checkBatch(freed, walk);
		return all;
	});
	const initializers = new Map([...model.graph.initializers, ...emitter.initializers]);
	const inputs = model.graph.inputs.map((input) => (fixed.has(input.name) ? withFreeAxis(input, 0) : input));
	const outputs = model.graph.outputs.map((output) => withFreeAxis(output, batchAxis(output.name, walk)));
	return { ...model, graph: { ...model.graph, nodes, initializers, inputs, outputs, values: [] } };
}

interface Walk {
	/** The declared batch. */
	readonly images: number;
	/** What is known with that batch in the graph as it is, and with twice that in the new one. */
	readonly once: Known;
	readonly twice: Known;
	/** Makes the new nodes and constants. */
	readonly emitter: Emitter;
}

function shapesWith(inputs: readonly Value[], images: number): ReadonlyMap<string, Shape> {
	return new Map(
		inputs.map(({ name, shape }) => {
			const sides = (shape ?? []).slice(1).map((side) => {
				if (typeof side === "number") return side;
				throw new SightlineError("BAD_INPUT", `input "${name}" has a fixed batch of ${images} but a side that is not`, {
					hint: "Export the model with a dynamic batch.",
				});
			});
			return [name, [images, ...sides]];
		}),
	);
}

function know(known: Known, name: string, tensor: Tensor): void {
	known.constants.set(name, tensor);
	known.shapes.set(name, tensor.shape);
}

/** The axis along which a tensor doubles with the batch; null if its shape does not depend on it, or is not known. */
function batchAxis(tensor: string, { once, twice }: Walk): number | null {
	const [a, b] = [once.shapes.get(tensor), twice.shapes.get(tensor)];
	if (a === undefined || b === undefined || a.length !== b.length) return null;
	const axes = a.flatMap((side, axis) => (side === b[axis] ? [] : [axis]));
	const [axis] = axes;
	return axis !== undefined && axes.length === 1 && b[axis] === 2 * (a[axis] as number) ? axis : null;
}

/** The node, reading something else where what it reads has the batch written into it. */
function freedNode(node: Node, walk: Walk): Node {
	if (node.domain !== "") return node;
	if (node.operator === "Reshape") return freedReshape(node, walk);
	if (node.operator === "Concat") return freedConcat(node, walk);
	return node;
}

/** A target with the batch in it gets -1 there, and elsewhere the sides that came out with the declared batch. */
function freedReshape(node: Node, walk: Walk): Node {
	const [data = "", target = ""] = node.inputs;
	const axis = batchAxis(data, walk);
	const input = walk.once.shapes.get(data);
	const output = walk.once.shapes.get(node.outputs[0] ?? "");
	const written = walk.once.constants.get(target);
	const writtenTwice = walk.twice.constants.get(target);
	if (axis === null || !input || !output || !written || !writtenTwice) return node;
	const sides = integers(written);
	// A target that is computed from the batch has changed with it.
	if (integers(writtenTwice).some((side, i) => side !== sides[i])) return node;
	// Elements stay in order: the batch comes after as many as before, alone on its axis or merged with what follows.
	const before = elementCount(input.slice(0, axis));
	const candidates = output.flatMap((side, i) =>
		elementCount(output.slice(0, i)) === before && side % walk.images === 0 ? [i] : [],
	);
	const place = candidates.find((i) => output[i] === walk.images) ?? candidates[0];
	// -1 takes what is left, 0 copies the input's side: both are free already.
	if (place === undefined || (sides[place] ?? 0) <= 0) return node;
	return { ...node, inputs: [data, walk.emitter.ints(output.with(place, -1))] };
}

/** A constant that stands beside each image (a class token) is expanded to as many images as its neighbours have. */
function freedConcat(node: Node, walk: Walk): Node {
	const neighbour = node.inputs.find((input) => batchAxis(input, walk) !== null);
	const axis = neighbour === undefined ? null : batchAxis(neighbour, walk);
	if (neighbour === undefined || axis === null) return node;
	const inputs = node.inputs.map((input) => {
		const shape = walk.twice.shapes.get(input);
		const isBesideEach = walk.images === 1 && shape?.[axis] === 1 && batchAxis(input, walk) === null;
		return isBesideEach ? expanded(input, shape, neighbour, axis, walk.emitter) : input;
	});
	return { ...node, inputs };
}

/** The tensor with as many entries along an axis as another tensor has there. */
function expanded(tensor: string, shape: Shape, neighbour: string, axis: number, emitter: Emitter): string {
	const images = emitter.add("Gather", [emitter.add("Shape", [neighbour]), emitter.ints([axis])], { axis: 0 });
	const others = (count: number): string[] => (count === 0 ? [] : [emitter.ints(new Array<number>(count).fill(1))]);
	const sides = [...others(axis), images, ...others(shape.length - axis - 1)];
	return emitter.add("Expand", [tensor, emitter.add("Concat", sides, { axis: 0 })]);
}

/** What depends on the images must keep them apart along one axis. */
function checkBatch(node: Node, walk: Walk): void {
	if (operatorOf(node)?.reads === "shapes") return;
	const { shapes } = walk.twice;
	const isRead = (input: string): boolean => input !== "" && (!shapes.has(input) || batchAxis(input, walk) !== null);
	if (!node.inputs.some(isRead)) return;
	for (const output of node.outputs) {
		if (output === "" || batchAxis(output, walk) !== null) continue;
		if (!shapes.has(output)) throw refused(node, "what shape it gives is not known");
		const [a, b] = [walk.once, walk.twice].map((known) => `[${known.shapes.get(output)?.join(", ")}]`);
		throw refused(node, `it gives ${a} for ${walk.images} images and ${b} for ${2 * walk.images}`);
	}
}

function refused(node: Node, reason: string, cause?: unknown): SightlineError {
	return new SightlineError(
		"BAD_INPUT",
		`the batch is fixed in the graph and cannot be freed at ${describe(node)}: ${reason}`,
		{
			hint: "Export the model with a dynamic batch.",
			cause,
		},
	);
}

function withFreeAxis(value: Value, axis: number | null): Value {
	if (axis === null || value.shape === null) return value;
	return { ...value, shape: value.shape.map((side, i) => (i === axis ? "batch" : side)) };
}
