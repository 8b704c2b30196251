/**
 * How a map of the image is concentrated about a point. Pixel (row, column) is the square from (row, column) to
 * (row + 1, column + 1), all its mass at the centre (row + 1/2, column + 1/2) unless said otherwise. Values are at least 0.
 */

/** A point of the image in pixels from its upper left corner. */
export interface Point {
	readonly rowPx: number;
	readonly columnPx: number;
}

export interface MapSize {
	readonly height: number;
	readonly width: number;
}

export interface Concentration {
	/** Share of the mass in the square of `patchPx` about the point, pixels on its border by the share of their area. */
	readonly centreMass: number;
	/** The same over that square's share of the image: 1 for an even map. The square ends where the image does. */
	readonly centreMassOverArea: number;
	/** Radius of the circle about the point that holds 50 % or 90 % of the mass; between two pixels linearly. */
	readonly radiusHoldingHalfPx: number;
	readonly radiusHoldingNinetyPx: number;
	/** The same as shares of the image's shorter side. */
	readonly radiusHoldingHalf: number;
	readonly radiusHoldingNinety: number;
	/** Share of the image's area that the brightest pixels take which hold 50 %; the last one in part. */
	readonly areaHoldingHalf: number;
}

/**
 * @param map [height, width], of a positive sum
 * @param rings of the same size and point
 */
export function concentration(map: Float64Array, size: MapSize, rings: Rings, patchPx: number): Concentration {
	const { height, width } = size;
	const total = sumOf(map);
	const rows = coverage(rings.point.rowPx, patchPx, height);
	const columns = coverage(rings.point.columnPx, patchPx, width);
	const centreMass = massUnder(map, rows, columns) / total;
	const radiusHoldingHalfPx = radiusHolding(0.5 * total, map, rings);
	const radiusHoldingNinetyPx = radiusHolding(0.9 * total, map, rings);
	const side = Math.min(height, width);
	return {
		centreMass,
		centreMassOverArea: (centreMass * height * width) / (sumOf(rows) * sumOf(columns)),
		radiusHoldingHalfPx,
		radiusHoldingNinetyPx,
		radiusHoldingHalf: radiusHoldingHalfPx / side,
		radiusHoldingNinety: radiusHoldingNinetyPx / side,
		areaHoldingHalf: areaHolding(0.5 * total, map),
	};
}

/** The pixels about a point, from the nearest on. */
export interface Rings {
	readonly point: Point;
	readonly pixels: Uint32Array;
	/** Squared distance of each of `pixels`. */
	readonly squares: Float64Array;
}

export function ringsAbout(point: Point, { height, width }: MapSize): Rings {
	const squares = Float64Array.from({ length: height * width }, (_, pixel) => {
		const down = Math.floor(pixel / width) + 0.5 - point.rowPx;
		const across = (pixel % width) + 0.5 - point.columnPx;
		return down * down + across * across;
	});
	const pixels = Uint32Array.from(squares.keys()).sort((a, b) => (squares[a] as number) - (squares[b] as number));
	return { point, pixels, squares: Float64Array.from(pixels, (pixel) => squares[pixel] as number) };
}

/**
 * For each share the side in pixels of the smallest square about the pixel in the middle (side // 2) that holds more than
 * it; null where none within the image does. Sides are odd, of 3 or more (Ding et al. 2022, analyze_erf.py).
 */
export function squaresHolding(
	shares: readonly number[],
	map: Float64Array,
	{ height, width }: MapSize,
): readonly (number | null)[] {
	const [row, column] = [Math.floor(height / 2), Math.floor(width / 2)];
	/** Mass by the larger of the distances in rows and in columns. */
	const frames = new Float64Array(Math.max(row, column) + 1);
	for (let pixel = 0; pixel < map.length; pixel++) {
		const reach = Math.max(Math.abs(Math.floor(pixel / width) - row), Math.abs((pixel % width) - column));
		frames[reach] = (frames[reach] as number) + (map[pixel] as number);
	}
	const total = sumOf(map);
	return shares.map((share) => {
		let held = frames[0] as number; // there is always one
		for (let reach = 1; reach < Math.min(row, column); reach++) {
			held += frames[reach] as number;
			if (held / total > share) return 2 * reach + 1;
		}
		return null;
	});
}

export function sumOf(values: Float64Array): number {
	let sum = 0;
	for (let at = 0; at < values.length; at++) sum += values[at] as number;
	return sum;
}

/** Of each pixel along a side, the share that lies within a length about a point. */
function coverage(centrePx: number, lengthPx: number, side: number): Float64Array {
	const [from, to] = [centrePx - lengthPx / 2, centrePx + lengthPx / 2];
	return Float64Array.from({ length: side }, (_, at) => Math.max(0, Math.min(to, at + 1) - Math.max(from, at)));
}

function massUnder(map: Float64Array, rows: Float64Array, columns: Float64Array): number {
	let mass = 0;
	for (const [row, share] of rows.entries()) {
		if (share === 0) continue;
		for (const [column, other] of columns.entries())
			mass += share * other * (map[row * columns.length + column] as number);
	}
	return mass;
}

/** Pixels of one distance come in together; between two distances the mass grows linearly, from 0 at the point itself. */
function radiusHolding(mass: number, map: Float64Array, { pixels, squares }: Rings): number {
	let [inside, radius] = [0, 0];
	for (let at = 0; at < pixels.length; ) {
		const square = squares[at] as number;
		const before = inside;
		for (; squares[at] === square; at++) inside += map[pixels[at] as number] as number;
		const next = Math.sqrt(square);
		if (inside >= mass) return radius + ((next - radius) * (mass - before)) / (inside - before);
		radius = next;
	}
	return radius;
}

function areaHolding(mass: number, map: Float64Array): number {
	const ascending = map.toSorted();
	let held = 0;
	for (let at = ascending.length - 1; at >= 0; at--) {
		const value = ascending[at] as number;
		if (held + value >= mass) return (ascending.length - 1 - at + (mass - held) / value) / ascending.length;
		held += value;
	}
	return 1;
}
