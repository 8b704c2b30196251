/** A model as text, a line a node, for reading and for comparing two models with a diff. */
import { elementCount, type Tensor } from "../tensor/tensor.ts";
import { hasNumbers, int64s, isInteger, numbers } from "../tensor/values.ts";
import type { Attribute, Graph, Model, Node, Value } from "./model.ts";

/**
 *     opset 13
 *     input  pixels: float32[batch, 3, 64, 64]
 *     weight patch.weight: float32[192, 3, 8, 8]
 *     patch = Conv(pixels, patch.weight) { strides: [8, 8] }
 *     output logits: float32[batch, 30]
 */
export function printModel(model: Model): string {
	const opsets = [...model.opsets].map(([domain, version]) => `opset ${domain === "" ? "" : `${domain} `}${version}`);
	const functions = model.functions.flatMap(({ name, domain, inputs, outputs, nodes }) => [
		`function ${domain}.${name}(${inputs.join(", ")}) -> ${outputs.join(", ")}`,
		...indented(nodes.flatMap(printNode)),
	]);
	return `${[...opsets, ...printGraph(model.graph), ...functions].join("\n")}\n`;
}

function printGraph(graph: Graph): string[] {
	return [
		...graph.inputs.map((value) => `input  ${printValue(value)}`),
		...[...graph.initializers].map(([name, tensor]) => `weight ${name}: ${printTensor(tensor)}`),
		...graph.nodes.flatMap(printNode),
		...graph.outputs.map((value) => `output ${printValue(value)}`),
	];
}

function printNode(node: Node): string[] {
	const operator = node.domain === "" ? node.operator : `${node.domain}.${node.operator}`;
	const attributes = [...node.attributes].flatMap(([name, attribute]) => {
		const text = printAttribute(attribute);
		return text === null ? [] : [`${name}: ${text}`];
	});
	const subgraphs = [...node.attributes].flatMap(([name, attribute]) =>
		attribute.kind === "graph" ? [`${name}:`, ...indented(printGraph(attribute.value))] : [],
	);
	const inputs = node.inputs.map((name) => name || "_").join(", ");
	const suffix = attributes.length === 0 ? "" : ` { ${attributes.join(", ")} }`;
	return [
		`${node.outputs.map((name) => name || "_").join(", ")} = ${operator}(${inputs})${suffix}`,
		...indented(subgraphs),
	];
}

/** null for a subgraph, which gets lines of its own. */
function printAttribute(attribute: Attribute): string | null {
	switch (attribute.kind) {
		case "graph":
			return null;
		case "string":
			return JSON.stringify(attribute.value);
		case "tensor":
			return printTensor(attribute.value);
		case "unread":
			return `${attribute.value.length} bytes`;
		case "float":
		case "int":
			return `${attribute.value}`;
		case "strings":
			return JSON.stringify(attribute.value);
		default:
			return `[${attribute.value.join(", ")}]`;
	}
}

/** More than these many values say nothing to a reader. */
const printedValues = 8;

function printTensor(tensor: Tensor): string {
	const head = `${tensor.type}[${tensor.shape.join(", ")}]`;
	const count = elementCount(tensor.shape);
	if (count > printedValues || !hasNumbers(tensor.type)) return head;
	const values = isInteger(tensor.type) ? int64s(tensor) : [...numbers(tensor)];
	return `${head} = ${tensor.shape.length === 0 ? `${values[0]}` : `[${values.join(", ")}]`}`;
}

function printValue({ name, type, shape }: Value): string {
	const sides = shape === null ? "" : `[${shape.map((side) => side ?? "?").join(", ")}]`;
	return `${name}: ${type ?? "?"}${sides}`;
}

function indented(lines: readonly string[]): string[] {
	return lines.map((line) => `    ${line}`);
}
