/**
 * Normalisations: one node (BatchNormalization, LayerNormalization, ...) or the arithmetic that exporters spell a
 * LayerNorm with. Where one was folded into its convolution's weights, there is none to find.
 */
import type { Graph, Node } from "../onnx/model.ts";
import { GraphView } from "../onnx/view.ts";
import type { Flow } from "./flow.ts";
import { decomposedLayerNorm } from "./layerNorm.ts";

/** What a norm reads and what leaves it, after scale and shift: tensor names. */
export interface Normalisation {
	readonly input: string;
	readonly output: string;
}

/** Every normalisation, in the order of the forward pass. */
export function findNormalisations(graph: Graph, flow: Flow): Normalisation[] {
	const view = new GraphView(graph);
	return flow.nodes.flatMap((node) => inOneNode(flow, node) ?? decomposedLayerNorm(flow, view, node) ?? []);
}

const normalising: ReadonlySet<string> = new Set([
	"BatchNormalization",
	"LayerNormalization",
	"GroupNormalization",
	"SimplifiedLayerNormalization",
	"RMSNormalization",
]);

function inOneNode(flow: Flow, node: Node): Normalisation | null {
	const [input] = flow.operands(node);
	const [output] = node.outputs;
	return normalising.has(node.operator) && input !== undefined && output !== undefined ? { input, output } : null;
}
