import type { ImageSet } from "../../src/data/imageSet.ts";
import { imageSet, positionIn } from "../../src/data/imageSets.ts";
import { paint } from "../../src/data/leaves/paint.ts";
import { scene } from "../../src/data/leaves/scene.ts";
import { random } from "../../src/numerics/random.ts";

/** The scenes of `leaves` painted at another size than its 64 pixels: sharp images for models that want large ones. */
export function paintedLeaves(side: number): ImageSet {
	const leaves = imageSet("leaves");
	return {
		...leaves,
		id: `leaves-${side}`,
		title: `Leaves painted at ${side} pixels`,
		width: side,
		height: side,
		digest: `${leaves.digest}, side ${side}`,
		image: (split, index) => {
			const source = random(leaves.seed, positionIn(leaves, split, index));
			const drawn = scene(source);
			const pixels = new Uint8Array(side * side * 3);
			const mask = new Uint8Array(side * side);
			paint(drawn, side, source, pixels, mask);
			return { pixels, mask, label: leaves.image(split, index).label };
		},
	};
}
