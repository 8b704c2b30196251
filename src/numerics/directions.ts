/**
 * Unit vectors at equal angles, made by halving right angles: the middle of two unit vectors is their sum divided by its
 * length. Only + / and sqrt, which the standard makes exact to the last bit, so that what is drawn with them is the
 * same on every machine; Math.sin and Math.cos give no such promise.
 */
export const directionCount = 1024;
const quadrant = directionCount / 4;

/** x and y of direction k, at the angle 2 pi k / 1024. */
export const directionX = new Float64Array(directionCount);
export const directionY = new Float64Array(directionCount);

function halve(low: number, high: number): void {
	if (high - low < 2) return;
	const middle = (low + high) / 2;
	const x = at(directionX, low) + at(directionX, high);
	const y = at(directionY, low) + at(directionY, high);
	const length = Math.sqrt(x * x + y * y);
	directionX[middle] = x / length;
	directionY[middle] = y / length;
	halve(low, middle);
	halve(middle, high);
}

function at(table: Float64Array, index: number): number {
	return table[index & (directionCount - 1)] as number;
}

directionX.set([1, 0, -1, 0].flatMap((x) => [x, ...new Array<number>(quadrant - 1).fill(0)]));
directionY.set([0, 1, 0, -1].flatMap((y) => [y, ...new Array<number>(quadrant - 1).fill(0)]));
for (let corner = 0; corner < 4; corner++) halve(corner * quadrant, (corner + 1) * quadrant);

/** The last direction at or before the angle of (x, y), counter-clockwise from (1, 0); 0 for the origin. */
export function directionOf(x: number, y: number): number {
	let corner = 0;
	let u = x;
	let v = y;
	// Turn by right angles (exact) until the vector lies in the first quadrant.
	while (corner < 3 && !(u > 0 && v >= 0)) {
		[u, v] = [v, -u];
		corner++;
	}
	if (!(u > 0 && v >= 0)) return 0;
	let low = 0;
	let high = quadrant;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (at(directionX, middle) * v - at(directionY, middle) * u >= 0) low = middle;
		else high = middle;
	}
	return corner * quadrant + low;
}
