/** What is made of layers' maps: how the mean map lies about the centre, and the map as it is shown. */
import { jackknifeSpread } from "../numerics/jackknife.ts";
import type { GradientVariant } from "./centreGradients.ts";
import {
	type Concentration,
	concentration,
	type MapSize,
	type Point,
	type Rings,
	ringsAbout,
	squaresHolding,
	sumOf,
} from "./concentration.ts";
import type { Estimate } from "./metric.ts";
import { centreCell, type Tap } from "./receptiveFieldTaps.ts";

/** A layer's maps, added over the images of each batch. */
export interface SummedMaps {
	readonly tap: Tap;
	/** Images that were looked at. */
	readonly images: number;
	/** How many of them have a finite map, and the sum of these maps [height, width]; at least one in each. */
	readonly batches: readonly { readonly finite: number; readonly sum: Float32Array | Float64Array }[];
}

export interface ReceptiveField extends Pick<Tap, "kind" | "block" | "residual"> {
	/** As receptiveFieldTaps.ts names it. */
	readonly layer: string;
	/** The middle of the centre cell. */
	readonly centre: Point;
	/** Images and batches that the values rest on. */
	readonly images: number;
	readonly batches: number;
	readonly concentration: Readonly<Record<keyof Concentration, Estimate>>;
	/** Of the variant repLKNet alone. */
	readonly squares: readonly SquareHolding[];
	/** Why values or errors are null, or images were left out. */
	readonly reason: string | null;
}

/** The smallest square about the image's middle that holds more than a share of the picture's sum. */
export interface SquareHolding {
	/** 0 to 1. */
	readonly share: number;
	readonly sidePx: Estimate;
}

/** A map as it is shown. */
export interface ReceptiveFieldMap {
	/** As receptiveFieldTaps.ts names it. */
	readonly layer: string;
	/** Images that it rests on. */
	readonly images: number;
	/** [height][width]: of sum 1; of repLKNet log10(score + 1) over its largest value. null where there is nothing to show. */
	readonly values: readonly (readonly number[])[] | null;
	/** The largest of the values. */
	readonly largest: number | null;
}

/** @param patchPx side of the square about the centre whose mass is told, pixels */
export function fieldsOf(
	layers: readonly SummedMaps[],
	size: MapSize,
	patchPx: number,
	variant: GradientVariant,
): readonly ReceptiveField[] {
	// Layers of one grid have one centre: the pixels are put in order about it once.
	const known = new Map<string, Rings>();
	const ringsOf = (centre: Point): Rings => {
		const key = `${centre.rowPx} ${centre.columnPx}`;
		const rings = known.get(key) ?? ringsAbout(centre, size);
		known.set(key, rings);
		return rings;
	};
	return layers.map((maps) => {
		const { name: layer, kind, block, residual } = maps.tap;
		const centre = centreOf(maps.tap, size);
		const rings = ringsOf(centre);
		const lying = estimates(maps, (mean) => {
			const found = concentration(mean, size, rings, patchPx);
			return concentrationNames.map((name) => found[name]);
		});
		const squares = (mean: Float64Array) => squaresHolding(squareShares, logarithmic(mean), size);
		return {
			...{ layer, kind, block, residual, centre },
			images: finiteImages(maps),
			batches: maps.batches.length,
			// One for each name.
			concentration: Object.fromEntries(
				concentrationNames.map((name, index) => [name, lying[index]]),
			) as ReceptiveField["concentration"],
			squares:
				variant === "repLKNet"
					? estimates(maps, squares).map((sidePx, index) => ({ share: squareShares[index] ?? 0, sidePx }))
					: [],
			reason: reasonOf(maps),
		};
	});
}

export function mapsToShow(
	layers: readonly SummedMaps[],
	{ width }: MapSize,
	variant: GradientVariant,
): readonly ReceptiveFieldMap[] {
	return layers.map((maps) => {
		const [layer, images] = [maps.tap.name, finiteImages(maps)];
		if (absenceOf(maps) !== null) return { layer, images, values: null, largest: null };
		const mean = meanMap(maps);
		const shown = variant === "repLKNet" ? logarithmic(mean) : divided(mean, sumOf(mean));
		return {
			layer,
			images,
			values: Array.from({ length: shown.length / width }, (_, row) =>
				Array.from(shown.subarray(row * width, (row + 1) * width)),
			),
			largest: largestOf(shown),
		};
	});
}

/** With fewer, a jackknife says little. */
const fewestBatches = 4;

const concentrationNames = [
	"centreMass",
	"centreMassOverArea",
	"radiusHoldingHalfPx",
	"radiusHoldingNinetyPx",
	"radiusHoldingHalf",
	"radiusHoldingNinety",
	"areaHoldingHalf",
] as const satisfies readonly (keyof Concentration)[];

/** The shares that Ding et al. 2022 report. */
const squareShares = [0.2, 0.3, 0.5, 0.99] as const;

function centreOf({ grid }: Tap, { height, width }: MapSize): Point {
	const { row, column } = centreCell(grid);
	return { rowPx: ((row + 0.5) * height) / grid.rows, columnPx: ((column + 0.5) * width) / grid.columns };
}

/** Statistics of the mean map, each with the jackknife's error over batches. A statistic may be null of some maps. */
function estimates(
	maps: SummedMaps,
	statistics: (mean: Float64Array) => readonly (number | null)[],
): readonly Estimate[] {
	const reason = absenceOf(maps);
	const whole = statistics(meanMap(maps));
	const without = maps.batches.length < fewestBatches ? [] : withoutEach(maps, statistics);
	return whole.map((value, index) => {
		if (reason !== null || value === null)
			return { value: null, standardError: null, reason: reason ?? "nothing within the image holds as much" };
		const others = without.map((values) => values[index] ?? Number.NaN);
		const spread = others.length === 0 ? Number.NaN : jackknifeSpread(others);
		if (Number.isFinite(spread)) return { value, standardError: spread, reason: null };
		const why = others.length === 0 ? tooFewBatches(maps) : "without one of the batches it is not defined";
		return { value, standardError: null, reason: `no standard error: ${why}` };
	});
}

/** Why nothing can be told of a map. */
function absenceOf(maps: SummedMaps): string | null {
	if (finiteImages(maps) === 0) return "no image has finite gradients";
	return sumOf(meanMap(maps)) > 0 ? null : "the gradient is zero everywhere";
}

function reasonOf(maps: SummedMaps): string | null {
	const absence = absenceOf(maps);
	if (absence !== null) return absence;
	const left = maps.images - finiteImages(maps);
	if (left > 0) return `${left} of ${maps.images} images are left out: gradients not finite`;
	return maps.batches.length < fewestBatches ? `no standard errors: ${tooFewBatches(maps)}` : null;
}

function tooFewBatches({ batches }: SummedMaps): string {
	return `the jackknife needs ${fewestBatches} batches, there are ${batches.length}`;
}

function finiteImages({ batches }: SummedMaps): number {
	return batches.reduce((total, { finite }) => total + finite, 0);
}

/** [height, width]; empty without images. */
function meanMap(maps: SummedMaps): Float64Array {
	return divided(totalOf(maps), finiteImages(maps));
}

/** Of the mean map with one batch left out, for each batch in turn. */
function withoutEach<Value>(maps: SummedMaps, statistic: (mean: Float64Array) => Value): Value[] {
	const total = totalOf(maps);
	const images = finiteImages(maps);
	// Sums of float32 numbers in float64: what one takes off is what was added, but for a batch 2^29 times the others.
	return maps.batches.map(({ finite, sum }) =>
		statistic(total.map((value, pixel) => (value - (sum[pixel] as number)) / (images - finite))),
	);
}

function totalOf({ batches }: SummedMaps): Float64Array {
	const total = new Float64Array(batches[0]?.sum.length ?? 0);
	for (const { sum } of batches)
		for (let pixel = 0; pixel < total.length; pixel++) total[pixel] = (total[pixel] as number) + (sum[pixel] as number);
	return total;
}

/** Scores over many orders of magnitude as a picture from 0 to 1 (Ding et al. 2022). */
function logarithmic(scores: Float64Array): Float64Array {
	// A factor makes no difference to shares, but a score far below 1 would be lost in 1.
	const logarithms = scores.map((score) => Math.log1p(score));
	return divided(logarithms, largestOf(logarithms));
}

function divided(values: Float64Array, by: number): Float64Array {
	return values.map((value) => value / by);
}

function largestOf(values: Float64Array): number {
	return values.reduce((a, b) => Math.max(a, b), 0);
}
