/**
 * Normalisations: one node (BatchNormalization, LayerNormalization, ...) or the arithmetic that exporters spell a
 * LayerNorm with. Where one was folded into its convolution's weights, there is none to find.
 */
import type { Node } from "../onnx/model.ts";
import type { Flow } from "./flow.ts";
import { decomposedLayerNorm } from "./layerNorm.ts";

/** What a norm reads and what leaves it, after scale and shift: tensor names. */
export interface Normalisation {
	readonly input: string;
	readonly output: string;
}

/** Every normalisation, in the order of the forward pass. */
export function findNormalisations(flow: Flow): Normalisation[] {
	return flow.nodes.flatMap((node) => inOneNode(flow, node) ?? decomposedLayerNorm(flow, node) ?? []);
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
