/**
 * The units of a convolutional network: convolutions beside a shortcut. Two ("basic") or three ("bottleneck", He et al.
 * 2016, arXiv:1512.03385), a depthwise one between others ("inverted", Sandler et al. 2018, arXiv:1801.04381) or before
 * them ("convnext", Liu et al. 2022, arXiv:2201.03545).
 *
 * A unit's output is read after the activation that follows the addition, as in Raghu et al. 2021, whose ResNets return
 * relu(residual + y) from a unit; a norm is read before the activation that follows it, as the module's own output. In a
 * pre-activation ResNet nothing follows the addition alone, and the sum itself is the output.
 */
import { afterActivation } from "./activation.ts";
import type { Block } from "./anatomy.ts";
import { type ConvolutionPart, convolutionsOf, partsBetween } from "./convolution.ts";
import type { Flow } from "./flow.ts";
import type { Normalisation } from "./normalisation.ts";
import { isConvolution, isNonlinear, movesValues } from "./operators.ts";
import { isMadeBy, type Residual } from "./residual.ts";

/** A block of a convolutional network, with or without an addition. */
export interface Unit {
	readonly kind: Extract<Block["kind"], "basic" | "bottleneck" | "inverted" | "convnext" | "dense" | "plain">;
	readonly input: string;
	/** null where nothing is added */
	readonly residual: Residual | null;
	/** Convolutions, norms and products of the branch, in the order of the forward pass. */
	readonly branch: readonly ConvolutionPart[];
	/** The convolution and norm of a projection shortcut; empty for an identity. */
	readonly projection: readonly ConvolutionPart[];
	readonly output: string;
}

/** @returns the units in the order of the forward pass: the residual additions whose branch holds a convolution */
export function findUnits(
	flow: Flow,
	residuals: readonly Residual[],
	normalisations: readonly Normalisation[],
): Unit[] {
	const candidates = residuals.filter((residual) => residual.nodes.some(isConvolution));
	const inside = new Set(candidates.flatMap(({ nodes }) => nodes));
	const outer = candidates.filter(({ sum }) => !isMadeBy(flow, inside, sum));
	const partsOf = ({ source, branch }: Residual) => partsBetween(flow, normalisations, source, branch);
	const isPreActivated = outer.some((residual) => !residual.projected && partsOf(residual)[0]?.kind === "norm");
	return outer.map((residual): Unit => {
		const { source, branch, stream, sum, projected } = residual;
		// A projection of a pre-activation unit leaves the stream behind the first norm, which is the unit's all the same.
		const beforeNorm = isPreActivated && projected && partsOf(residual)[0]?.kind !== "norm";
		const input = beforeNorm ? inputOfNormBefore(flow, normalisations, source) : source;
		const parts = partsBetween(flow, normalisations, input, branch);
		return {
			kind: kindOf(flow, parts, branch),
			input,
			residual,
			branch: parts,
			projection: projected ? partsBetween(flow, normalisations, source, stream) : [],
			output: afterActivation(flow, sum) ?? sum,
		};
	});
}

/** What the norm reads that stands before a tensor, an activation at most between them; the tensor if there is none. */
function inputOfNormBefore(flow: Flow, normalisations: readonly Normalisation[], tensor: string): string {
	const norm = normalisations.findLast(({ output }) => flow.dominates(output, tensor));
	if (norm === undefined) return tensor;
	const between = flow.between(norm.output, tensor);
	return between.every((node) => isNonlinear(node) || movesValues(node)) ? norm.input : tensor;
}

function kindOf(flow: Flow, parts: readonly ConvolutionPart[], to: string): Unit["kind"] {
	const convolutions = convolutionsOf(flow, parts, to);
	const [first, ...others] = convolutions;
	const products = parts.filter(({ kind }) => kind === "linear").length;
	if (first?.isDepthwise && !others.some((each) => each.isDepthwise) && others.length + products > 1) return "convnext";
	if (convolutions.some((each) => each.isDepthwise)) return "inverted";
	const [last] = others;
	// One convolution in place of expansion and depthwise (Tan and Le 2021, arXiv:2104.00298).
	const isFused =
		others.length === 1 && last?.isPointwise && first?.isPointwise === false && last.channels < first.channels;
	if (isFused) return "inverted";
	return convolutions.length > 2 ? "bottleneck" : "basic";
}
