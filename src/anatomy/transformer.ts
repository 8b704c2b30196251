/** The body of a ViT: tokens, encoder blocks, final norm, pooling. */
import type { Anatomy, AnatomyOverrides, ResidualAddition } from "./anatomy.ts";
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
	const encoder = findEncoder(flow, parts, lastTokens(flow, norm?.input ?? output));
	const stream = encoder[0]?.attention.input ?? flow.source;
	const tokens = findTokens(flow, stream, [input.height, input.width], overrides.classToken);
	const { layers, missing } = encoderLayers(flow, encoder, tokens.found, norm?.output ?? null);
	const residuals = encoder.flatMap((block, index) => [
		...additionOf(block.attention, index, "attention"),
		...additionOf(block.mlp, index, "mlp"),
	]);
	return {
		family: "vit",
		blocks: encoder.map((block, index) => ({
			index,
			kind: "encoder",
			stage: null,
			input: block.attention.input,
			output: block.output,
		})),
		attentions: encoder.flatMap(({ attention: { core } }, block) =>
			core.weights === null ? [] : [{ block, ...core.weights }],
		),
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

/** Where the last addition or attention lies: the final norm comes after it. */
function lastAdded({ residuals, attentions }: Parts): string | undefined {
	return residuals.at(-1)?.sum ?? attentions.at(-1)?.mixed;
}

/** The last tensor on the way to `to` that still holds tokens [batch, tokens, width]. */
function lastTokens(flow: Flow, to: string): string {
	return flow.spine(flow.source, to).findLast((tensor) => flow.shape(tensor).length === 3) ?? to;
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
