import type { Anatomy, Layer } from "../anatomy/anatomy.ts";
import { SightlineError } from "../errors.ts";
import { jackknifeSpread } from "../numerics/jackknife.ts";
import { normalizedSum, normalizedSumsWithoutEach, sum } from "../numerics/normalizedSum.ts";
import type { Emitter } from "../onnx/emitter.ts";
import { fromFloat32s } from "../tensor/values.ts";
import { centredFeatures, gramsOfSlices } from "./centredGram.ts";
import { fullBatches } from "./fullBatches.ts";
import { whyIncomparable } from "./hsic.ts";
import { type LocalizationStatistics, localizationStatistics } from "./localizationStatistics.ts";
import type { BatchRecord, DeviceTensor, Metric, RecordSite, Records, Site } from "./metric.ts";
import { type PositionGrid, positionGrid, positionsOf } from "./positions.ts";

/**
 * Where in the image each token of a layer comes from (Raghu et al. 2021, Figs 9, 10 and D): linear CKA of the token's
 * representation over images with each input patch's pixels over the same images, minibatch and unbiased as linearCka. The
 * paper does not say what a patch's representation is; here it is the raw pixels of the non-overlapping patch, after the
 * model's normalisation. The class token is no place and is left out; of a CNN each position with all its channels counts
 * as a token.
 *
 * in      a layer of tokens [n, tokens, width] or a map [n, channels, rows, columns]; n >= 4 images; full batches only
 * device  the Gram matrices [tokens, n, n] and [patches, n, n] of centred features, U-centred, and all their products as one
 *         matrix product. Memory grows as n^2 (tokens + patches) + tokens * patches floats a layer, about three times at its
 *         peak: 20 MB for 197 tokens and n = 64.
 * record  float32, per layer products [tokens, patches], squares [tokens] and [patches], mean squared norms of the features
 *         [tokens] and [patches]
 * value   per layer CKA [tokens, patches], no unit, at most 1, not clamped; errors by the jackknife over batches
 */
export const localization: Metric<
	LocalizationParameters,
	readonly Localization[],
	readonly [Records<LocalizationParameters>]
> = {
	name: "localization",
	version: 1,
	variant:
		"linear CKA of one token or position over images with the raw pixels of one patch after the model's normalisation, " +
		"unbiased HSIC summed over minibatches before the ratio, class token left out",
	laws: {
		symmetric: false,
		invariantTo: ["scaling", "translation", "imageOrder"],
		notTo: ["rotation", "linearMap"],
	},

	absence: (anatomy) =>
		anatomy.layers.some((layer) => positionGrid(anatomy, layer) !== null)
			? null
			: "no layer was found that has tokens or positions",

	nodes(site) {
		const { emit, layers, batchSize: n, provider } = site;
		if (n < fewestImages) return {};
		const sideOf = (features: string, slices: number, width: number): Side => {
			const { centred } = centredFeatures(emit, features, [n, slices, width], n);
			const grams = uCentredRows(emit, gramsOfSlices(emit, centred, [n, slices, width], provider), slices, n);
			const squares = emit.reduce("ReduceSumSquare", grams, [1], false);
			return { grams, squares, norms: emit.reduce("ReduceSumSquare", features, [0, 2], false) };
		};
		// Layers with one grid share the patches' side.
		const patchSides = new Map<string, Side>();
		const patchSideOf = (grid: PositionGrid): Side => {
			const key = `${grid.rows} x ${grid.columns}`;
			const { tensor, width } = patchesOf(site, grid);
			const side = patchSides.get(key) ?? sideOf(tensor, grid.rows * grid.columns, width);
			patchSides.set(key, side);
			return side;
		};

		return Object.fromEntries(
			layers.flatMap((layer, index) => {
				const { tokens, patches } = gridsOf(site, layer);
				const { tensor, width } = positionsOf(site, layer, tokens);
				const tokenSide = sideOf(tensor, tokens.rows * tokens.columns, width);
				const patchSide = patchSideOf(patches);
				const patchColumns = emit.add("Transpose", [patchSide.grams], { perm: [1, 0] });
				const products = emit.add("MatMul", [tokenSide.grams, patchColumns]);
				const outputs = [products, tokenSide.squares, patchSide.squares, tokenSide.norms, patchSide.norms];
				return parts.map((part, at): [string, string] => [`${part}${index}`, outputs[at] as string]); // as many
			}),
		);
	},

	record(outputs, { images }, { layers, batchSize: n }) {
		if (images < n || n < fewestImages) return new Float32Array(0);
		const found = layers.flatMap((_, index) => parts.map((part) => valuesOf(outputs, `${part}${index}`)));
		const record = new Float32Array(found.reduce((length, values) => length + values.length, 0));
		let from = 0;
		for (const values of found) {
			record.set(values, from);
			from += values.length;
		}
		return record;
	},

	recordBytes(site, images) {
		if (images < site.batchSize || images < fewestImages) return 0;
		return 4 * sum(site.layers.map((layer) => lengthOf(gridsOf(site, layer))));
	},

	finish([records]) {
		const { layers, batchSize, anatomy } = records;
		const batches = fullBatches(records);
		let from = 0;
		return layers.map((layer) => {
			const grids = gridsOf(records, layer);
			const at = from;
			from += lengthOf(grids);
			const found = batches.map(({ values }) => values.subarray(at, from));
			return localized(layer, grids, anatomy, batchSize, batchSize < fewestImages ? [] : found);
		});
	},
};

/** `patchPx`: the side of a square patch in pixels, or "grid": one patch for each token or position. */
export type LocalizationParameters = { readonly patchPx: number | "grid" };

export interface Localization {
	readonly layer: string;
	readonly tokens: PositionGrid;
	readonly patches: PositionGrid;
	/** [tokens, patches], both row by row; null where one of the two does not vary over the images. */
	readonly values: readonly (readonly (number | null)[])[];
	/** [tokens, patches]; the jackknife's, over batches; null below 4 batches. */
	readonly standardErrors: readonly (readonly (number | null)[])[];
	/** null where there is no value at all. */
	readonly statistics: LocalizationStatistics | null;
	/** Of the tokens and patches without values, or of all. */
	readonly reasons: readonly LocalizationReason[];
	/** Full batches that the values rest on. */
	readonly batches: number;
}

export interface LocalizationReason {
	/** null where it is not about one token, or one patch. */
	readonly token: number | null;
	readonly patch: number | null;
	readonly reason: string;
}

/** Why a layer has no localisation at this patch size, in a sentence without its name; null where it has one. */
export function localizationAbsence(
	anatomy: Anatomy,
	layer: Layer,
	{ patchPx }: LocalizationParameters,
): string | null {
	const tokens = positionGrid(anatomy, layer);
	if (tokens === null) return `[${layer.shape.join(", ")}] has neither tokens nor positions`;
	const patches = patchGrid(anatomy, tokens, patchPx);
	const { height, width } = anatomy.input;
	if (patches === null)
		return patchPx === "grid"
			? `its ${tokens.rows} x ${tokens.columns} positions do not divide ${height} x ${width} px into patches`
			: `patches of ${patchPx} px do not divide ${height} x ${width} px`;
	const cells = tokens.rows * tokens.columns * patches.rows * patches.columns;
	return cells > mostCells
		? `${tokens.rows} x ${tokens.columns} positions and ${patches.rows} x ${patches.columns} patches are ${cells} pairs, ` +
				`at most ${mostCells} are kept: larger patches (patchPx) make fewer`
		: null;
}

/** n (n - 3) divides HSIC. */
const fewestImages = 4;
/** With fewer, a jackknife says little. */
const fewestBatches = 4;
/** Pairs of a token and a patch: 512 tokens with their patches. */
const mostCells = 2 ** 18;
/** A layer's part of a record, in this order. */
const parts = ["products", "tokenSquares", "patchSquares", "tokenNorms", "patchNorms"] as const;

/** Tokens or patches on the device: U-centred Gram matrices [slices, n n], their squares [slices], sums of squares [slices]. */
interface Side {
	readonly grams: string;
	readonly squares: string;
	readonly norms: string;
}

interface Grids {
	readonly tokens: PositionGrid;
	readonly patches: PositionGrid;
}

/** @throws SightlineError BAD_INPUT where the layer has no localisation */
function gridsOf({ anatomy, parameters }: RecordSite<LocalizationParameters>, layer: Layer): Grids {
	const absence = localizationAbsence(anatomy, layer, parameters);
	const tokens = positionGrid(anatomy, layer);
	const patches = tokens && patchGrid(anatomy, tokens, parameters.patchPx);
	if (absence !== null || tokens === null || patches === null)
		throw new SightlineError("BAD_INPUT", `localization of ${layer.name}: ${absence}`, {
			hint: "Ask for another layer, or for patches of another size.",
		});
	return { tokens, patches };
}

function patchGrid({ input }: Anatomy, tokens: PositionGrid, patchPx: number | "grid"): PositionGrid | null {
	const { height, width } = input;
	const { rows, columns } = patchPx === "grid" ? tokens : { rows: height / patchPx, columns: width / patchPx };
	const whole = [rows, columns, height / rows, width / columns].every((side) => Number.isInteger(side) && side > 0);
	return whole ? { rows, columns } : null;
}

function lengthOf({ tokens, patches }: Grids): number {
	const [t, p] = [tokens.rows * tokens.columns, patches.rows * patches.columns];
	return t * p + 2 * (t + p);
}

/** The image's patches, row by row: [n, patches, pixels of all channels]. */
function patchesOf({ emit, anatomy: { input }, batchSize: n }: Site, { rows, columns }: PositionGrid) {
	const { tensor, channels, height, width } = input;
	const cut = emit.reshape(tensor, [n, channels, rows, height / rows, columns, width / columns]);
	const moved = emit.add("Transpose", [cut], { perm: [0, 2, 4, 1, 3, 5] });
	const pixels = (channels * height * width) / (rows * columns);
	return { tensor: emit.reshape(moved, [n, rows * columns, pixels]), width: pixels };
}

/**
 * Gram matrices [slices, n, n] as U-centred rows [slices, n n] (numerics/uCentre.ts): off the diagonal, each entry less
 * the means m of its row and column, m = (sums of the rows - their total / (2 (n - 1))) / (n - 2).
 */
function uCentredRows(emit: Emitter, grams: string, slices: number, n: number): string {
	const matrix = (entry: (row: number, column: number) => number) =>
		emit.constant(
			fromFloat32s(
				[n, n],
				Float32Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n)),
			),
		);
	const hollow = matrix((row, column) => (row === column ? 0 : 1));
	const averaging = matrix((row, column) => ((row === column ? 1 : 0) - 0.5 / (n - 1)) / (n - 2));
	const offDiagonal = emit.add("Mul", [grams, hollow]);
	const sums = emit.reduce("ReduceSum", offDiagonal, [2], true);
	const means = emit.add("MatMul", [averaging, sums]);
	const byRow = emit.add("Sub", [offDiagonal, means]);
	const centred = emit.add("Sub", [byRow, emit.reshape(means, [slices, 1, n])]);
	return emit.reshape(emit.add("Mul", [centred, hollow]), [slices, n * n]);
}

function valuesOf(outputs: Readonly<Record<string, DeviceTensor>>, name: string): Float32Array {
	const output = outputs[name];
	if (output === undefined) throw new Error(`localization: the pass gave no ${name}`);
	return output.data;
}

/** @param batches of each full batch the layer's part of the record */
function localized(
	layer: Layer,
	{ tokens, patches }: Grids,
	{ input }: Anatomy,
	n: number,
	batches: readonly Numbers[],
): Localization {
	const [tokenCount, patchCount] = [tokens.rows * tokens.columns, patches.rows * patches.columns];
	const squaresFrom = tokenCount * patchCount;
	const normsFrom = squaresFrom + tokenCount + patchCount;
	const hsicAt = (at: number) => batches.map((values) => (values[at] as number) / (n * (n - 3)));
	const sideOf = (count: number, shift: number) =>
		Array.from({ length: count }, (_, index) => {
			const own = hsicAt(squaresFrom + shift + index);
			const norm = sum(batches.map((values) => values[normsFrom + shift + index] as number)) / (n * batches.length);
			return { own, reason: whyIncomparable(sum(own) / batches.length, norm) };
		});
	const tokenSide = batches.length === 0 ? [] : sideOf(tokenCount, 0);
	const patchSide = batches.length === 0 ? [] : sideOf(patchCount, tokenCount);

	/** [tokens, patches]; null where there is nothing to compare. */
	const table = <T>(cell: (x: readonly number[], y: readonly number[], xy: readonly number[]) => T) =>
		Array.from({ length: tokenCount }, (_, token) =>
			Array.from({ length: patchCount }, (_, patch) => {
				const [x, y] = [tokenSide[token], patchSide[patch]];
				if (x === undefined || y === undefined || x.reason !== null || y.reason !== null) return null;
				return cell(x.own, y.own, hsicAt(token * patchCount + patch));
			}),
		);
	const values = table(normalizedSum);
	const without = table((x, y, xy) => (xy.length < fewestBatches ? null : normalizedSumsWithoutEach(x, y, xy)));

	const reasons: LocalizationReason[] = [
		...tokenSide.flatMap(({ reason }, token) => (reason === null ? [] : [{ token, patch: null, reason }])),
		...patchSide.flatMap(({ reason }, patch) => (reason === null ? [] : [{ token: null, patch, reason }])),
	];
	const concerningAll = (reason: string) => reasons.push({ token: null, patch: null, reason });
	if (n < fewestImages) concerningAll(`${n} images a batch: unbiased HSIC needs ${fewestImages}`);
	else if (batches.length === 0) concerningAll(`no full batch of ${n} images`);
	else if (batches.length < fewestBatches)
		concerningAll(`no standard error: the jackknife needs ${fewestBatches} full batches, there are ${batches.length}`);

	const patchPx = [input.height / patches.rows, input.width / patches.columns] as const;
	const cellsWithout = batches.length < fewestBatches ? [] : batches.map((_, batch) => withoutBatch(without, batch));
	return {
		layer: layer.name,
		tokens,
		patches,
		values,
		standardErrors: without.map((row) => row.map(errorOf)),
		statistics:
			batches.length === 0 ? null : localizationStatistics({ tokens, patches, patchPx }, values, cellsWithout),
		reasons,
		batches: batches.length,
	};
}

type Numbers = BatchRecord["values"];
type Without = readonly (number | null)[] | null;

/** null where one batch alone varies: without it nothing is left. */
function errorOf(without: Without): number | null {
	const numbers = without?.filter((value) => value !== null) ?? [];
	return without === null || numbers.length < without.length ? null : jackknifeSpread(numbers);
}

function withoutBatch(
	without: readonly (readonly Without[])[],
	batch: number,
): readonly (readonly (number | null)[])[] {
	return without.map((row) => row.map((cell) => cell?.[batch] ?? null));
}
