/**
 * How many parameters a model has: elements of the floating-point weights that the graph reads.
 *
 * A weight is a floating-point constant with more than one element (an initializer, a Constant node, or a ConstantOfShape
 * whose shape does not depend on the image) whose values reach a varying tensor by arithmetic; one element counts only as
 * an operand of a convolution, a matrix product or a normalisation (a bias of one class). So the constants exporters
 * write, epsilon, 0.5, sqrt(2), scale factors, are none; nor are shapes, scales of a resize, or bounds. A weight is
 * counted once however often it is read, transposed or pre-folded alike. An Identity of a weight is one of its own: so
 * PyTorch writes parameters that happen to have equal values, as those of untrained norms. As usual in the field, the
 * running mean and variance of BatchNormalization are statistics, not parameters: ResNet-50 has 25 557 032.
 */
import type { Graph, Node } from "../onnx/model.ts";
import { GraphView } from "../onnx/view.ts";
import { type ElementType, elementCount } from "../tensor/tensor.ts";
import { integers } from "../tensor/values.ts";
import type { Flow } from "./flow.ts";

export function countParameters(graph: Graph, flow: Flow): number {
	const view = new GraphView(graph);
	const counted = new Map<string, number>();
	const visited = new Set<string>();

	/** Counts the weights among what a constant tensor was made from. */
	const visit = (start: string, mayBeSingle: boolean): void => {
		const open = [start];
		for (let tensor = open.pop(); tensor !== undefined; tensor = open.pop()) {
			const size = weightSize(view, tensor);
			if (size !== null) {
				if (size > 1 || mayBeSingle) counted.set(tensor, size);
				continue;
			}
			const maker = view.producer(tensor);
			if (maker === null || visited.has(tensor)) continue;
			visited.add(tensor);
			open.push(...arithmeticInputs(maker));
		}
	};

	for (const node of flow.nodes) {
		for (const input of arithmeticInputs(node)) {
			if (!flow.varies(input)) visit(input, takesWeights.has(node.operator));
		}
	}
	return [...counted.values()].reduce((sum, size) => sum + size, 0);
}

const floating: ReadonlySet<ElementType> = new Set(["float32", "float64", "float16", "bfloat16"]);

/** Operators whose further inputs are weights, even of one element. */
const takesWeights: ReadonlySet<string> = new Set([
	"Conv",
	"ConvTranspose",
	"Gemm",
	"MatMul",
	"BatchNormalization",
	"InstanceNormalization",
	"LayerNormalization",
	"GroupNormalization",
]);

/** How many inputs of an operator enter its arithmetic, where not all do: the others are shapes, indices, bounds, statistics. */
const arithmeticInputCounts: ReadonlyMap<string, number> = new Map([
	["Shape", 0],
	["Size", 0],
	["ConstantOfShape", 0],
	["Range", 0],
	["BatchNormalization", 3],
	["Reshape", 1],
	["Expand", 1],
	["Tile", 1],
	["Slice", 1],
	["Gather", 1],
	["Split", 1],
	["Squeeze", 1],
	["Unsqueeze", 1],
	["Pad", 1],
	["Resize", 1],
	["Upsample", 1],
	["Clip", 1],
	["Dropout", 1],
	["TopK", 1],
]);

function arithmeticInputs(node: Node): string[] {
	return node.inputs.slice(0, arithmeticInputCounts.get(node.operator)).filter((input) => input !== "");
}

/** Elements of a constant that holds floating-point numbers, 0 for any other constant; null for what is computed. */
function weightSize(view: GraphView, tensor: string): number | null {
	const maker = view.producer(tensor);
	const constant = view.constant(tensor);
	if (constant !== null) return floating.has(constant.type) ? elementCount(constant.shape) : 0;
	if (maker === null || maker.operator === "Constant") return 0;
	if (maker.operator !== "ConstantOfShape") return null;
	// A shape that is computed, from the batch for one, makes no weight. Without a value the fill is a float32 zero.
	const shape = view.constant(maker.inputs[0] ?? "");
	const fill = maker.attributes.get("value");
	const isFloating = fill?.kind !== "tensor" || floating.has(fill.value.type);
	return shape !== null && isFloating ? elementCount(integers(shape)) : 0;
}
