/** Paints a scene into bytes, bottom to top, without anti-aliasing, and adds the sensor's noise. */
import type { Random } from "../../numerics/random.ts";
import { inside } from "./outlines.ts";
import type { Leaf, Scene } from "./scene.ts";
import type { LeavesStyle } from "./style.ts";
import { second } from "./textures.ts";

/** The sum of the four bytes of a random word is nearly Gaussian, with this mean and standard deviation. */
const wordMean = 510;
const wordDeviation = Math.sqrt((4 * (256 * 256 - 1)) / 12);

/** Pixels, row by row, red, green, blue: [side, side, 3]; `mask` gets a 1 where the object is seen: [side, side]. */
export function paint(
	scene: Scene,
	side: number,
	random: Random,
	{ noise, duty }: LeavesStyle,
	pixels: Uint8Array,
	mask: Uint8Array,
): void {
	for (let index = 0; index < pixels.length; index++) pixels[index] = scene.ground[index % 3] as number;
	for (const disc of scene.discs) fill(disc, side, duty, pixels, (x, y) => x * x + y * y <= 1);
	mask.fill(0);
	fill(scene.object, side, duty, pixels, (x, y) => inside(scene.outline, x, y), mask);
	const scale = (255 * noise) / wordDeviation;
	for (let index = 0; index < pixels.length; index++) {
		const word = random.word();
		const sum = (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24);
		const value = Math.floor((pixels[index] as number) + (sum - wordMean) * scale + 0.5);
		pixels[index] = Math.min(255, Math.max(0, value));
	}
}

/** Colours every pixel whose centre, seen in the leaf's own turned frame, is within its outline. */
function fill(
	leaf: Leaf,
	side: number,
	duty: number,
	pixels: Uint8Array,
	within: (x: number, y: number) => boolean,
	mask?: Uint8Array,
): void {
	const [cosine, sine] = leaf.turn;
	const [grainX, grainY] = leaf.grain;
	const grains = leaf.radius / leaf.period;
	const left = Math.max(0, Math.floor((leaf.x - leaf.radius) * side));
	const right = Math.min(side - 1, Math.floor((leaf.x + leaf.radius) * side));
	const top = Math.max(0, Math.floor((leaf.y - leaf.radius) * side));
	const bottom = Math.min(side - 1, Math.floor((leaf.y + leaf.radius) * side));
	for (let row = top; row <= bottom; row++) {
		const dy = ((row + 0.5) / side - leaf.y) / leaf.radius;
		for (let column = left; column <= right; column++) {
			const dx = ((column + 0.5) / side - leaf.x) / leaf.radius;
			if (!within(cosine * dx + sine * dy, cosine * dy - sine * dx)) continue;
			const u = (grainX * dx + grainY * dy) * grains;
			const v = (grainX * dy - grainY * dx) * grains;
			const colour = leaf.colours[second(leaf.texture, u, v, duty) ? 1 : 0];
			const pixel = row * side + column;
			pixels[3 * pixel] = colour[0];
			pixels[3 * pixel + 1] = colour[1];
			pixels[3 * pixel + 2] = colour[2];
			if (mask) mask[pixel] = 1;
		}
	}
}
