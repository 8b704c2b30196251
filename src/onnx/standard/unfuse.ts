/**
 * Standard nodes in place of fused ones. What an optimiser put into one node has no name in the graph: the weights of an
 * attention, the sum that a norm reads, a convolution before its activation. Spelled out, each is a tensor that can be read,
 * and the result is the same but for rounding.
 *
 * A form that is not covered, as of keys that are masked, is left as it is.
 */
import { createEmitter, type Emitter } from "../emitter.ts";
import type { Model, Node } from "../model.ts";
import { topologicalOrder } from "../order.ts";
import { GraphView } from "../view.ts";
import type { FusedNode, Unfused } from "./fusedNode.ts";
import { activatedConvolution, activatedProduct } from "./unfuseActivation.ts";
import { packedAttention, separateAttention, standardAttention } from "./unfuseAttention.ts";
import { skipNormalization } from "./unfuseNormalization.ts";

const rules: ReadonlyMap<string, (fused: FusedNode) => Unfused | null> = new Map([
	["Attention", standardAttention],
	["com.microsoft.Attention", packedAttention],
	["com.microsoft.MultiHeadAttention", separateAttention],
	["com.microsoft.SkipLayerNormalization", skipNormalization("LayerNormalization")],
	["com.microsoft.SkipSimplifiedLayerNormalization", skipNormalization("SimplifiedLayerNormalization")],
	["com.microsoft.FusedConv", activatedConvolution],
	["com.microsoft.FusedGemm", activatedProduct],
]);

const ruleOf = ({ domain, operator }: Node) => rules.get(domain === "" ? operator : `${domain}.${operator}`);

/** The model itself where it has no node to spell out. */
export function unfuse(model: Model): Model {
	if (!model.graph.nodes.some((node) => ruleOf(node) !== undefined)) return model;
	const emit = createEmitter(model, "unfused");
	const view = new GraphView(model.graph);
	const surroundings = {
		emit,
		constant: (tensor: string) => view.constant(tensor),
		producer: (tensor: string) => view.producer(tensor),
	};
	const replaced = new Map<string, string>();
	const left = model.graph.nodes.filter((node) => {
		const found = ruleOf(node)?.({ node, ...surroundings });
		for (const [output, tensor] of found ?? []) replaced.set(output, tensor);
		return found === undefined || found === null;
	});
	const nodes = topologicalOrder([...left, ...withOwnNames(emit, replaced)]);
	const initializers = new Map([...model.graph.initializers, ...emit.initializers]);
	return { ...model, graph: { ...model.graph, nodes, initializers } };
}

/** The new nodes, each making what the fused one made under the name that had. */
function withOwnNames({ nodes }: Emitter, replaced: ReadonlyMap<string, string>): readonly Node[] {
	const names = new Map<string, string>();
	const copies: Node[] = [];
	for (const [output, tensor] of replaced) {
		const known = names.get(tensor);
		if (known === undefined) names.set(tensor, output);
		// Two fused nodes alike have one in their place: the second output is a copy of the first.
		else
			copies.push({
				name: "",
				operator: "Identity",
				domain: "",
				inputs: [known],
				outputs: [output],
				attributes: new Map(),
			});
	}
	const nameOf = (tensor: string): string => names.get(tensor) ?? tensor;
	return [
		...nodes.map((node) => ({ ...node, inputs: node.inputs.map(nameOf), outputs: node.outputs.map(nameOf) })),
		...copies,
	];
}
