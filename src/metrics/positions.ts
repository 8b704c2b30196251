/** A layer as places in the image: the patch tokens of a ViT, the positions of a CNN's map, row by row. */
import type { Anatomy, Layer } from "../anatomy/anatomy.ts";
import type { Emitter } from "../onnx/emitter.ts";
import type { Site } from "./metric.ts";

export interface PositionGrid {
	readonly rows: number;
	readonly columns: number;
}

/** How a layer's places lie; null for a layer without places, as a pooled one. */
export function positionGrid({ family, tokens }: Anatomy, layer: Layer): PositionGrid | null {
	const { kind, shape, channelsLast } = layer;
	const [first = 0] = shape;
	// What a patch embedding's convolution gives is a map; a transformer's stream is one where its channels stand last.
	const isMap = family === "cnn" || kind === "patchEmbedding" || channelsLast === true;
	const [, rows, columns] = mapShape(layer);
	if (shape.length === 3) return isMap ? { rows, columns } : null;
	if (shape.length !== 2 || tokens === null) return null;
	const [down, across] = tokens.grid;
	if (first === tokens.count || first === down * across) return { rows: down, columns: across };
	// Behind a merging of patches, s x s to one, the grid is that of the first block s times smaller.
	const merged = Math.sqrt((down * across) / first);
	const isMerged = tokens.count === down * across && first > 1 && down % merged === 0 && across % merged === 0;
	return isMerged ? { rows: down / merged, columns: across / merged } : null;
}

/** [channels, rows, columns] of a map, in whichever order the graph has them. */
export function mapShape({
	shape,
	channelsLast,
}: Pick<Layer, "shape" | "channelsLast">): readonly [number, number, number] {
	const [first = 0, second = 0, third = 0] = shape;
	return channelsLast ? [third, first, second] : [first, second, third];
}

/** A map as [n, channels, rows, columns]. */
export function mapOf(emit: Emitter, { tensor, channelsLast }: Layer): string {
	return channelsLast ? emit.add("Transpose", [tensor], { perm: [0, 3, 1, 2] }) : tensor;
}

export interface Positions {
	/** [n, rows * columns, width] */
	readonly tensor: string;
	readonly width: number;
}

/**
 * The nodes that take a layer's places: of tokens those of the patches, which stand last; of a map
 * [n, channels, rows, columns], or with its channels last, its positions, with all channels each.
 */
export function positionsOf(
	{ emit, shape }: Pick<Site, "emit" | "shape">,
	{ tensor, channelsLast }: Layer,
	{ rows, columns }: PositionGrid,
): Positions {
	const places = rows * columns;
	const [n = 0, second = 0, third = 0, ...more] = shape(tensor);
	const [last = 0] = more;
	if (channelsLast) return { tensor: emit.reshape(tensor, [n, places, last]), width: last };
	if (more.length > 0) {
		const flat = emit.reshape(tensor, [n, second, places]);
		return { tensor: emit.add("Transpose", [flat], { perm: [0, 2, 1] }), width: second };
	}
	const extra = second - places;
	return { tensor: extra === 0 ? tensor : emit.slice(tensor, 1, extra, second), width: third };
}
