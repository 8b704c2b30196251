/**
 * LayerNorm spelled with arithmetic, as exporters do before opset 17, and frameworks whose own it is: the mean as a sum
 * over a count, the variance as a mean of squares or as what is left of it behind the square of the mean, the division as a
 * product with a reciprocal, and the scale worked into that.
 */
import type { Node } from "../onnx/model.ts";
import { any, constant, either, match, op, type Pattern, type PatternSource } from "../onnx/pattern.ts";
import { numbers } from "../tensor/values.ts";
import type { Flow } from "./flow.ts";
import type { Normalisation } from "./normalisation.ts";

const input = any("input");
const number = (expected: number) => constant(null, (tensor) => numbers(tensor).every((value) => value === expected));
const meanOf = (of: Pattern): Pattern =>
	either(op("ReduceMean", of), op("Div", op("ReduceSum", of), constant()), op("Mul", op("ReduceSum", of), constant()));
const squareOf = (of: Pattern): Pattern => either(op("Pow", of, number(2)), op("Mul", of, of));

const mean = meanOf(input);
const centred = op("Sub", input, mean);
/** E[x^2] - E[x]^2, which rounding may take below 0. */
const difference = op("Sub", meanOf(squareOf(input)), squareOf(mean));
const variance = either(
	meanOf(squareOf(centred)),
	difference,
	op("Max", constant(), difference),
	op("Relu", difference),
);
const widened = op("Add", variance, any("epsilon"));
const root = either(op("Sqrt", widened), op("Pow", widened, number(0.5)));
const inverse = either(op("Reciprocal", root), op("Div", number(1), root), op("Pow", widened, number(-0.5)));
const scaledInverse = op("Mul", inverse, constant());

/** Each is the last node before the scale, or, where the scale is worked in, before the shift or at the end. */
const spellings: readonly { readonly ends: readonly string[]; readonly pattern: Pattern }[] = [
	// (x - mean) / root
	{ ends: ["Div"], pattern: op("Div", centred, root) },
	// (x - mean) * (1 / root), or with the scale worked in: Flax
	{ ends: ["Mul"], pattern: op("Mul", centred, either(inverse, scaledInverse)) },
	// x m + (shift - mean m) with m = scale / root: tf.nn.batch_normalization
	{
		ends: ["Add"],
		pattern: op("Add", op("Mul", input, scaledInverse), op("Sub", constant(), op("Mul", mean, scaledInverse))),
	},
];

/** Half-precision exports compute the mean and the variance in float32. */
const passedOver: ReadonlySet<string> = new Set(["Cast"]);

/** The LayerNorm whose division is `node`, with the scale and shift that may follow; null where `node` is none. */
export function decomposedLayerNorm(flow: Flow, source: PatternSource, node: Node): Normalisation | null {
	const [output = ""] = node.outputs;
	for (const { ends, pattern } of spellings) {
		if (!ends.includes(node.operator)) continue;
		const found = match(source, output, pattern, passedOver);
		if (found.matched)
			return { input: found.tensors.get("input") ?? "", output: affine(flow, affine(flow, output, "Mul"), "Add") };
	}
	return null;
}

/** The tensor after a product with, or a sum of, a constant, where that alone reads `tensor`; else itself. */
export function affine(flow: Flow, tensor: string, operator: "Mul" | "Add"): string {
	for (let at = tensor; ; ) {
		const node = flow.onlyConsumer(at);
		const [output = ""] = node?.outputs ?? [];
		if (node?.operator !== "Cast") return node?.operator === operator && flow.operands(node).length === 1 ? output : at;
		at = output;
	}
}
