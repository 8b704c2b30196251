/** How the last block's output becomes one vector an image: by the class token, or by the mean over tokens or positions. */
import type { Node } from "../onnx/model.ts";
import { integers } from "../tensor/values.ts";
import type { Flow } from "./flow.ts";

/**
 * The first node after the last block that takes token 0 ("cls") or averages over all tokens or positions ("gap"); null
 * where neither is there (as where a map is flattened whole).
 *
 * @param last output of the last block: [batch, tokens, width] or [batch, channels, rows, columns]
 */
export function findPooling(flow: Flow, last: string, output: string): "cls" | "gap" | null {
	for (const node of flow.between(last, output)) {
		const [operand = ""] = flow.operands(node);
		const [before, after] = [flow.shape(operand), flow.shape(node.outputs[0] ?? "")];
		if (before.length !== flow.shape(last).length) continue;
		const pooled = before.length === 3 ? poolsTokens(flow, node, before, after) : poolsMap(node, before, after);
		if (pooled !== null) return pooled;
	}
	return null;
}

const means: ReadonlySet<string> = new Set(["ReduceMean", "ReduceSum", "GlobalAveragePool", "AveragePool"]);

function poolsTokens(
	flow: Flow,
	node: Node,
	before: readonly number[],
	after: readonly number[],
): "cls" | "gap" | null {
	const [, tokens = 0, width = 0] = before;
	const kept = after.slice(1).reduce((product, side) => product * side, 1);
	const isMean = means.has(node.operator) && (kept === width || kept === tokens);
	// A mean over the last axis is a normalisation's, unless the tokens were turned there to be averaged.
	if (isMean) return node.operator === "ReduceMean" && after[1] === tokens && after.length === 3 ? null : "gap";
	const takesOne = (node.operator === "Gather" || node.operator === "Slice") && kept === width && tokens > 1;
	return takesOne && firstIndex(flow, node) === 0 ? "cls" : null;
}

function poolsMap(node: Node, before: readonly number[], after: readonly number[]): "gap" | null {
	const positions = (shape: readonly number[]) => (shape[2] ?? 1) * (shape[3] ?? 1);
	return means.has(node.operator) && positions(after) === 1 && positions(before) > 1 ? "gap" : null;
}

/** Where a Gather or Slice begins: an input, or before opset 10 an attribute of Slice. */
function firstIndex(flow: Flow, node: Node): number | null {
	const starts = node.attributes.get("starts");
	if (starts?.kind === "ints") return Number(starts.value[0]);
	const index = flow.constant(node.inputs[1] ?? "");
	return index === undefined ? null : (integers(index)[0] ?? null);
}
