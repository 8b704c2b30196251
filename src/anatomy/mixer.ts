/**
 * The body of an MLP-Mixer (Tolstikhin et al. 2021, arXiv:2105.01601): tokens, and blocks of an MLP over the tokens and
 * an MLP over the channels, each a branch beside the stream.
 */
import type { Anatomy } from "./anatomy.ts";
import { type Body, finalNorm, type Parts } from "./body.ts";
import { classTokenFinding } from "./classToken.ts";
import { hiddenOf, type Sublayer, withSkip } from "./encoder.ts";
import { additionsFinding, blocksFinding, poolingFinding } from "./findings.ts";
import type { Flow } from "./flow.ts";
import type { TokenOverrides } from "./grid.ts";
import type { NamedTensor } from "./layers.ts";
import { isConvolution, isLinear } from "./operators.ts";
import { findPooling } from "./pooling.ts";
import type { Residual } from "./residual.ts";
import { findTokens } from "./tokens.ts";

/** Whether some residual branch multiplies tokens that were turned, so that it mixes tokens. */
export function isMixer(flow: Flow, { residuals }: Parts): boolean {
	return residuals.some((residual) => mixesTokens(flow, residual));
}

export function mixerBody(
	flow: Flow,
	parts: Parts,
	input: Anatomy["input"],
	output: string,
	overrides: TokenOverrides,
): Body {
	const blocks = blocksOf(flow, parts);
	const stream = blocks[0]?.tokenMixing.input ?? flow.source;
	const last = blocks.at(-1)?.output ?? stream;
	const tokens = findTokens(flow, parts.axes, stream, [input.height, input.width], overrides);
	const norm = finalNorm(flow, parts, last, output);
	const placed = blocks.flatMap(({ tokenMixing, mlp }) => [tokenMixing, ...(mlp === null ? [] : [mlp])]);
	const embedding = tokens.found?.patchEmbedding ?? null;
	const pooling = findPooling(flow, parts.axes, last, output);
	return {
		family: "mixer",
		blocks: blocks.map(({ tokenMixing, output: tensor }, index) => ({
			index,
			kind: "mixer",
			stage: null,
			input: tokenMixing.input,
			output: tensor,
		})),
		attentions: [],
		residuals: blocks.flatMap(({ tokenMixing, mlp }, block) => [
			{ block, kind: "tokenMixing", ...additionOf(tokenMixing) } as const,
			...(mlp === null ? [] : [{ block, kind: "mlp", ...additionOf(mlp) } as const]),
		]),
		tokens: tokens.found?.layout ?? null,
		pooling,
		findings: [
			blocksFinding(["mixer"], 0, 0),
			additionsFinding(placed.length, parts.residuals.length - placed.length),
			...tokens.findings,
			...(tokens.found === null ? [] : [classTokenFinding(tokens.found, overrides, pooling === "cls")]),
			poolingFinding(pooling),
		],
		layers: [
			...layer("patchEmbedding", "patchEmbedding", embedding, null),
			...blocks.flatMap((block, index) => blockLayers(flow, block, index)),
			...layer("norm", "norm", norm?.output ?? null, null),
		],
		remarks: [...tokens.remarks, ...unplaced(parts.residuals.length - placed.length)],
	};
}

interface SkippedSublayer extends Sublayer {
	readonly residual: Residual;
}

interface MixerBlock {
	readonly tokenMixing: SkippedSublayer;
	/** Over the channels; null where the next branch mixes tokens again. */
	readonly mlp: SkippedSublayer | null;
	readonly output: string;
}

/** A block begins with every branch that mixes tokens; the branch after it is its MLP over the channels. */
function blocksOf(flow: Flow, parts: Parts): MixerBlock[] {
	const branches = parts.residuals
		.filter((residual) => flow.shape(residual.sum).length === 3 && linearOf(flow, residual) !== undefined)
		.map((residual) => ({ ...withSkip(flow, parts, residual), residual }));
	return branches.flatMap((tokenMixing, index) => {
		if (!mixesTokens(flow, tokenMixing.residual)) return [];
		const next = branches[index + 1];
		const mlp = next !== undefined && !mixesTokens(flow, next.residual) ? next : null;
		return [{ tokenMixing, mlp, output: (mlp ?? tokenMixing).output }];
	});
}

/** Between where the branch leaves the stream and its first matrix product, the axes of tokens and channels change places. */
function mixesTokens(flow: Flow, residual: Residual): boolean {
	const product = linearOf(flow, residual);
	if (product === undefined || residual.nodes.some(isConvolution) || flow.shape(residual.sum).length !== 3)
		return false;
	const before = residual.nodes.slice(0, residual.nodes.indexOf(product));
	return before.filter((node) => node.operator === "Transpose").length % 2 === 1;
}

function linearOf(flow: Flow, { nodes }: Residual): Residual["nodes"][number] | undefined {
	return nodes.find((node) => isLinear(flow, node));
}

function additionOf({ residual: { stream, branch, sum, projected } }: SkippedSublayer) {
	return { stream, branch, sum, projected };
}

function blockLayers(flow: Flow, { tokenMixing, mlp, output }: MixerBlock, block: number): NamedTensor[] {
	return [
		...layer("norm1", "norm", tokenMixing.norm, block),
		...layer("tokenMixing", "tokenMixing", tokenMixing.branch, block),
		...layer("norm2", "norm", mlp?.norm ?? null, block),
		...layer("mlpHidden", "mlpHidden", mlp === null ? null : hiddenOf(flow, mlp), block),
		...layer("mlp", "mlp", mlp?.branch ?? null, block),
		...layer("output", "output", output, block),
	];
}

function layer(part: string, kind: NamedTensor["kind"], tensor: string | null, block: number | null): NamedTensor[] {
	return tensor === null ? [] : [{ name: block === null ? part : `blocks.${block}.${part}`, kind, tensor, block }];
}

function unplaced(count: number): string[] {
	return count > 0 ? [`${count} residual additions lie outside the two branches of a block.`] : [];
}
