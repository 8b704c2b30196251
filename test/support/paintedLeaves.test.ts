import { expect, test } from "vitest";
import { imageSet } from "../../src/data/imageSets.ts";
import { paintedLeaves } from "./paintedLeaves.ts";

test("painted at 64 pixels, leaves are leaves", () => {
	for (let index = 0; index < 20; index++) {
		const { pixels, label, mask } = imageSet("leaves").image("test", index);
		expect(paintedLeaves(64).image("test", index)).toEqual({ pixels, label, mask });
	}
});

test("painted larger, an object is where it was", () => {
	const small = imageSet("leaves").image("test", 7);
	const large = paintedLeaves(192).image("test", 7);
	const share = (mask: Uint8Array = new Uint8Array(1)) => mask.reduce((sum, shown) => sum + shown, 0) / mask.length;
	expect(share(large.mask)).toBeCloseTo(share(small.mask), 2);
	expect(large.pixels.length).toBe(192 * 192 * 3);
});
