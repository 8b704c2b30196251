/** The body of a ViT: tokens, encoder blocks, final norm, pooling. */
import type { Anatomy, AnatomyOverrides, Attention, ResidualAddition } from "./anatomy.ts";
import { type ChannelAxes, isChannelsLast, vectorsOf } from "./axes.ts";
import { type Body, finalNorm, type Parts } from "./body.ts";
import { type EncoderBlock, findEncoder, type Sublayer } from "./encoder.ts";
import type { Flow } from "./flow.ts";
import { encoderLayers } from "./layers.ts";
import { findPooling } from "./pooling.ts";
import { findTokens } from "./tokens.ts";

export function transformerBody(
	flow: Flow,
	parts: Parts,
	input: Anatomy["input"],
	output: string,
	overrides: AnatomyOverrides,
): Body {
	const norm = finalNorm(flow, parts, lastAdded(parts) ?? flow.source, output);
	const encoder = findEncoder(flow, parts, lastTokens(flow, parts.axes, norm?.input ?? output));
	const stream = encoder[0]?.attention.input ?? flow.source;
	const tokens = findTokens(flow, parts.axes, stream, [input.height, input.width], overrides.classToken);
	const { layers, missing } = encoderLayers(flow, encoder, tokens.found, norm?.output ?? null);
	const residuals = encoder
		.flatMap((block, index) => [
			...additionOf(block.attention, index, "attention"),
			...additionOf(block.mlp, index, "mlp"),
		])
		.map((each) => ({
			...each,
			...(isChannelsLast(flow, parts.axes, each.sum) ? { channelsLast: true as const } : {}),
		}));
	const stages = stagesOf(flow, encoder);
	return {
		family: "vit",
		blocks: encoder.map((block, index) => ({
			index,
			kind: "encoder",
			stage: stages[index] ?? null,
			input: block.attention.input,
			output: block.output,
		})),
		attentions: encoder.flatMap(({ attention }, block) => weightsOf(flow, parts.axes, attention, block)),
		residuals,
		tokens: tokens.found?.layout ?? null,
		pooling: findPooling(flow, parts.axes, encoder.at(-1)?.output ?? stream, output),
		layers,
		remarks: [
			...tokens.remarks,
			...missing.map((name) => `There is no ${name} in the graph, or it was not recognised.`),
			...weightsMissing(parts),
			...skipsMissing(encoder),
			...unplaced(parts.residuals.length - residuals.length),
		],
	};
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

/** Windows that are one axis with images and heads are told by how many tokens an attention has of those of its stream. */
function weightsOf(
	flow: Flow,
	axes: ChannelAxes,
	{ core, input }: EncoderBlock["attention"],
	block: number,
): Attention[] {
	if (core.weights === null) return [];
	const { weights, layout, heads } = core.weights;
	const windows = vectorsOf(flow, axes, input) / (flow.shape(weights).at(-1) ?? 1);
	if (layout !== "batch*heads,query,key" || !Number.isInteger(windows) || windows === 1 || heads % windows !== 0)
		return [{ block, ...core.weights }];
	return [{ block, weights, layout: "batch*windows*heads,query,key", heads: heads / windows, windows, mixed: null }];
}

function additionOf(sublayer: Sublayer | null, block: number, kind: "attention" | "mlp"): ResidualAddition[] {
	if (sublayer === null || sublayer.residual === null) return [];
	const { stream, branch, sum, projected } = sublayer.residual;
	return [{ block, kind, stream, branch, sum, projected }];
}

/** Attentions whose weights no tensor of the graph holds in a layout that is known. */
function weightsMissing({ attentions }: Parts): string[] {
	const reasons = attentions.flatMap(({ reason }) => reason ?? []);
	const [first] = reasons;
	if (first === undefined) return [];
	return [`The weights of ${reasons.length} of ${attentions.length} attentions are out of reach: ${first}.`];
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
