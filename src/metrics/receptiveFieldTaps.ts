/** Where receptive fields are read: before and after every residual addition, and at the first layer of the network. */
import type { Anatomy, Layer, LayerKind, ResidualAddition } from "../anatomy/anatomy.ts";
import { notFound, SightlineError } from "../errors.ts";
import { mapShape, type PositionGrid, positionGrid } from "./positions.ts";

/** A tensor [n, tokens, width] or [n, width, rows, columns] with a centre cell. */
export interface Tap {
	/**
	 * "blocks.3.attention" is the branch, "blocks.3.+attention" the stream after the addition; so are "blocks.3.unit" and
	 * "blocks.3.+unit" of a CNN, where the latter is the unit's output: after the activation that follows the addition, if
	 * there is one. The first layer has the name it has everywhere.
	 */
	readonly name: string;
	readonly kind: ResidualAddition["kind"] | Extract<LayerKind, "patchEmbedding" | "convolution">;
	/** null for the first layer. */
	readonly block: number | null;
	/** null for the first layer: nothing is added to it. */
	readonly residual: "before" | "after" | null;
	readonly tensor: string;
	/** Without the batch. */
	readonly shape: readonly number[];
	/** A map is [n, rows, columns, width]. */
	readonly channelsLast: boolean;
	/** Its cells as they lie in the image. */
	readonly grid: PositionGrid;
}

/** Every place there is, in the order of the forward pass; the branch before the sum. Empty where no cell is the centre. */
export function allTaps(anatomy: Anatomy): readonly Tap[] {
	return [...firstLayer(anatomy), ...anatomy.residuals.flatMap((addition) => aroundAddition(anatomy, addition))];
}

/**
 * Those of a selection: "before" or "after" all additions, with the first layer in either; or names, joined by commas.
 *
 * @throws SightlineError NOT_FOUND an unknown name, with near misses; BAD_INPUT one named twice
 */
export function tapsOf(anatomy: Anatomy, selection: string): readonly Tap[] {
	const all = allTaps(anatomy);
	if (selection === "before" || selection === "after")
		return all.filter(({ residual }) => residual === null || residual === selection);
	const names = selection.split(",");
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined)
		throw new SightlineError("BAD_INPUT", `layer "${twice}" is named twice`, { hint: "Name each layer once." });
	return names.map((name) => {
		const tap = all.find((candidate) => candidate.name === name);
		if (tap !== undefined) return tap;
		throw notFound(
			"layer with a receptive field",
			name,
			all.map((candidate) => candidate.name),
		);
	});
}

/** The cell in the middle, counted from 0: side // 2 for even sides and odd. */
export function centreCell({ rows, columns }: PositionGrid): { readonly row: number; readonly column: number } {
	return { row: Math.floor(rows / 2), column: Math.floor(columns / 2) };
}

/** How many channels a tap has: of tokens the last axis, of a map that of its channels. */
export function channelsOf(tap: Tap): number {
	return (tap.shape.length === 3 ? mapShape(tap)[0] : tap.shape[1]) ?? 0;
}

function firstLayer(anatomy: Anatomy): readonly Tap[] {
	const first = anatomy.layers.find(
		({ kind, block }) => kind === "patchEmbedding" || (kind === "convolution" && block === null),
	);
	const grid = first && positionGrid(anatomy, first);
	if (!first || !grid || (first.kind !== "patchEmbedding" && first.kind !== "convolution")) return [];
	const { name, kind, tensor, shape, channelsLast = false } = first;
	return [{ name, kind, block: null, residual: null, tensor, shape, channelsLast, grid }];
}

function aroundAddition(
	anatomy: Anatomy,
	{ block, kind, branch, sum, channelsLast = false }: ResidualAddition,
): readonly Tap[] {
	const { output } = anatomy.blocks[block] ?? {};
	// What is added has the shape of the sum, and a block's sums that of its output.
	const layer = anatomy.layers.find(({ tensor }) => tensor === output);
	const grid = layer && positionGrid(anatomy, layer);
	if (!layer || !grid) return [];
	const own = laidOut(layer, layer.channelsLast ?? false);
	const added = laidOut(layer, channelsLast);
	const place = { kind, block, grid } as const;
	const after = kind === "unit" ? { ...own, tensor: layer.tensor } : { ...added, tensor: sum };
	return [
		{ ...place, ...added, name: `blocks.${block}.${kind}`, residual: "before", tensor: branch },
		{ ...place, ...after, name: `blocks.${block}.+${kind}`, residual: "after" },
	];
}

/** A layer's shape as a tensor of the same block has it, whose channels may stand in the other place. */
function laidOut(layer: Layer, channelsLast: boolean): Pick<Tap, "shape" | "channelsLast"> {
	if (layer.shape.length !== 3) return { shape: layer.shape, channelsLast: false };
	const [channels, rows, columns] = mapShape(layer);
	return { shape: channelsLast ? [rows, columns, channels] : [channels, rows, columns], channelsLast };
}
