/** Where a model's answer is read: the logits [batch, classes], before a softmax that turns them into probabilities. */
import type { Graph } from "../onnx/model.ts";
import type { Anatomy } from "./anatomy.ts";
import type { Flow } from "./flow.ts";
import { movesValues } from "./operators.ts";

export function findLogits(graph: Graph, flow: Flow): { output: Anatomy["output"]; remarks: string[] } {
	const outputs = graph.outputs.map(({ name }) => name).filter((name) => flow.varies(name));
	const named = outputs.find((name) => flow.shape(name).length === 2) ?? outputs[0] ?? "";
	const tensor = beforeSoftmax(flow, named);
	const remarks: string[] = [];
	if (tensor !== named)
		remarks.push(`The output ${named} holds probabilities; the logits are read before its softmax.`);
	if (flow.shape(named).length !== 2) {
		remarks.push(
			`No output is shaped [batch, classes]; ${named} [${flow.shape(named).join(", ")}] is taken for the logits.`,
		);
	}
	return { output: { tensor, classes: flow.shape(tensor).at(-1) ?? 0 }, remarks };
}

function beforeSoftmax(flow: Flow, tensor: string): string {
	const node = flow.producer(tensor);
	const [operand] = node === undefined ? [] : flow.operands(node);
	if (node === undefined || operand === undefined) return tensor;
	if (node.operator === "Softmax" || node.operator === "LogSoftmax") return operand;
	if (!movesValues(node)) return tensor;
	const before = beforeSoftmax(flow, operand);
	// Nothing but a softmax is worth going back for.
	return before === operand ? tensor : before;
}
