/**
 * Normalisations: one node (BatchNormalization, LayerNormalization, ...) or the arithmetic that exporters spell a
 * LayerNorm with. Where one was folded into its convolution's weights, there is none to find.
 */
import type { Graph, Node } from "../onnx/model.ts";
import { GraphView } from "../onnx/view.ts";
import type { Flow } from "./flow.ts";
import { affine, decomposedLayerNorm } from "./layerNorm.ts";
import { channelwise, inLayoutOf, origin } from "./operators.ts";

/** What a norm reads and what leaves it, after scale and shift: tensor names. */
export interface Normalisation {
	readonly input: string;
	readonly output: string;
}

/** Every normalisation, in the order of the forward pass. */
export function findNormalisations(graph: Graph, flow: Flow): Normalisation[] {
	const view = new GraphView(graph);
	const found = flow.nodes.flatMap(
		(node) => inOneNode(flow, node) ?? groupNorm(flow, node) ?? decomposedLayerNorm(flow, view, node) ?? [],
	);
	const outputs = new Set(found.map(({ output }) => output));
	const affine = flow.nodes.flatMap((node) => batchNormOfScales(flow, node) ?? []);
	const all = [...found, ...affine.filter(({ output }) => !outputs.has(output))];
	const position = ({ output }: Normalisation) => flow.position(flow.producer(output) as Node); // a norm is no image
	return all.sort((a, b) => position(a) - position(b));
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
	if (!normalising.has(node.operator) || input === undefined || output === undefined) return null;
	if (node.operator !== "SimplifiedLayerNormalization") return { input, output };
	// ONNX Runtime takes the rest of a LayerNorm for this one where the mean was taken off before, and a shift comes after.
	const centring = flow.producer(input);
	const mean = flow.producer(centring?.inputs[1] ?? "");
	const isCentred =
		centring?.operator === "Sub" && mean?.operator === "ReduceMean" && mean.inputs[0] === centring.inputs[0];
	return isCentred ? { input: centring.inputs[0] ?? input, output: affine(flow, output, "Add") } : { input, output };
}

/** BatchNorm with its statistics worked in: a scale and a shift for each channel of a map. */
function batchNormOfScales(flow: Flow, node: Node): Normalisation | null {
	const [input] = flow.operands(node);
	const [output = ""] = node.outputs;
	if (node.operator !== "Mul" || input === undefined || channelwise(flow, input, "Mul") !== output) return null;
	const shifted = channelwise(flow, output, "Add");
	return shifted === null ? null : { input: origin(flow, input), output: shifted };
}

/**
 * GroupNorm before opset 18 (Wu and He 2018, arXiv:1803.08494): groups of channels, each laid out as one row of an
 * InstanceNormalization, turned back, and then scale and shift. Without the turning it is an instance norm.
 */
function groupNorm(flow: Flow, node: Node): Normalisation | null {
	const [operand, output] = [flow.operands(node)[0], node.outputs[0]];
	if (node.operator !== "InstanceNormalization" || operand === undefined || output === undefined) return null;
	const input = origin(flow, operand);
	const back = inLayoutOf(flow, output, input);
	return { input, output: affine(flow, affine(flow, back, "Mul"), "Add") };
}
