/**
 * Runs a graph in float64, node by node, through each operator's own evaluation: slow and clear, an oracle for what runs
 * on a device. Whatever floating type a tensor has in the file, it is taken as float64; integers stay as they are.
 */
import { SightlineError } from "../errors.ts";
import type { ElementType, Tensor } from "../tensor/tensor.ts";
import { fromValues, isInteger, numbers } from "../tensor/values.ts";
import type { Attributes, Model, Node } from "./model.ts";
import { operatorOf } from "./ops/index.ts";
import { Call } from "./ops/operator.ts";
import { describe } from "./order.ts";
import { elementTypeNumbers, elementTypeOf } from "./proto.ts";
import { opsetOf } from "./shapes.ts";
import { readTensors } from "./view.ts";

/**
 * @param feeds by name: the graph's inputs, or any tensor of it, which is then not computed
 * @param wanted tensors of the graph; its outputs if left out. What none of them needs is not computed.
 * @returns the tensors wanted, by name
 * @throws SightlineError BAD_INPUT naming a node that has no evaluation, or what is missing
 */
export function interpret(
	model: Model,
	feeds: ReadonlyMap<string, Tensor>,
	wanted: readonly string[] = model.graph.outputs.map(({ name }) => name),
): ReadonlyMap<string, Tensor> {
	const known = new Map<string, Tensor>();
	for (const [name, tensor] of [...model.graph.initializers, ...feeds]) known.set(name, widened(tensor));
	for (const node of nodesFor(model, known, wanted)) {
		for (const [i, tensor] of evaluated(model, node, known).entries())
			known.set(node.outputs[i] ?? "", widened(tensor));
	}
	return new Map(wanted.map((name) => [name, known.get(name) ?? missing(`tensor "${name}"`)]));
}

/** The nodes that lie between what is known and what is wanted. */
function nodesFor(model: Model, known: ReadonlyMap<string, Tensor>, wanted: readonly string[]): readonly Node[] {
	const needed = new Set(wanted);
	const nodes: Node[] = [];
	for (const node of model.graph.nodes.toReversed()) {
		if (!node.outputs.some((output) => needed.has(output) && !known.has(output))) continue;
		nodes.push(node);
		for (const tensor of readTensors(node)) needed.add(tensor);
	}
	return nodes.reverse();
}

function evaluated(model: Model, node: Node, known: ReadonlyMap<string, Tensor>): readonly Tensor[] {
	const inputs = node.inputs.map((name) =>
		name === "" ? null : (known.get(name) ?? missing(`"${name}", which ${describe(node)} reads,`)),
	);
	const shapes = inputs.map((tensor) => tensor?.shape ?? null);
	const call = new Call({ ...node, attributes: inFloat64(node) }, opsetOf(model, node), shapes, inputs);
	const operator = operatorOf(node);
	const found = operator?.shapes(call) ?? null;
	const results = found === null ? null : (operator?.evaluate?.(call, found) ?? null);
	if (results !== null) return results;
	const types = inputs.map((tensor) => tensor?.type ?? "nothing").join(", ");
	const name = node.domain === "" ? node.operator : `${node.domain}.${node.operator}`;
	throw new SightlineError(
		"BAD_INPUT",
		`${describe(node)} cannot be interpreted: ${name} of ${types} has no evaluation`,
		{
			hint: "Give the operator an `evaluate` in src/onnx/ops, or run the model on a device.",
		},
	);
}

/** A cast to any floating type is one to float64: nothing is rounded on the way. */
function inFloat64({ operator, attributes }: Node): Attributes {
	const to = attributes.get("to");
	if (operator !== "Cast" || to?.kind !== "int") return attributes;
	const type = elementTypeOf(Number(to.value));
	if (type === null || !isFloating(type)) return attributes;
	return new Map([...attributes, ["to", { kind: "int", value: BigInt(elementTypeNumbers.float64) }]]);
}

function widened(tensor: Tensor): Tensor {
	return isFloating(tensor.type) ? fromValues("float64", tensor.shape, numbers(tensor)) : tensor;
}

function isFloating(type: ElementType): boolean {
	return !isInteger(type) && type !== "complex64" && type !== "complex128";
}

function missing(what: string): never {
	throw new SightlineError("BAD_INPUT", `${what} is missing`, {
		hint: "Feed every input of the graph, by its name.",
	});
}
