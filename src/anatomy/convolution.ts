/** What a convolution does to the channels of a map, and the convolutions, norms and products that a way leads through. */
import type { Node } from "../onnx/model.ts";
import type { Flow } from "./flow.ts";
import type { Normalisation } from "./normalisation.ts";
import { channelwise, isConvolution, isLinear, isNonlinear } from "./operators.ts";

/** A convolution's, a norm's or a matrix product's output. */
export interface ConvolutionPart {
	readonly kind: "convolution" | "norm" | "linear";
	readonly tensor: string;
}

/**
 * The convolutions, norms and products with weights that all ways from one tensor to another lead through: those beside
 * the way, such as the gates of squeeze-and-excitation, are none of them.
 */
export function partsBetween(
	flow: Flow,
	normalisations: readonly Normalisation[],
	from: string,
	to: string,
): ConvolutionPart[] {
	const norms = new Set(normalisations.map(({ output }) => output));
	return flow.spine(from, to).flatMap((tensor): ConvolutionPart[] => {
		const node = flow.producer(tensor);
		if (node !== undefined && isConvolution(node)) return [{ kind: "convolution", tensor }];
		if (norms.has(tensor)) return [{ kind: "norm", tensor }];
		return node !== undefined && isLinear(flow, node) ? [{ kind: "linear", tensor }] : [];
	});
}

/** A part's output, of a convolution behind a bias that is a node of its own. */
export function withBias(flow: Flow, { kind, tensor }: ConvolutionPart): string {
	return kind === "convolution" ? (channelwise(flow, tensor, "Add") ?? tensor) : tensor;
}

/** A convolution on a chain of them. */
export interface Convolution {
	/** Its output, and that of the norm behind it, or else its own behind its bias. */
	readonly tensor: string;
	readonly end: string;
	/** What it reads. */
	readonly input: string;
	readonly inputChannels: number;
	readonly channels: number;
	/** Each channel by itself (Chollet 2017, arXiv:1610.02357). */
	readonly isDepthwise: boolean;
	/** Each position by itself. */
	readonly isPointwise: boolean;
	/** An activation, or a gate, lies between it and what comes next. */
	readonly bends: boolean;
}

/** The convolutions among parts, in their order; `to` is where the way ends. */
export function convolutionsOf(flow: Flow, parts: readonly ConvolutionPart[], to: string): Convolution[] {
	const indices = parts.flatMap(({ kind }, index) => (kind === "convolution" ? [index] : []));
	return indices.map((index, at) => {
		const part = parts[index] as ConvolutionPart; // an index of parts
		const { tensor } = part;
		const behind = parts[index + 1];
		const end = behind?.kind === "norm" ? behind.tensor : withBias(flow, part);
		const node = flow.producer(tensor) as Node; // a convolution is no image
		const next = flow.producer(parts[indices[at + 1] ?? -1]?.tensor ?? "");
		const reads = next === undefined ? to : (flow.operands(next)[0] ?? to);
		return {
			tensor,
			end,
			input: flow.operands(node)[0] ?? "",
			...weightsOf(flow, node),
			bends: flow.between(end, reads).some(isNonlinear),
		};
	});
}

function weightsOf(flow: Flow, node: Node) {
	const [channels = 0, perGroup = 0, ...kernel] = flow.shape(node.inputs[1] ?? "");
	const group = node.attributes.get("group");
	const groups = group?.kind === "int" ? Number(group.value) : 1;
	return {
		channels,
		inputChannels: perGroup * groups,
		isDepthwise: groups > 1 && perGroup === 1,
		isPointwise: kernel.every((side) => side === 1),
	};
}
