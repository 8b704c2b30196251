/**
 * The names of layers. A name says a block and a part, the same for every model and exporter; what is listed is what the
 * heat maps of Raghu et al. 2021 count: of a ViT, six a block (norm1, attention, norm2, mlpHidden, mlp, output) and the
 * patch embedding, the tokens with positions, and the final norm; of a ResNet, each convolution, each norm and the output
 * of every unit, the projections, and the stem. A part that the graph does not have is not listed: a norm folded into its
 * convolution, or one left out of the network.
 *
 * attention and mlp are the branch, after its last bias and before the addition; mlpHidden is after the activation.
 */
import type { LayerKind } from "./anatomy.ts";
import { type EncoderBlock, hiddenOf } from "./encoder.ts";
import type { Flow } from "./flow.ts";
import type { Tokens } from "./tokens.ts";
import type { ConvolutionPart, Unit } from "./units.ts";

export interface NamedTensor {
	readonly name: string;
	readonly kind: LayerKind;
	readonly tensor: string;
	readonly block: number | null;
}

/** A part of a block or of what is around the blocks, by its own name; null where the graph does not have it. */
type Part = readonly [name: string, kind: LayerKind, tensor: string | null];

/** The layers of a ViT in the order of the forward pass, and what is missing of them. */
export function encoderLayers(
	flow: Flow,
	blocks: readonly EncoderBlock[],
	tokens: Tokens | null,
	norm: string | null,
): { layers: NamedTensor[]; missing: string[] } {
	const inBlocks = blocks.map(({ attention, mlp, output }): Part[] => [
		["norm1", "norm", attention.norm],
		["attention", "attention", attention.branch],
		["norm2", "norm", mlp === null ? null : mlp.norm],
		["mlpHidden", "mlpHidden", mlp === null ? null : hiddenOf(flow, mlp)],
		["mlp", "mlp", mlp === null ? null : mlp.branch],
		["output", "output", output],
	]);
	const parts: [Part, number | null][] = [
		[["patchEmbedding", "patchEmbedding", tokens?.patchEmbedding ?? null], null],
		[["positionEmbedding", "positionEmbedding", tokens?.positionEmbedding ?? null], null],
		...inBlocks.flatMap((block, index) => block.map((part): [Part, number] => [part, index])),
		[["norm", "norm", norm], null],
	];
	const named = parts.map(([[name, kind, tensor], block]) => ({ name: nameOf(name, block), kind, tensor, block }));
	return {
		layers: named.flatMap((layer) => (layer.tensor === null ? [] : [{ ...layer, tensor: layer.tensor }])),
		missing: named.filter(({ tensor }) => tensor === null).map(({ name }) => name),
	};
}

/** The layers of a ResNet in the order of the forward pass; a projection is read beside what enters the unit. */
export function unitLayers(
	stem: readonly ConvolutionPart[],
	units: readonly Unit[],
	norm: string | null,
): NamedTensor[] {
	const stemIsOne = stem.filter(({ kind }) => kind === "convolution").length === 1;
	const ofStem = stem.map(({ kind, tensor }, index): NamedTensor => {
		const name = kind === "convolution" ? "conv" : "norm";
		return { name: `stem.${name}${stemIsOne ? "" : ordinal(stem, index)}`, kind, tensor, block: null };
	});
	const ofUnits = units.flatMap((unit, block): NamedTensor[] => [
		...unit.projection.map(({ kind, tensor }): NamedTensor => {
			const isNorm = kind === "norm";
			return {
				name: nameOf(isNorm ? "projectionNorm" : "projection", block),
				kind: isNorm ? kind : "projection",
				tensor,
				block,
			};
		}),
		...unit.branch.map(({ kind, tensor }, index): NamedTensor => {
			const name = `${kind === "convolution" ? "conv" : "norm"}${ordinal(unit.branch, index)}`;
			return { name: nameOf(name, block), kind, tensor, block };
		}),
		{ name: nameOf("output", block), kind: "output", tensor: unit.output, block },
	]);
	const last: NamedTensor[] = norm === null ? [] : [{ name: "norm", kind: "norm", tensor: norm, block: null }];
	return [...ofStem, ...ofUnits, ...last];
}

function nameOf(part: string, block: number | null): string {
	return block === null ? part : `blocks.${block}.${part}`;
}

/** The how-manieth of its kind a part is, from 1. */
function ordinal(parts: readonly ConvolutionPart[], index: number): number {
	return parts.slice(0, index + 1).filter(({ kind }) => kind === parts[index]?.kind).length;
}
