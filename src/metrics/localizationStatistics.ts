/** How well the tokens of a layer find their own places in the image, from the matrix of their CKA with all patches. */
import { jackknifeSpread } from "../numerics/jackknife.ts";
import { studentQuantile } from "../numerics/studentQuantile.ts";
import type { PositionGrid } from "./positions.ts";

/**
 * A token's own patch is the one that holds the centre of its cell; it finds the patch that it is most similar to. Edge
 * tokens and border patches are those of the outermost rows and columns. Tokens and patches without values do not count.
 */
export interface LocalizationStatistics {
	/** Share of interior tokens that find their own patch, 0 to 1. */
	readonly ownShare: StatisticEstimate;
	/** Median over interior tokens of the distance from their own patch to the one they find, in patches. */
	readonly medianDistance: StatisticEstimate;
	/** The same in pixels. */
	readonly medianDistancePx: StatisticEstimate;
	/** CKA of interior tokens with their own patch less that with all patches, mean over tokens. */
	readonly ownMinusMean: StatisticEstimate;
	/** As ownShare, of edge tokens. */
	readonly edgeOwnShare: StatisticEstimate;
	/** Mean CKA of edge tokens with border patches other than their own, and with interior patches. */
	readonly edgeWithBorder: StatisticEstimate;
	readonly edgeWithInterior: StatisticEstimate;
}

/**
 * With its 95 % interval over batches of images: jackknife, Student's t. The jackknife is made for smooth statistics: of a
 * share or a median of tokens, which move in steps, the interval is rough, and a point where no batch moves any token.
 */
export interface StatisticEstimate {
	readonly value: number | null;
	readonly low: number | null;
	readonly high: number | null;
	/** Why there is no value, or no interval. */
	readonly reason: string | null;
}

export interface Geometry {
	readonly tokens: PositionGrid;
	readonly patches: PositionGrid;
	/** Sides of a patch. */
	readonly patchPx: readonly [height: number, width: number];
}

/** [tokens, patches] */
type Cells = readonly (readonly (number | null)[])[];

/** @param without the cells with one batch of images left out, for each in turn; empty where there are too few for that */
export function localizationStatistics(
	geometry: Geometry,
	cells: Cells,
	without: readonly Cells[],
): LocalizationStatistics {
	const whole = statisticsOf(geometry, cells);
	const others = without.map((those) => statisticsOf(geometry, those));
	const estimate = (name: keyof LocalizationStatistics) =>
		estimateOf(
			whole[name],
			others.map((statistics) => statistics[name]),
		);
	return {
		ownShare: estimate("ownShare"),
		medianDistance: estimate("medianDistance"),
		medianDistancePx: estimate("medianDistancePx"),
		ownMinusMean: estimate("ownMinusMean"),
		edgeOwnShare: estimate("edgeOwnShare"),
		edgeWithBorder: estimate("edgeWithBorder"),
		edgeWithInterior: estimate("edgeWithInterior"),
	};
}

function statisticsOf(geometry: Geometry, cells: Cells): Readonly<Record<keyof LocalizationStatistics, number | null>> {
	const { tokens, patches, patchPx } = geometry;
	const found = cells.flatMap((row, token) => {
		const peak = argmax(row);
		return peak === null ? [] : [{ row, edge: isOnBorder(token, tokens), own: ownPatch(token, geometry), peak }];
	});
	const interior = found.filter(({ edge }) => !edge);
	const edge = found.filter((token) => token.edge);
	const share = (some: typeof found) => mean(some.map(({ own, peak }) => (own === peak ? 1 : 0)));
	const distance = (down: number, across: number) =>
		median(interior.map(({ own, peak }) => Math.hypot(...offset(own, peak, patches, [down, across]))));
	const meanOver = (some: typeof found, counts: (patch: number, own: number) => boolean) =>
		some.flatMap(({ row, own }) => mean(row.filter((value, patch) => value !== null && counts(patch, own))) ?? []);
	return {
		ownShare: share(interior),
		medianDistance: distance(1, 1),
		medianDistancePx: distance(...patchPx),
		ownMinusMean: mean(
			interior.flatMap(({ row, own }) => {
				const [there, all] = [row[own] ?? null, mean(row)];
				return there === null || all === null ? [] : [there - all];
			}),
		),
		edgeOwnShare: share(edge),
		edgeWithBorder: mean(meanOver(edge, (patch, own) => patch !== own && isOnBorder(patch, patches))),
		edgeWithInterior: mean(meanOver(edge, (patch) => !isOnBorder(patch, patches))),
	};
}

function estimateOf(value: number | null, without: readonly (number | null)[]): StatisticEstimate {
	if (value === null) return { value, low: null, high: null, reason: "no token or patch to count has a value" };
	const others = without.filter((other) => other !== null);
	if (others.length === 0 || others.length < without.length) {
		const reason = "no interval: the jackknife needs 4 full batches, and a value without each of them";
		return { value, low: null, high: null, reason };
	}
	const reach = studentQuantile(0.95, others.length - 1) * jackknifeSpread(others);
	return { value, low: value - reach, high: value + reach, reason: null };
}

/** The first of the largest. */
function argmax(row: readonly (number | null)[]): number | null {
	let [best, at]: [number, number | null] = [Number.NEGATIVE_INFINITY, null];
	for (const [index, value] of row.entries()) if (value !== null && value > best) [best, at] = [value, index];
	return at;
}

function isOnBorder(place: number, { rows, columns }: PositionGrid): boolean {
	const [row, column] = [Math.floor(place / columns), place % columns];
	return row === 0 || row === rows - 1 || column === 0 || column === columns - 1;
}

function ownPatch(token: number, { tokens, patches }: Geometry): number {
	const [row, column] = [Math.floor(token / tokens.columns), token % tokens.columns];
	const down = Math.floor(((row + 0.5) * patches.rows) / tokens.rows);
	const across = Math.floor(((column + 0.5) * patches.columns) / tokens.columns);
	return down * patches.columns + across;
}

/** Rows and columns between two patches, each times a length. */
function offset(
	from: number,
	to: number,
	{ columns }: PositionGrid,
	[down, across]: readonly [number, number],
): [number, number] {
	return [down * (Math.floor(to / columns) - Math.floor(from / columns)), across * ((to % columns) - (from % columns))];
}

function mean(values: readonly (number | null)[]): number | null {
	const numbers = values.filter((value) => value !== null);
	return numbers.length === 0 ? null : numbers.reduce((total, value) => total + value, 0) / numbers.length;
}

function median(values: readonly number[]): number | null {
	const sorted = values.toSorted((a, b) => a - b);
	const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
	return low === undefined || high === undefined ? null : (low + high) / 2;
}
