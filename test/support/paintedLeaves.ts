import { type LabelledImage, positionIn } from "../../src/data/imageSet.ts";
import { imageSet } from "../../src/data/imageSets.ts";
import { leavesImage } from "../../src/data/leaves/leaves.ts";
import { paint } from "../../src/data/leaves/paint.ts";
import { scene } from "../../src/data/leaves/scene.ts";
import { leavesStyles } from "../../src/data/leaves/style.ts";
import { random } from "../../src/numerics/random.ts";

export interface PaintedLeaves {
	/** @throws as ImageSet.source does */
	image(split: string, index: number): LabelledImage;
}

/** The scenes of `leaves` painted at another size than its 64 pixels: sharp images for models that want large ones. */
export function paintedLeaves(side: number): PaintedLeaves {
	const leaves = imageSet("leaves");
	return {
		image: (split, index) => {
			const position = positionIn(leaves, split, index);
			const source = random(leaves.seed, position);
			const drawn = scene(source, leavesStyles.plain);
			const pixels = new Uint8Array(side * side * 3);
			const mask = new Uint8Array(side * side);
			paint(drawn, side, source, leavesStyles.plain, pixels, mask);
			return { pixels, width: side, height: side, mask, label: leavesImage(leaves.seed, position).label };
		},
	};
}
