/** How the last block's output becomes one vector an image: by the class token, or by the mean over tokens or positions. */
import type { Node } from "../onnx/model.ts";
import { integers } from "../tensor/values.ts";
import type { Anatomy } from "./anatomy.ts";
import type { ChannelAxes } from "./axes.ts";
import type { Flow } from "./flow.ts";

/**
 * Which of taking token 0 ("cls") and averaging over all tokens or positions ("gap") comes first after the last block; both
 * where the classifier reads both; null where neither is there (as where a map is flattened whole).
 *
 * @param last output of the last block: [batch, tokens, width], or a map of any order of axes
 */
export function findPooling(flow: Flow, axes: ChannelAxes, last: string, output: string): Anatomy["pooling"] {
	const found = new Set(flow.between(last, output).flatMap((node) => poolingOf(flow, axes, node) ?? []));
	if (found.size === 2) return "cls+gap";
	return [...found][0] ?? null;
}

function poolingOf(flow: Flow, axes: ChannelAxes, node: Node): "cls" | "gap" | null {
	const [operand = ""] = flow.operands(node);
	const axis = axes.get(operand);
	const before = flow.shape(operand);
	const after = flow.shape(node.outputs[0] ?? "");
	if (axis === undefined || before.length < 3) return null;
	const channels = before[axis] ?? 0;
	const product = (shape: readonly number[]) => shape.slice(1).reduce((a, b) => a * b, 1);
	// One vector an image is left of several; a mean over the channels is a norm's.
	if (product(after) !== channels || product(before) === channels) return null;
	if (means.has(node.operator) && isOverBatch(flow, node, before.length)) return null;
	if (means.has(node.operator)) return after.length === before.length && after[axis] !== channels ? null : "gap";
	const takesOne = (node.operator === "Gather" || node.operator === "Slice") && before.length === 3;
	return takesOne && firstIndex(flow, node) === 0 ? "cls" : null;
}

const means: ReadonlySet<string> = new Set(["ReduceMean", "ReduceSum", "GlobalAveragePool", "AveragePool"]);

/** Whether a reduction takes the first axis too: branches that were stacked before it, say, whose logits are averaged. */
function isOverBatch(flow: Flow, node: Node, rank: number): boolean {
	const given = node.attributes.get("axes");
	const table = flow.constant(node.inputs[1] ?? "");
	const axes = given?.kind === "ints" ? given.value.map(Number) : table === undefined ? [] : integers(table);
	return axes.includes(0) || axes.includes(-rank);
}

/** Where a Gather or Slice begins: an input, or before opset 10 an attribute of Slice. */
function firstIndex(flow: Flow, node: Node): number | null {
	const starts = node.attributes.get("starts");
	if (starts?.kind === "ints") return Number(starts.value[0]);
	const index = flow.constant(node.inputs[1] ?? "");
	return index === undefined ? null : (integers(index)[0] ?? null);
}
