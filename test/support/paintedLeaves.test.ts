import { expect, test } from "vitest";
import { positionIn } from "../../src/data/imageSet.ts";
import { imageSet } from "../../src/data/imageSets.ts";
import { leavesImage } from "../../src/data/leaves/leaves.ts";
import { paintedLeaves } from "./paintedLeaves.ts";

const leaf = (index: number) => leavesImage(0, positionIn(imageSet("leaves"), "test", index));

test("painted at 64 pixels, leaves are leaves", () => {
	for (let index = 0; index < 20; index++) {
		const { box: _box, scene: _scene, ...expected } = leaf(index);
		expect(paintedLeaves(64).image("test", index)).toEqual(expected);
	}
});

test("painted larger, an object is where it was", () => {
	const small = leaf(7);
	const large = paintedLeaves(192).image("test", 7);
	const share = (mask: Uint8Array = new Uint8Array(1)) => mask.reduce((sum, shown) => sum + shown, 0) / mask.length;
	expect(share(large.mask)).toBeCloseTo(share(small.mask), 2);
	expect(large.pixels.length).toBe(192 * 192 * 3);
});
