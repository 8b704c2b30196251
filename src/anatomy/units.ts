/**
 * The units of a ResNet: two convolutions ("basic") or three ("bottleneck") beside a shortcut (He et al. 2016,
 * arXiv:1512.03385), in stages of one resolution.
 *
 * A unit's output is read after the activation that follows the addition, as in Raghu et al. 2021, whose ResNets return
 * relu(residual + y) from a unit; a norm is read before the activation that follows it, as the module's own output. In a
 * pre-activation ResNet nothing follows the addition alone, and the sum itself is the output.
 */
import { afterActivation } from "./activation.ts";
import type { Block } from "./anatomy.ts";
import type { Flow } from "./flow.ts";
import type { Normalisation } from "./normalisation.ts";
import { isConvolution } from "./operators.ts";
import type { Residual } from "./residual.ts";

export interface Unit {
	readonly residual: Residual;
	readonly kind: Extract<Block["kind"], "bottleneck" | "basic">;
	readonly stage: number;
	/** Convolutions and norms of the branch, in the order of the forward pass. */
	readonly branch: readonly ConvolutionPart[];
	/** The convolution and norm of a projection shortcut; empty for an identity. */
	readonly projection: readonly ConvolutionPart[];
	readonly output: string;
}

/** A convolution's or a norm's output: [batch, channels, rows, columns]. */
export interface ConvolutionPart {
	readonly kind: "convolution" | "norm";
	readonly tensor: string;
}

/** @returns the units in the order of the forward pass: the residual additions whose branch holds a convolution */
export function findUnits(
	flow: Flow,
	residuals: readonly Residual[],
	normalisations: readonly Normalisation[],
): Unit[] {
	const units: Unit[] = [];
	for (const residual of residuals) {
		if (!residual.nodes.some(isConvolution)) continue;
		const { source, branch, stream, sum } = residual;
		const parts = partsBetween(flow, normalisations, source, branch);
		const output = afterActivation(flow, sum) ?? sum;
		const before = units.at(-1);
		const isSameStage = before !== undefined && sides(flow, before.output) === sides(flow, output);
		units.push({
			residual,
			kind: parts.filter(({ kind }) => kind === "convolution").length > 2 ? "bottleneck" : "basic",
			stage: before === undefined ? 0 : isSameStage ? before.stage : before.stage + 1,
			branch: parts,
			projection: residual.projected ? partsBetween(flow, normalisations, source, stream) : [],
			output,
		});
	}
	return units;
}

/**
 * The convolutions and norms that all ways from one tensor to another lead through: those beside the way, such as the
 * gates of squeeze-and-excitation, are none of them.
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
		return norms.has(tensor) ? [{ kind: "norm", tensor }] : [];
	});
}

/** Rows and columns, and the channels: a stage of a dilated network differs from the one before by its width alone. */
function sides(flow: Flow, tensor: string): string {
	return flow.shape(tensor).slice(1).join();
}
