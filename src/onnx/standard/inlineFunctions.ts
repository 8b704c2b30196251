/**
 * The nodes of the functions that a model brings along (FunctionProto) in place of the calls, as exporters that keep a
 * network's modules write them: then a graph has no operator that only the model itself knows.
 */
import { SightlineError } from "../../errors.ts";
import { mostNodes } from "../limits.ts";
import type { Attribute, Attributes, Graph, LocalFunction, Model, Node } from "../model.ts";
import { describe, topologicalOrder } from "../order.ts";
import { attributeProto } from "../proto.ts";
import { readMessage } from "../wire.ts";

/** Calls within calls. */
const deepest = 64;

/** @throws SightlineError BAD_INPUT: functions that call themselves, grow without bound, or are of another opset */
export function inlineFunctions(model: Model): Model {
	if (model.functions.length === 0) return model;
	const functions = new Map(model.functions.map((each) => [keyOf(each.domain, each.name), each]));
	const inlining = new Inlining(model, functions);
	const nodes = model.graph.nodes.flatMap((node) => inlining.expand(node, 0));
	const opsets = new Map(model.opsets);
	for (const { opsets: own } of model.functions)
		for (const [domain, version] of own) if (!opsets.has(domain)) opsets.set(domain, version);
	return { ...model, opsets, functions: [], graph: { ...model.graph, nodes: topologicalOrder(nodes) } };
}

const keyOf = (domain: string, name: string): string => `${domain}\n${name}`;

class Inlining {
	readonly #model: Model;
	readonly #functions: ReadonlyMap<string, LocalFunction>;
	#calls = 0;
	#nodes = 0;

	constructor(model: Model, functions: ReadonlyMap<string, LocalFunction>) {
		this.#model = model;
		this.#functions = functions;
	}

	/** The node, or those of the function that it calls. */
	expand(node: Node, depth: number): readonly Node[] {
		const called = this.#functions.get(keyOf(node.domain, node.operator));
		if (++this.#nodes > mostNodes) throw refused(node, `its functions come to more than ${mostNodes} nodes`);
		if (called === undefined) return [node];
		if (depth === deepest)
			throw refused(node, `its functions are nested more than ${deepest} deep, or call themselves`);
		for (const [domain, version] of called.opsets) {
			const own = this.#model.opsets.get(domain) ?? version;
			if (own !== version)
				throw refused(node, `it is written in version ${version} of "${domain}", the graph in ${own}`);
		}
		const names = this.#namesOf(called, node);
		const given = new Map([...(called.defaults ?? []), ...node.attributes]);
		return called.nodes.flatMap((each) => this.expand(placed(each, names, given), depth + 1));
	}

	/** What each name inside is called outside: the call's own tensors, or else new ones. */
	#namesOf(called: LocalFunction, node: Node): (name: string) => string {
		const names = new Map([["", ""]]);
		for (const [index, name] of called.inputs.entries()) names.set(name, node.inputs[index] ?? "");
		for (const [index, name] of called.outputs.entries()) {
			const outside = node.outputs[index];
			if (outside !== undefined && outside !== "") names.set(name, outside);
		}
		const prefix = `${called.name}.${this.#calls++}`;
		return (name) => {
			const known = names.get(name) ?? `${prefix}/${name}`;
			names.set(name, known);
			return known;
		};
	}
}

/** A node of a function with the call's tensors and attributes, in its subgraphs too. */
function placed(node: Node, nameOf: (name: string) => string, given: Attributes): Node {
	const attributes = [...node.attributes].flatMap(([name, attribute]): [string, Attribute][] => {
		const reference = attribute.kind === "unread" ? readMessage(attributeProto, attribute.value).reference : undefined;
		if (reference !== undefined && reference !== "") {
			const value = given.get(reference);
			return value === undefined ? [] : [[name, value]];
		}
		return [
			[
				name,
				attribute.kind === "graph" ? { kind: "graph", value: placedGraph(attribute.value, nameOf, given) } : attribute,
			],
		];
	});
	return {
		...node,
		inputs: node.inputs.map(nameOf),
		outputs: node.outputs.map(nameOf),
		attributes: new Map(attributes),
	};
}

function placedGraph(graph: Graph, nameOf: (name: string) => string, given: Attributes): Graph {
	const renamed = <T extends { readonly name: string }>(value: T): T => ({ ...value, name: nameOf(value.name) });
	return {
		...graph,
		nodes: graph.nodes.map((node) => placed(node, nameOf, given)),
		initializers: new Map([...graph.initializers].map(([name, tensor]) => [nameOf(name), tensor])),
		inputs: graph.inputs.map(renamed),
		outputs: graph.outputs.map(renamed),
		values: graph.values.map(renamed),
	};
}

function refused(node: Node, reason: string): SightlineError {
	return new SightlineError(
		"BAD_INPUT",
		`the function that ${describe(node)} calls cannot be put in its place: ${reason}`,
		{
			hint: "Inline the model's functions with onnx.inliner, or export it again.",
		},
	);
}
