/** LayerNorm spelled with arithmetic, as exporters do before opset 17. */
import type { Node } from "../onnx/model.ts";
import { any, constant, either, match, op, type PatternSource } from "../onnx/pattern.ts";
import { numbers } from "../tensor/values.ts";
import type { Flow } from "./flow.ts";
import type { Normalisation } from "./normalisation.ts";

const input = any("input");
const centred = op("Sub", input, op("ReduceMean", input));
const two = constant(null, (tensor) => numbers(tensor).every((value) => value === 2));
const variance = op("ReduceMean", either(op("Pow", centred, two), op("Mul", centred, centred)));
const root = op("Sqrt", op("Add", variance, any("epsilon")));
const normalised = either(op("Div", centred, root), op("Mul", centred, op("Reciprocal", root)));

/** Half-precision exports compute the mean and the variance in float32. */
const passedOver: ReadonlySet<string> = new Set(["Cast"]);

/** The LayerNorm whose division is `node`, with the scale and shift that may follow; null where `node` is none. */
export function decomposedLayerNorm(flow: Flow, source: PatternSource, node: Node): Normalisation | null {
	if (node.operator !== "Div" && node.operator !== "Mul") return null;
	const [output = ""] = node.outputs;
	const found = match(source, output, normalised, passedOver);
	if (!found.matched) return null;
	return { input: found.tensors.get("input") ?? "", output: affine(flow, affine(flow, output, "Mul"), "Add") };
}

/** The tensor after a product with, or a sum of, a constant, where that alone reads `tensor`; else itself. */
export function affine(flow: Flow, tensor: string, operator: "Mul" | "Add"): string {
	const node = flow.onlyConsumer(tensor);
	const [output = ""] = node?.outputs ?? [];
	if (node?.operator === "Cast") return affine(flow, output, operator);
	return node?.operator === operator && flow.operands(node).length === 1 ? output : tensor;
}
