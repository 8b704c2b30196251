/** Of a layer, the vectors that a probe reads: which tokens or positions, or what mean of them. */
import type { Anatomy, Layer } from "../anatomy/anatomy.ts";
import { SightlineError } from "../errors.ts";
import type { Emitter } from "../onnx/emitter.ts";
import type { Site } from "./metric.ts";
import { mapOf, mapShape, type PositionGrid, positionGrid, positionsOf } from "./positions.ts";

/**
 * cls: the class token; tokens: each patch token or position by itself; firstToken: the one of the upper left corner;
 * mean: the mean over patch tokens or positions; meanWithCls: over these and the class token; all: patch tokens or
 * positions side by side, one long vector.
 */
export type Readout = "cls" | "tokens" | "firstToken" | "mean" | "meanWithCls" | "all";

/**
 * `patchFlatten` is for the maps of a CNN. Before any readout they are brought to the last map's rows and columns by mean
 * pooling (Raghu et al. 2021, appendix A). With `patchFlatten` a map is first cut into patches of k x k positions whose
 * channels are laid side by side: of the k with which the rest can be pooled, that which brings the channels nearest to
 * the last map's; of equals the smaller. The paper does not give its patches.
 */
export type ReadoutParameters = { readonly readout: Readout; readonly patchFlatten: boolean };

/** What a readout makes of a layer. */
export interface ReadoutShape {
	/** Vectors an image, each probed by itself. */
	readonly vectors: number;
	/** Features of a vector. */
	readonly width: number;
	/** How the vectors lie in the image; null where there is one alone. */
	readonly grid: PositionGrid | null;
}

/** @returns or the reason why a layer cannot be read so, in a sentence without its name */
export function readoutShape(
	anatomy: Anatomy,
	layer: Layer,
	{ readout, patchFlatten }: ReadoutParameters,
): ReadoutShape | { readonly reason: string } {
	const { shape } = layer;
	if (readout === "cls" || readout === "meanWithCls") {
		if (anatomy.family === "cnn") return { reason: "a CNN has no class token" };
		if (!anatomy.tokens?.classToken) return { reason: "it has no class token" };
		if (shape.length !== 2 || shape[0] !== anatomy.tokens.count)
			return { reason: `[${shape.join(", ")}] holds no class token` };
		return { vectors: 1, width: shape[1] as number, grid: null };
	}
	const found = placesOf(anatomy, layer, patchFlatten);
	if ("reason" in found) return found;
	const { grid, width } = found;
	const places = grid.rows * grid.columns;
	if (readout === "tokens") return { vectors: places, width, grid };
	return { vectors: 1, width: readout === "all" ? places * width : width, grid: null };
}

/**
 * The nodes that take a readout of a layer: a tensor of n * vectors * width elements, image by image.
 *
 * @throws SightlineError BAD_INPUT where the layer cannot be read so
 */
export function readoutNodes(site: Site<ReadoutParameters>, layer: Layer): string {
	const { emit, anatomy, parameters, batchSize: n } = site;
	const { readout, patchFlatten } = parameters;
	const shape = readoutShape(anatomy, layer, parameters);
	if ("reason" in shape)
		throw new SightlineError("BAD_INPUT", `readout "${readout}" of ${layer.name}: ${shape.reason}`, {
			hint: "Ask for another readout or layer.",
		});
	if (readout === "cls") return emit.slice(layer.tensor, 1, 0, 1);
	if (readout === "meanWithCls") return emit.reduce("ReduceMean", layer.tensor, [1], false);
	const found = placesOf(anatomy, layer, patchFlatten);
	if ("reason" in found) throw new Error(`${layer.name} has a readout, but no places`);
	// Of equal cells the mean of means is the mean of all; and pooling of a map alone leaves it as the runtime has it.
	if (readout === "mean" && found.pooled?.flattened === 1) return emit.add("GlobalAveragePool", [mapOf(emit, layer)]);
	const places =
		found.pooled === null ? positionsOf(site, layer, found.grid).tensor : pooledMap(emit, layer, n, found.pooled);
	if (readout === "mean") return emit.reduce("ReduceMean", places, [1], false);
	return readout === "firstToken" ? emit.slice(places, 1, 0, 1) : places;
}

/** The places of a layer [n, places, width], and of a CNN's map how they come about. */
interface Places {
	readonly grid: PositionGrid;
	readonly width: number;
	readonly pooled: PooledMap | null;
}

/** [channels, rows * down * flattened, columns * across * flattened] -> [rows, columns, channels * flattened^2] */
interface PooledMap {
	readonly channels: number;
	readonly grid: PositionGrid;
	/** Patches of so many positions a side are flattened. */
	readonly flattened: number;
	/** So many patches in a column and in a row are averaged. */
	readonly down: number;
	readonly across: number;
}

function placesOf(anatomy: Anatomy, layer: Layer, patchFlatten: boolean): Places | { readonly reason: string } {
	const { shape } = layer;
	const own = positionGrid(anatomy, layer);
	if (own === null) return { reason: `[${shape.join(", ")}] has neither tokens nor positions` };
	if (anatomy.family !== "cnn")
		return { grid: own, width: (shape.length === 3 ? mapShape(layer)[0] : shape[1]) ?? 0, pooled: null };
	const [channels] = mapShape(layer);
	const [lastChannels, rows, columns] = mapShape(anatomy.layers.findLast(isMap) ?? layer);
	const possible = Array.from({ length: patchFlatten ? own.rows : 1 }, (_, index) => index + 1).filter(
		(side) => own.rows % (side * rows) === 0 && own.columns % (side * columns) === 0,
	);
	if (possible.length === 0)
		return {
			reason: `its ${own.rows} x ${own.columns} positions cannot be pooled to the ${rows} x ${columns} of the last map`,
		};
	const excess = (side: number) => Math.abs(channels * side * side - lastChannels);
	const flattened = possible.reduce((best, side) => (excess(side) < excess(best) ? side : best));
	const grid = { rows, columns };
	const [down, across] = [own.rows / (flattened * rows), own.columns / (flattened * columns)];
	return { grid, width: channels * flattened * flattened, pooled: { channels, grid, flattened, down, across } };
}

/** What a norm behind the pooling gives is none, though it may have the axes of one. */
function isMap(layer: Layer): boolean {
	const [, rows, columns] = mapShape(layer);
	return layer.shape.length === 3 && rows * columns > 1;
}

/** A map as [n, places, width]: averaged first, then the patches laid side by side, so that only small tensors are moved. */
function pooledMap(
	emit: Emitter,
	layer: Layer,
	n: number,
	{ channels, grid, flattened: k, down, across }: PooledMap,
): string {
	const tensor = mapOf(emit, layer);
	const { rows, columns } = grid;
	if (k === 1) {
		const sides = [down, across];
		const isWhole = down === 1 && across === 1;
		const pooled = isWhole ? tensor : emit.add("AveragePool", [tensor], { kernel_shape: sides, strides: sides });
		const flat = emit.reshape(pooled, [n, channels, rows * columns]);
		return emit.add("Transpose", [flat], { perm: [0, 2, 1] });
	}
	const byRow = emit.reshape(tensor, [n * channels * rows, down, k * columns * across * k]);
	const fewerRows = down === 1 ? byRow : emit.reduce("ReduceMean", byRow, [1], false);
	const byColumn = emit.reshape(fewerRows, [n * channels * rows * k * columns, across, k]);
	const fewer = across === 1 ? byColumn : emit.reduce("ReduceMean", byColumn, [1], false);
	const patches = emit.reshape(fewer, [n, channels, rows, k, columns, k]);
	const moved = emit.add("Transpose", [patches], { perm: [0, 2, 4, 1, 3, 5] });
	return emit.reshape(moved, [n, rows * columns, channels * k * k]);
}
