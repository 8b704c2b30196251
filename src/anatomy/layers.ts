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
import { type ConvolutionPart, withBias } from "./convolution.ts";
import type { Outside } from "./convolutional.ts";
import { type EncoderBlock, hiddenOf } from "./encoder.ts";
import type { Flow } from "./flow.ts";
import type { Tokens } from "./tokens.ts";
import type { Unit } from "./units.ts";

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
		...inOrder(flow, ["norm1", "norm", attention.norm], [["attention", "attention", attention.branch]]),
		...inOrder(
			flow,
			["norm2", "norm", mlp?.norm ?? null],
			[
				["mlpHidden", "mlpHidden", mlp === null ? null : hiddenOf(flow, mlp)],
				["mlp", "mlp", mlp?.branch ?? null],
			],
		),
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
		missing: missingParts(named, blocks.length),
	};
}

/** A norm before its branch, or behind it where it comes later. */
function inOrder(flow: Flow, norm: Part, branch: readonly Part[]): Part[] {
	const position = ([, , tensor]: Part) => {
		const node = tensor === null ? undefined : flow.producer(tensor);
		return node === undefined ? -1 : flow.position(node);
	};
	const end = branch.at(-1);
	return end !== undefined && position(norm) > position(end) ? [...branch, norm] : [norm, ...branch];
}

/** The names of what is missing; of a part that every block lacks, one for all. */
function missingParts(
	named: readonly { name: string; tensor: string | null; block: number | null }[],
	blocks: number,
): string[] {
	const missing = named.filter(({ tensor }) => tensor === null);
	const partOf = (name: string) => name.slice(name.lastIndexOf(".") + 1);
	const inAll = (part: string) =>
		missing.filter(({ name, block }) => block !== null && partOf(name) === part).length === blocks;
	const names = missing.map(({ name, block }) =>
		block !== null && blocks > 1 && inAll(partOf(name)) ? `${partOf(name)} of any block` : name,
	);
	return [...new Set(names)];
}

/**
 * The layers of a convolutional network in the order of the forward pass; a projection is read beside what enters the
 * unit. A block's MLP, as of ConvNeXt, has the names that a ViT's has.
 */
export function unitLayers(
	flow: Flow,
	{ stem, transitions, head }: Outside,
	units: readonly Unit[],
	norm: string | null,
): NamedTensor[] {
	const ofUnits = units.flatMap((unit, block): NamedTensor[] => {
		const at = transitions.findIndex(({ before }) => before === block);
		return [...numbered(flow, `transitions.${at}`, transitions[at]?.parts ?? []), ...layersOfUnit(flow, unit, block)];
	});
	const ofHead = numbered(flow, "head", head);
	const isListed = ofHead.some(({ tensor }) => tensor === norm);
	const last: NamedTensor[] =
		norm === null || isListed ? [] : [{ name: "norm", kind: "norm", tensor: norm, block: null }];
	return [...numbered(flow, "stem", stem), ...ofUnits, ...ofHead, ...last];
}

function layersOfUnit(flow: Flow, unit: Unit, block: number): NamedTensor[] {
	const { input, branch, projection, residual, output } = unit;
	const products = branch.filter(({ kind }) => kind === "linear");
	const end = residual?.branch ?? output;
	const hidden = products.length > 1 ? hiddenOf(flow, { input, branch: end }) : null;
	return [
		...projection.flatMap(({ kind, tensor }): NamedTensor[] => {
			if (kind === "linear") return [];
			const isNorm = kind === "norm";
			const name = nameOf(isNorm ? "projectionNorm" : "projection", block);
			return [{ name, kind: isNorm ? kind : "projection", tensor: withBias(flow, { kind, tensor }), block }];
		}),
		...branch.flatMap(({ kind, tensor }, index): NamedTensor[] => {
			if (kind === "linear") return [];
			const name = `${kind === "convolution" ? "conv" : "norm"}${ordinal(branch, index)}`;
			return [{ name: nameOf(name, block), kind, tensor: withBias(flow, { kind, tensor }), block }];
		}),
		...(hidden === null
			? []
			: [{ name: nameOf("mlpHidden", block), kind: "mlpHidden", tensor: hidden, block } as const]),
		...(products.length < 2 ? [] : [{ name: nameOf("mlp", block), kind: "mlp", tensor: end, block } as const]),
		{ name: nameOf("output", block), kind: "output", tensor: output, block },
	];
}

/** Convolutions and norms outside blocks: "stem.conv" where there is one, else "stem.conv1", ... */
function numbered(flow: Flow, place: string, parts: readonly ConvolutionPart[]): NamedTensor[] {
	const isOne = parts.filter(({ kind }) => kind === "convolution").length === 1;
	return parts.flatMap(({ kind, tensor }, index): NamedTensor[] => {
		if (kind === "linear") return [];
		const name = kind === "convolution" ? "conv" : "norm";
		const own = `${place}.${name}${isOne ? "" : ordinal(parts, index)}`;
		return [{ name: own, kind, tensor: withBias(flow, { kind, tensor }), block: null }];
	});
}

function nameOf(part: string, block: number | null): string {
	return block === null ? part : `blocks.${block}.${part}`;
}

/** The how-manieth of its kind a part is, from 1. */
function ordinal(parts: readonly ConvolutionPart[], index: number): number {
	return parts.slice(0, index + 1).filter(({ kind }) => kind === parts[index]?.kind).length;
}
