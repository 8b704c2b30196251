/**
 * The encoder blocks of a ViT: an attention and, after it, an MLP, each a branch beside the stream of tokens
 * (Dosovitskiy et al. 2021, equations 2 and 3). Where a network was trained without a skip (Raghu et al. 2021, Fig. 8)
 * the branch itself goes on as the stream; so a block is found by its attention, not by its additions.
 */
import type { AttentionCore } from "./attention.ts";
import type { Parts } from "./body.ts";
import type { Flow } from "./flow.ts";
import type { Normalisation } from "./normalisation.ts";
import { inLayoutOf, isLinear, isNonlinear, movesValues, origin } from "./operators.ts";
import type { Residual } from "./residual.ts";

export interface EncoderBlock {
	readonly attention: Sublayer & { readonly core: AttentionCore };
	/** null where nothing with weights lies between this attention and the next. */
	readonly mlp: Sublayer | null;
	readonly output: string;
}

/** An attention or an MLP with its norm. All are names of tensors in the stream's layout, [batch, tokens, width]. */
export interface Sublayer {
	/** What enters it, before its norm. */
	readonly input: string;
	/** Its norm's output; null where no norm was found, neither before nor behind it. */
	readonly norm: string | null;
	/** What it yields, before any addition and any norm of that. */
	readonly branch: string;
	/** The addition of the branch to the input; null where there is none. */
	readonly residual: Residual | null;
	/** What goes on: the sum, a norm of it, or the branch alone. */
	readonly output: string;
}

/**
 * @param end the tensor that leaves the last block: what the final norm or the head reads
 * @returns the blocks in the order of the forward pass
 */
export function findEncoder(flow: Flow, parts: Parts, end: string): EncoderBlock[] {
	const attentions = parts.attentions.map((core) => ({ ...attentionSublayer(flow, parts, core), core }));
	return attentions.map((attention, index) => {
		const next = attentions[index + 1]?.input ?? end;
		const mlp = mlpSublayer(flow, parts, attention.output, next);
		return { attention, mlp, output: mlp?.output ?? attention.output };
	});
}

function attentionSublayer(flow: Flow, parts: Parts, core: AttentionCore): Sublayer {
	const residual = parts.residuals.find(({ nodes }) => nodes.includes(core.node));
	if (residual !== undefined) return withSkip(flow, parts, residual);
	const norm = parts.normalisations.findLast(({ output }) => flow.dominates(output, core.mixed));
	const input = norm === undefined ? flow.source : origin(flow, norm.input);
	const branch = throughProjection(flow, core.mixed);
	return { input, norm: norm?.output ?? null, branch, residual: null, output: branch };
}

/** From the mixed values of all heads over their merging, the output projection and its bias. */
function throughProjection(flow: Flow, mixed: string): string {
	let [tensor, projected] = [mixed, false];
	for (;;) {
		const node = flow.onlyConsumer(tensor);
		const output = node?.outputs[0];
		if (node === undefined || output === undefined) return tensor;
		const isProjection = !projected && isLinear(flow, node);
		const isAffine = projected && ["Add", "Mul"].includes(node.operator) && flow.operands(node).length === 1;
		if (!isProjection && !isAffine && !movesValues(node)) return tensor;
		projected ||= isProjection;
		tensor = output;
	}
}

function mlpSublayer(flow: Flow, parts: Parts, input: string, next: string): Sublayer | null {
	const holdsAttention = ({ nodes }: Residual) => parts.attentions.some(({ node }) => nodes.includes(node));
	const residual = parts.residuals.find(
		(each) => origin(flow, each.source) === origin(flow, input) && !holdsAttention(each),
	);
	if (residual !== undefined) return withSkip(flow, parts, residual);
	const reached = flow.dominates(input, next) && flow.between(input, next).some((node) => isLinear(flow, node));
	if (!reached) return null;
	return { input, norm: normOf(flow, parts, input, next), branch: next, residual: null, output: next };
}

/**
 * The norm stands before the branch, at its end (Liu et al. 2022, arXiv:2111.09883: Swin V2), or behind the addition
 * (Vaswani et al. 2017): there what goes on is the norm's output.
 */
export function withSkip(flow: Flow, parts: Parts, residual: Residual): Sublayer {
	const { source: input, branch, sum: output } = residual;
	const before = normOf(flow, parts, input, branch);
	if (before !== null) return { input, norm: before, branch, residual, output };
	const atEnd = parts.normalisations.find((norm) => norm.output === origin(flow, branch));
	if (atEnd !== undefined)
		return { input, norm: branch, branch: inLayoutOf(flow, atEnd.input, input), residual, output };
	const behind = parts.normalisations.find(
		(norm) => origin(flow, norm.input) === output && readsAlone(flow, output, norm),
	);
	if (behind === undefined) return { input, norm: null, branch, residual, output };
	return { input, norm: behind.output, branch, residual, output: behind.output };
}

/** Whether a norm is all that reads a tensor: in front of a branch the stream goes on beside it. */
function readsAlone(flow: Flow, tensor: string, norm: Normalisation): boolean {
	const inside = new Set(flow.between(tensor, norm.output));
	return flow.consumers(tensor).every((node) => inside.has(node));
}

/** The output of the norm that reads `input` on the way to `branch`, in the layout of `input`. */
function normOf(flow: Flow, parts: Parts, input: string, branch: string): string | null {
	const norm = parts.normalisations.find(
		(each) => origin(flow, each.input) === origin(flow, input) && flow.dominates(each.output, branch),
	);
	return norm === undefined ? null : inLayoutOf(flow, norm.output, input);
}

/**
 * The hidden activations of an MLP: what its last matrix product reads, that is after the activation.
 *
 * @returns null where no product, or no activation before it, is on the way
 */
export function hiddenOf(flow: Flow, mlp: Pick<Sublayer, "input" | "branch">): string | null {
	const last = flow.between(mlp.input, mlp.branch).findLast((node) => isLinear(flow, node));
	const [operand] = last === undefined ? [] : flow.operands(last);
	if (operand === undefined) return null;
	const hidden = origin(flow, operand);
	return flow.between(mlp.input, hidden).some(isNonlinear) ? hidden : null;
}
