/**
 * How much a graph multiplies and adds: what a pass could cost at best, beside which the bench puts what it does cost.
 * Counted are matrix products and convolutions; element by element work, which memory bounds, is not.
 */
import type { Node } from "../onnx/model.ts";
import { elementCount } from "../tensor/tensor.ts";

type Shapes = ReadonlyMap<string, readonly number[]>;

/** Multiply-adds of the nodes; 0 where a shape is not known. */
export function multiplyAdds(nodes: readonly Node[], shapes: Shapes): number {
	return nodes.reduce((sum, node) => {
		const [first = [], second = []] = node.inputs.map((tensor) => shapes.get(tensor) ?? []);
		const output = shapes.get(node.outputs[0] ?? "");
		return output === undefined ? sum : sum + elementCount(output) * perElement(node, first, second);
	}, 0);
}

/** Multiply-adds for each element of the output. */
function perElement(node: Node, first: readonly number[], second: readonly number[]): number {
	switch (node.operator) {
		case "MatMul":
		case "Gemm":
		case "FusedMatMul":
		case "FusedGemm":
			return summedAxis(node, first);
		case "Conv":
		case "FusedConv":
			// Weights are [channels, channels of the input / groups, ...kernel].
			return elementCount(second.slice(1));
		default:
			return 0;
	}
}

/** The length of the products' sums, from the left operand [..., rows, columns]. */
function summedAxis(node: Node, left: readonly number[]): number {
	if (!isSet(node, "transA")) return left.at(-1) ?? 0;
	// With transBatchA the rows stand before the batch.
	return (isSet(node, "transBatchA") ? left[0] : left.at(-2)) ?? 0;
}

function isSet({ attributes }: Node, name: string): boolean {
	const attribute = attributes.get(name);
	return attribute?.kind === "int" && attribute.value !== 0n;
}
