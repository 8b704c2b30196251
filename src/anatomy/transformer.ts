/** The body of a ViT: tokens, encoder blocks, final norm, pooling. */
import type { Anatomy, AnatomyOverrides, ResidualAddition } from "./anatomy.ts";
import { type ChannelAxes, isChannelsLast, vectorsOf } from "./axes.ts";
import { type Body, finalNorm, type Parts } from "./body.ts";
import { classTokenFinding } from "./classToken.ts";
import { type EncoderBlock, findEncoder, type Sublayer } from "./encoder.ts";
import { additionsFinding, blocksFinding, poolingFinding } from "./findings.ts";
import type { Flow } from "./flow.ts";
import { headsFinding, headsOf } from "./heads.ts";
import { encoderLayers } from "./layers.ts";
import { findPooling } from "./pooling.ts";
import { leftBy, type Residual } from "./residual.ts";
import { findTokens } from "./tokens.ts";

export function transformerBody(
	flow: Flow,
	all: Parts,
	input: Anatomy["input"],
	output: string,
	overrides: AnatomyOverrides,
): Body {
	const parts = withinBlocks(flow, all);
	const norm = finalNorm(flow, parts, lastAdded(parts) ?? flow.source, output);
	const encoder = findEncoder(flow, parts, lastTokens(flow, parts.axes, norm?.input ?? output));
	const stream = encoder[0]?.attention.input ?? flow.source;
	const tokens = findTokens(flow, parts.axes, stream, [input.height, input.width], overrides);
	// Behind each addition stands a norm, behind the last one that of its block.
	const isOfBlock = encoder.some(({ attention, mlp }) => [attention.norm, mlp?.norm].includes(norm?.output));
	const { layers, missing } = encoderLayers(flow, encoder, tokens.found, isOfBlock ? null : (norm?.output ?? null));
	const residuals = encoder
		.flatMap((block, index) => [
			...additionOf(block.attention, index, "attention"),
			...additionOf(block.mlp, index, "mlp"),
		])
		.map((each) => ({
			...each,
			...(isChannelsLast(flow, parts.axes, each.sum) ? { channelsLast: true as const } : {}),
		}));
	const last = encoder.at(-1)?.output ?? stream;
	const { beside } = leftBy(flow, upTo(flow, all.residuals, parts.residuals, last), new Set(encoder.flatMap(addedIn)));
	const stages = stagesOf(flow, encoder);
	const attentions = encoder.flatMap(({ attention }, block) =>
		headsOf(flow, parts.axes, attention, block, overrides.heads),
	);
	const pooling = findPooling(flow, parts.axes, last, output);
	return {
		family: "vit",
		blocks: encoder.map((block, index) => ({
			index,
			kind: "encoder",
			stage: stages[index] ?? null,
			input: block.attention.input,
			output: block.output,
		})),
		attentions,
		residuals,
		tokens: tokens.found?.layout ?? null,
		pooling,
		layers,
		findings: [
			blocksFinding(
				encoder.map(() => "encoder"),
				encoder.filter(hasNoSkip).length,
				beside,
			),
			headsFinding(attentions, encoder.length),
			additionsFinding(residuals.length, all.residuals.length - residuals.length),
			...tokens.findings,
			...(tokens.found === null
				? []
				: [classTokenFinding(tokens.found, overrides, pooling?.startsWith("cls") ?? false)]),
			poolingFinding(pooling),
		],
		remarks: [
			...tokens.remarks,
			...missing
				.filter((name) => !(isOfBlock && name === "norm"))
				.map((name) => `There is no ${name} in the graph, or it was not recognised.`),
			...weightsMissing(parts, attentions.length),
			...skipsMissing(encoder),
			...unplaced(parts.residuals.length - residuals.length),
			...poolsByAttention(flow, last, output),
		],
	};
}

/** Without what comes after the tokens became one vector: an attention that pools them, and what is added to its result. */
function withinBlocks(flow: Flow, parts: Parts): Parts {
	const attentions = parts.attentions.filter(({ pools }) => !pools);
	const residuals = parts.residuals.filter(({ sum }) => vectorsOf(flow, parts.axes, sum) > 1);
	return { ...parts, attentions, residuals };
}

/** A softmax between the last block and the logits is that of an attention which pools. */
function poolsByAttention(flow: Flow, last: string, output: string): string[] {
	const asks = flow.between(last, output).some(({ operator }) => operator === "Softmax");
	return asks ? ["An attention behind the last block pools the tokens; it is in no block."] : [];
}

/** The additions to tokens anywhere, and before the last block's output those to a vector too, as of a cross-attention. */
function upTo(flow: Flow, all: readonly Residual[], ofTokens: readonly Residual[], last: string): readonly Residual[] {
	const position = (tensor: string): number => {
		const node = flow.producer(tensor);
		return node === undefined ? -1 : flow.position(node);
	};
	return all.filter((each) => ofTokens.includes(each) || position(each.sum) < position(last));
}

function addedIn({ attention, mlp }: EncoderBlock): readonly Residual[] {
	return [attention.residual, mlp?.residual ?? null].filter((residual) => residual !== null);
}

function hasNoSkip({ attention, mlp }: EncoderBlock): boolean {
	return attention.residual === null || mlp?.residual === null;
}

/** Where patches are merged on the way, each run of blocks with one shape of stream is a stage; else there are none. */
function stagesOf(flow: Flow, encoder: readonly EncoderBlock[]): readonly number[] {
	const shapes = encoder.map(({ output }) => flow.shape(output).join());
	let stage = 0;
	const stages = shapes.map((shape, index) => (index > 0 && shape !== shapes[index - 1] ? ++stage : stage));
	return stage === 0 ? [] : stages;
}

/** Where the last addition or attention lies: the final norm comes after it. */
function lastAdded({ residuals, attentions }: Parts): string | undefined {
	return residuals.at(-1)?.sum ?? attentions.at(-1)?.mixed;
}

/** The last tensor on the way to `to` that still holds tokens. */
function lastTokens(flow: Flow, axes: ChannelAxes, to: string): string {
	return flow.spine(flow.source, to).findLast((tensor) => vectorsOf(flow, axes, tensor) > 1) ?? to;
}

function additionOf(sublayer: Sublayer | null, block: number, kind: "attention" | "mlp"): ResidualAddition[] {
	if (sublayer === null || sublayer.residual === null) return [];
	const { stream, branch, sum, projected } = sublayer.residual;
	return [{ block, kind, stream, branch, sum, projected }];
}

/** Attentions whose weights no tensor of the graph holds in a layout that is known. */
function weightsMissing({ attentions }: Parts, found: number): string[] {
	const reasons = attentions.flatMap(({ reason }) => reason ?? []);
	const [first] = reasons;
	const other = attentions.length - reasons.length - found;
	const words = (count: number) => `The weights of ${count} of ${attentions.length} attentions are out of reach`;
	return [
		...(first === undefined ? [] : [`${words(reasons.length)}: ${first}.`]),
		...(other > 0 ? [`${words(other)}: they are not over the tokens of their stream.`] : []),
	];
}

function skipsMissing(encoder: readonly EncoderBlock[]): string[] {
	return encoder.flatMap(({ attention, mlp }, index) => {
		const without = [attention.residual === null && "attention", mlp !== null && mlp.residual === null && "mlp"];
		const parts = without.filter((part) => part !== false);
		return parts.length === 0 ? [] : [`blocks.${index} has no skip beside its ${parts.join(" and its ")}.`];
	});
}

function unplaced(count: number): string[] {
	return count > 0 ? [`${count} residual additions lie outside the attention and MLP of a block.`] : [];
}
