/** Where a model's answer is read: the logits [batch, classes], before a softmax that turns them into probabilities. */
import { notFound, SightlineError } from "../errors.ts";
import type { Graph } from "../onnx/model.ts";
import type { Anatomy, Finding } from "./anatomy.ts";
import type { Flow } from "./flow.ts";
import { movesValues } from "./operators.ts";

export interface Logits {
	readonly output: Anatomy["output"];
	readonly finding: Finding;
	readonly remarks: readonly string[];
}

/**
 * @param declared the tensor that the model's entry names
 * @throws SightlineError NOT_FOUND: there is no such tensor that depends on the image, with near misses; BAD_INPUT: no
 *   output does
 */
export function findLogits(graph: Graph, flow: Flow, declared: string | undefined): Logits {
	const outputs = graph.outputs.map(({ name }) => name).filter((name) => flow.varies(name));
	if (declared !== undefined) {
		const known = [...outputs, ...flow.nodes.flatMap((node) => node.outputs)];
		if (!known.includes(declared)) throw notFound("tensor overrides.output", declared, known);
		const finding = { part: "output", confidence: "certain", reason: "The model's entry names it." } as const;
		return { output: { tensor: declared, classes: flow.shape(declared).at(-1) ?? 0 }, finding, remarks: [] };
	}
	const named = outputs.find((name) => flow.shape(name).length === 2) ?? outputs[0];
	if (named === undefined) {
		const given = graph.outputs.map(({ name }) => name).join(", ") || "none";
		throw new SightlineError("BAD_INPUT", `none of the graph's outputs depends on the image; there are: ${given}`);
	}
	const tensor = beforeSoftmax(flow, named);
	const remarks: string[] = [];
	if (tensor !== named)
		remarks.push(`The output ${named} holds probabilities; the logits are read before its softmax.`);
	if (flow.shape(named).length !== 2) {
		remarks.push(
			`No output is shaped [batch, classes]; ${named} [${flow.shape(named).join(", ")}] is taken for the logits.`,
		);
	}
	const finding = outputFinding(flow, outputs, named);
	return { output: { tensor, classes: flow.shape(tensor).at(-1) ?? 0 }, finding, remarks };
}

function outputFinding(flow: Flow, outputs: readonly string[], named: string): Finding {
	const part = "output";
	if (flow.shape(named).length !== 2)
		return { part, confidence: "guess", reason: "No output is shaped [batch, classes]; the first is taken." };
	return outputs.length === 1
		? { part, confidence: "certain", reason: "It is the only output, shaped [batch, classes]." }
		: {
				part,
				confidence: "likely",
				reason: `It is the first of ${outputs.length} outputs that is shaped [batch, classes].`,
			};
}

function beforeSoftmax(flow: Flow, tensor: string): string {
	for (let at = tensor; ; ) {
		const node = flow.producer(at);
		const [operand] = node === undefined ? [] : flow.operands(node);
		// Nothing but a softmax is worth going back for.
		if (node === undefined || operand === undefined) return tensor;
		if (node.operator === "Softmax" || node.operator === "LogSoftmax") return operand;
		if (!movesValues(node)) return tensor;
		at = operand;
	}
}
