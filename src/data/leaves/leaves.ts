/**
 * `leaves`: generated images, any number of them, 64 x 64 RGB. A dead-leaves background with one object on top; its
 * class is outline x texture (30 classes), so that both global shape and local texture matter.
 *
 * Image `index` of seed `seed` is the same to the byte on every machine: integer random numbers, and otherwise only
 * + - x / and Math.sqrt, which the language standard makes exact.
 */
import { random } from "../../numerics/random.ts";
import type { Box, LabelledImage } from "../imageSet.ts";
import { outlineNames } from "./outlines.ts";
import { paint } from "./paint.ts";
import { type Scene, scene } from "./scene.ts";
import { type LeavesStyleName, leavesStyles } from "./style.ts";
import { textureNames } from "./textures.ts";

/** Goes up with every change that alters a byte of any image. */
export const leavesVersion = 1;
export const leavesSide = 64;

/** "triangle plain", "triangle stripes", ...: class = outline x 5 + texture. */
export const leavesClassNames: readonly string[] = outlineNames.flatMap((outline) =>
	textureNames.map((texture) => `${outline} ${texture}`),
);

export interface LeavesImage extends LabelledImage {
	readonly mask: Uint8Array;
	readonly box: Box;
	readonly scene: Scene;
}

/** @param seed and index: unsigned 32-bit integers */
export function leavesImage(seed: number, index: number, styleName: LeavesStyleName = "plain"): LeavesImage {
	const source = random(seed, index);
	const style = leavesStyles[styleName];
	const drawn = scene(source, style);
	const pixels = new Uint8Array(leavesSide * leavesSide * 3);
	const mask = new Uint8Array(leavesSide * leavesSide);
	paint(drawn, leavesSide, source, style, pixels, mask);
	const label = drawn.outline * textureNames.length + drawn.object.texture;
	return { pixels, width: leavesSide, height: leavesSide, label, mask, box: boxOf(mask), scene: drawn };
}

function boxOf(mask: Uint8Array): Box {
	let [left, top, right, bottom] = [leavesSide, leavesSide, -1, -1];
	mask.forEach((shown, pixel) => {
		if (shown === 0) return;
		const column = pixel % leavesSide;
		const row = (pixel - column) / leavesSide;
		left = Math.min(left, column);
		right = Math.max(right, column);
		top = Math.min(top, row);
		bottom = Math.max(bottom, row);
	});
	return { left, top, right, bottom };
}
