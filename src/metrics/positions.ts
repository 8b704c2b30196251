/** A layer as places in the image: the patch tokens of a ViT, the positions of a CNN's map, row by row. */
import type { Anatomy, Layer } from "../anatomy/anatomy.ts";
import type { Site } from "./metric.ts";

export interface PositionGrid {
	readonly rows: number;
	readonly columns: number;
}

/** How a layer's places lie; null for a layer without places, as a pooled one. */
export function positionGrid({ family, tokens }: Anatomy, { kind, shape }: Layer): PositionGrid | null {
	const [first = 0, second = 0, third = 0] = shape;
	// What a patch embedding's convolution gives is a map; a stream of other transformers may be [rows, columns, channels].
	const isMap = family === "cnn" || kind === "patchEmbedding";
	if (shape.length === 3) return isMap ? { rows: second, columns: third } : null;
	if (shape.length !== 2 || tokens === null) return null;
	const [rows, columns] = tokens.grid;
	return first === tokens.count || first === rows * columns ? { rows, columns } : null;
}

export interface Positions {
	/** [n, rows * columns, width] */
	readonly tensor: string;
	readonly width: number;
}

/**
 * The nodes that take a layer's places: of tokens those of the patches, which stand last; of a map
 * [n, channels, rows, columns] its positions, with all channels each.
 */
export function positionsOf(
	{ emit, shape }: Pick<Site, "emit" | "shape">,
	{ tensor }: Layer,
	{ rows, columns }: PositionGrid,
): Positions {
	const places = rows * columns;
	const [n = 0, second = 0, third = 0, ...more] = shape(tensor);
	if (more.length > 0) {
		const flat = emit.reshape(tensor, [n, second, places]);
		return { tensor: emit.add("Transpose", [flat], { perm: [0, 2, 1] }), width: second };
	}
	const extra = second - places;
	return { tensor: extra === 0 ? tensor : emit.slice(tensor, 1, extra, second), width: third };
}
