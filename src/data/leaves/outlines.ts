/**
 * The outlines of the objects as polar curves: the distance from the centre to the edge in each of 1 024 directions, as
 * a share of the object's radius (0 to 1). Direction 0 points right, y points down.
 */
import { directionCount, directionOf, directionX, directionY } from "../../numerics/directions.ts";

export const outlineNames = ["triangle", "square", "star", "cross", "moon", "gear"] as const;

type Point = readonly [x: number, y: number];

/** A polygon's curve: in each direction the farthest crossing with an edge. */
function polygon(corners: readonly Point[]): Float64Array {
	const largest = corners.reduce((most, [x, y]) => Math.max(most, Math.sqrt(x * x + y * y)), 0);
	return curve((dx, dy) => {
		let farthest = 0;
		corners.forEach(([ax, ay], index) => {
			const [bx, by] = corners[(index + 1) % corners.length] as Point;
			const ex = bx - ax;
			const ey = by - ay;
			const across = dx * ey - dy * ex;
			if (across === 0) return;
			const distance = (ax * ey - ay * ex) / across;
			const along = (ax * dy - ay * dx) / across;
			if (distance > farthest && along >= 0 && along <= 1) farthest = distance;
		});
		return farthest / largest;
	});
}

/** Corners at equal angles, beginning at the top, with these radii in turn. */
function spokes(count: number, radii: readonly number[]): Point[] {
	return Array.from({ length: count }, (_, index) => {
		const direction = (Math.round((index * directionCount) / count) + 768) % directionCount;
		const radius = radii[index % radii.length] as number;
		return [(directionX[direction] as number) * radius, (directionY[direction] as number) * radius];
	});
}

function curve(radius: (dx: number, dy: number, direction: number) => number): Float64Array {
	return Float64Array.from({ length: directionCount }, (_, direction) =>
		radius(directionX[direction] as number, directionY[direction] as number, direction),
	);
}

/** A disc from which another disc, centred at 0.75 to its right with radius 0.6, is bitten. */
function moon(dx: number, dy: number): number {
	const along = 0.75 * dx;
	const under = 0.36 - 0.5625 * dy * dy;
	return along > 0 && under > 0 ? along - Math.sqrt(under) : 1;
}

const arm = 0.34;
const crossCorners: readonly Point[] = [
	[arm, -1],
	[arm, -arm],
	[1, -arm],
	[1, arm],
	[arm, arm],
	[arm, 1],
	[-arm, 1],
	[-arm, arm],
	[-1, arm],
	[-1, -arm],
	[-arm, -arm],
	[-arm, -1],
];
const teeth = 8;

const curves: readonly Float64Array[] = [
	polygon(spokes(3, [1])),
	polygon([
		[-1, -1],
		[1, -1],
		[1, 1],
		[-1, 1],
	]),
	polygon(spokes(10, [1, 0.42])),
	polygon(crossCorners),
	curve(moon),
	curve((_dx, _dy, direction) => (Math.floor((direction * teeth * 2) / directionCount) % 2 === 0 ? 1 : 0.7)),
];

/** Whether the point (x, y), in units of the object's radius, lies within the outline of this number. */
export function inside(outline: number, x: number, y: number): boolean {
	const edge = (curves[outline] as Float64Array)[directionOf(x, y)] as number;
	return x * x + y * y <= edge * edge;
}
