/**
 * Residual additions: where a branch is added to the stream it left (He et al. 2016, arXiv:1512.03385). An addition of
 * two varying tensors of one shape is one if a branch with weights reaches back to where the stream comes from, and the
 * stream gets there without weights (identity; or the slices and zeros of option A, He et al. 3.3), or through a
 * convolution or two without activation (option B or C, a projection). So the additions inside GELU, rotary positions or a
 * normalisation, where nothing with weights lies between, are none, nor is one that joins two branches of equal rank.
 */
import type { Node } from "../onnx/model.ts";
import type { Flow } from "./flow.ts";
import { hasWeights, isNonlinear } from "./operators.ts";

/** A residual addition, before it belongs to a block. All but `nodes` are tensor names. */
export interface Residual {
	/** Where branch and stream part; the stream itself unless a projection lies between. */
	readonly source: string;
	/** What is added to. */
	readonly stream: string;
	/** What is added. */
	readonly branch: string;
	readonly sum: string;
	/** The stream passes a convolution (and norm) on its way from the source. */
	readonly projected: boolean;
	/** The nodes of the branch, in the order of the forward pass. */
	readonly nodes: readonly Node[];
}

/** Every residual addition, in the order of the forward pass, and how many additions joined branches of equal rank. */
export function findResiduals(flow: Flow): { residuals: Residual[]; undecided: number } {
	const residuals: Residual[] = [];
	let undecided = 0;
	for (const node of flow.nodes) {
		const sides = sidesOfAddition(flow, node);
		if (sides === null) continue;
		const [stream, branch] = sides[0].weighted <= sides[1].weighted ? sides : [sides[1], sides[0]];
		if (branch.weighted === 0) continue;
		const projected = stream.weighted > 0;
		// A projection may be two convolutions, one for each position and one for each channel.
		const isProjection = stream.weighted <= 2 && !stream.bends && (branch.weighted > stream.weighted || branch.bends);
		if (projected && (!isProjection || (stream.weighted === 2 && !branch.bends))) {
			undecided++;
			continue;
		}
		residuals.push({
			source: stream.source,
			stream: stream.tensor,
			branch: branch.tensor,
			sum: node.outputs[0] ?? "",
			projected,
			nodes: branch.nodes,
		});
	}
	return { residuals, undecided };
}

/** Whether one of some nodes makes a tensor. */
export function isMadeBy(flow: Flow, nodes: ReadonlySet<Node>, tensor: string): boolean {
	const node = flow.producer(tensor);
	return node !== undefined && nodes.has(node);
}

/** How many additions are none of a block's own: inside the branches of those, or beside all blocks. */
export function leftBy(
	flow: Flow,
	residuals: readonly Residual[],
	own: ReadonlySet<Residual>,
): { readonly inside: number; readonly beside: number } {
	const left = residuals.filter((residual) => !own.has(residual));
	const nodes = new Set([...own].flatMap((residual) => residual.nodes));
	const inside = left.filter(({ sum }) => isMadeBy(flow, nodes, sum)).length;
	return { inside, beside: left.length - inside };
}

/** One operand of an addition, and its way from where the two operands part. */
interface Side {
	readonly tensor: string;
	readonly source: string;
	readonly nodes: readonly Node[];
	/** Convolutions and matrix products with weights on the way. */
	readonly weighted: number;
	/** Whether an activation lies on the way. */
	readonly bends: boolean;
}

function sidesOfAddition(flow: Flow, node: Node): [Side, Side] | null {
	if (node.operator !== "Add" && node.operator !== "Sum") return null;
	const [a, b, ...more] = flow.operands(node);
	if (a === undefined || b === undefined || more.length > 0 || node.inputs.length > 2) return null;
	const [x, y] = [flow.shape(a), flow.shape(b)];
	// A sum that broadcasts gates or shifts a tensor: it joins no stream.
	if (x.length < 3 || x.length !== y.length || x.some((side, axis) => side !== y[axis])) return null;
	const source = flow.join(a, b);
	return [describe(flow, source, a), describe(flow, source, b)];
}

function describe(flow: Flow, source: string, tensor: string): Side {
	const nodes = flow.between(source, tensor);
	return {
		tensor,
		source,
		nodes,
		weighted: nodes.filter((node) => hasWeights(flow, node)).length,
		bends: nodes.some(isNonlinear),
	};
}
