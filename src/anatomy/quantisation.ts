/**
 * A quantised graph as the network it stands for. Around what is computed in integers stand QuantizeLinear and
 * DequantizeLinear, which round a tensor and give it back: for the question what runs through what they are nothing, so
 * here whoever reads what was rounded reads the tensor itself. The graph that runs keeps them.
 */
import type { Graph } from "../onnx/model.ts";

/** The graph without pairs of QuantizeLinear and DequantizeLinear: every tensor it names is one of the given graph. */
export function withoutQuantisation(graph: Graph): Graph {
	const quantised = new Map<string, string>();
	const exact = new Map<string, string>();
	const [quantize, dequantize] = ["QuantizeLinear", "DequantizeLinear"];
	for (const { operator, inputs, outputs } of graph.nodes) {
		const [input = ""] = inputs;
		const [output = ""] = outputs;
		if (operator === quantize) quantised.set(output, exact.get(input) ?? input);
		const source = quantised.get(input);
		if (operator === dequantize && source !== undefined) exact.set(output, source);
	}
	if (exact.size === 0) return graph;
	const nodes = graph.nodes
		.filter(({ operator, outputs }) => operator !== quantize && !exact.has(outputs[0] ?? ""))
		.map((node) => ({ ...node, inputs: node.inputs.map((input) => exact.get(input) ?? input) }));
	const outputs = graph.outputs.map((value) => ({ ...value, name: exact.get(value.name) ?? value.name }));
	return { ...graph, nodes, outputs };
}
