/**
 * Finds the anatomy of a vision model from its graph alone: from operators, shapes and what runs through what, never from
 * the names of nodes or tensors. The same network gives the same anatomy whoever exported it.
 */
import { SightlineError } from "../errors.ts";
import type { Model } from "../onnx/model.ts";
import type { Anatomy, AnatomyOverrides, Layer } from "./anatomy.ts";
import { findAttentions } from "./attention.ts";
import { type ChannelAxes, findChannelAxes, isChannelsLast } from "./axes.ts";
import type { Parts } from "./body.ts";
import { convolutionalBody } from "./convolutional.ts";
import { Flow } from "./flow.ts";
import { findImage, type Image } from "./image.ts";
import type { NamedTensor } from "./layers.ts";
import { findLogits } from "./logits.ts";
import { isMixer, mixerBody } from "./mixer.ts";
import { findNormalisations } from "./normalisation.ts";
import { isConvolution } from "./operators.ts";
import { countParameters } from "./parameters.ts";
import { withoutQuantisation } from "./quantisation.ts";
import { findResiduals } from "./residual.ts";
import { transformerBody } from "./transformer.ts";

/** Goes up whenever a change here may give another anatomy for the same graph. */
const anatomyVersion = 4;

/**
 * @param overrides what the model's entry declares where the graph leaves it open
 * @throws SightlineError BAD_INPUT: no image input, nothing that blocks are made of, or an override that contradicts the graph
 */
export function findAnatomy(model: Model, overrides: AnatomyOverrides = {}): Anatomy {
	const image = findImage(model, overrides.imageSize);
	const { input } = image;
	const graph = withoutQuantisation(model.graph);
	const flow = new Flow(graph, input.tensor, image.reading);
	const { output, finding, remarks } = findLogits(graph, flow, overrides.output);
	const { residuals, undecided } = findResiduals(flow);
	const attentions = findAttentions(flow, image.batch);
	const normalisations = findNormalisations(graph, flow);
	const axes = findChannelAxes(flow, normalisations);
	const parts: Parts = { residuals, attentions, normalisations, axes };
	const { layers: named, ...body } = isTransformer(parts)
		? transformerBody(flow, parts, input, output.tensor, overrides)
		: isMixer(flow, parts)
			? mixerBody(flow, parts, input, output.tensor, overrides)
			: convolutionalBody(flow, parts, output.tensor);
	if (body.blocks.length === 0 && residuals.length === 0) throw nothingFound(flow);
	refuseUnused(overrides, body);
	const { layers, left } = readable(flow, axes, named, image);
	const joins = `Additions of two branches of which neither is a stream, hence not residual: ${undecided}.`;
	return {
		version: anatomyVersion,
		input,
		output,
		...body,
		layers,
		parameters: countParameters(graph, flow),
		findings: [image.finding, finding, ...body.findings],
		remarks: [...image.remarks, ...remarks, ...body.remarks, ...left, ...(undecided > 0 ? [joins] : [])],
	};
}

/** Attention mixes tokens, and is not the pooling alone of a network of far more convolutional units. */
function isTransformer({ attentions, residuals }: Parts): boolean {
	const mixing = attentions.filter(({ pools }) => !pools).length;
	const units = residuals.filter(({ nodes }) => nodes.some(isConvolution)).length;
	return mixing > 0 && 4 * mixing > units;
}

/** @throws SightlineError BAD_INPUT: the entry declares something of tokens or heads that the model does not have */
function refuseUnused(
	overrides: AnatomyOverrides,
	{ tokens, attentions }: Pick<Anatomy, "tokens" | "attentions">,
): void {
	const ofTokens = (["classToken", "tokensBeforePatches", "grid"] as const).find(
		(name) => overrides[name] !== undefined,
	);
	const unused = tokens === null && ofTokens !== undefined ? [ofTokens, "no tokens were found"] : null;
	const heads = attentions.length === 0 && overrides.heads !== undefined ? ["heads", "no attention was found"] : null;
	const [name, reason] = unused ?? heads ?? [];
	if (name === undefined) return;
	throw new SightlineError("BAD_INPUT", `overrides.${name} is declared, but ${reason} in this model`, {
		hint: "Leave it out of the model's entry.",
	});
}

/** The layers whose first axis is the batch, with their shapes; the others cannot be read image by image. */
function readable(
	flow: Flow,
	axes: ChannelAxes,
	named: readonly NamedTensor[],
	image: Image,
): { layers: Layer[]; left: string[] } {
	const isReadable = ({ tensor }: NamedTensor): boolean => {
		const shape = flow.shape(tensor);
		const second = image.second?.shapes.get(tensor);
		const grown = shape.map((side, axis) => (axis === 0 ? side + 1 : side));
		return shape[0] === image.batch && (image.second === null || second?.join() === grown.join());
	};
	return {
		layers: named.filter(isReadable).map((layer) => ({
			...layer,
			shape: flow.shape(layer.tensor).slice(1),
			...(isChannelsLast(flow, axes, layer.tensor) ? { channelsLast: true } : {}),
		})),
		left: named
			.filter((layer) => !isReadable(layer))
			.map(({ name, tensor }) => `${name} is left out: the batch is not the first axis of ${tensor}.`),
	};
}

function nothingFound(flow: Flow): SightlineError {
	const counts = new Map<string, number>();
	for (const { operator } of flow.nodes) counts.set(operator, (counts.get(operator) ?? 0) + 1);
	const seen = [...counts].sort(([, a], [, b]) => b - a).map(([operator, count]) => `${count} ${operator}`);
	const message =
		"neither an attention nor a residual addition was found; expected a ViT, a Mixer or a CNN. " +
		`The image runs through ${flow.nodes.length} nodes: ${seen.slice(0, 12).join(", ") || "none"}.`;
	return new SightlineError("BAD_INPUT", message, {
		hint: "Of a network without skips, such as VGG, at least three convolutions must follow each other.",
	});
}
