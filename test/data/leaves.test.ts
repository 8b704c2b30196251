import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { leavesClassNames, leavesImage, leavesSide, leavesVersion } from "../../src/data/leaves/leaves.ts";

test("the first 1 000 images are the pinned ones, to the byte", () => {
	const hash = createHash("sha256");
	for (let index = 0; index < 1000; index++) {
		const { pixels, label, mask } = leavesImage(0, index);
		hash.update(pixels).update(mask).update(Uint8Array.of(label));
	}
	// A new digest means new images: raise leavesVersion and train the zoo again.
	expect([leavesVersion, hash.digest("hex")]).toEqual([
		1,
		"cde8800ed88d86266a94a46542377b4e28e39eabe7356b2db0d8c0d0b4259bfd",
	]);
});

test("an image depends on its seed and index alone", () => {
	const first = leavesImage(5, 77);
	leavesImage(6, 78);
	expect(leavesImage(5, 77)).toEqual(first);
	expect(leavesImage(6, 77).pixels).not.toEqual(first.pixels);
	expect(leavesImage(5, 78).pixels).not.toEqual(first.pixels);
});

test("every class occurs about equally often", () => {
	const counts = new Array<number>(leavesClassNames.length).fill(0);
	const total = 6000;
	for (let index = 0; index < total; index++) {
		const { label } = leavesImage(1, index);
		counts[label] = (counts[label] as number) + 1;
	}
	const expected = total / counts.length;
	const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
	// 99.99 % quantile of chi-square with 29 degrees of freedom.
	expect(chiSquare).toBeLessThan(65.2);
});

test("the object is whole, where the box says, and as large as its scene says", () => {
	for (let index = 0; index < 300; index++) {
		const { mask, box, scene } = leavesImage(2, index);
		const rows = [...mask.keys()].filter((at) => mask[at] === 1).map((at) => Math.floor(at / leavesSide));
		expect([box.top, box.bottom]).toEqual([Math.min(...rows), Math.max(...rows)]);
		const { x, y, radius } = scene.object;
		expect(box.left).toBeGreaterThanOrEqual(Math.floor((x - radius) * leavesSide));
		expect(box.right).toBeLessThanOrEqual(Math.floor((x + radius) * leavesSide));
		expect(box.top).toBeGreaterThanOrEqual(Math.floor((y - radius) * leavesSide));
		expect(rows.length).toBeGreaterThan(0.1 * Math.PI * (radius * leavesSide) ** 2);
	}
});

test("a plain object shows one colour under the noise, a textured one two", () => {
	for (let index = 0; index < 100; index++) {
		const { mask, pixels, scene } = leavesImage(3, index);
		const [first, second] = scene.object.colours;
		const near = (pixel: number, colour: readonly number[]) =>
			colour.every((value, channel) => Math.abs((pixels[3 * pixel + channel] as number) - value) < 45);
		const shown = [...mask.keys()].filter((pixel) => mask[pixel] === 1);
		const firsts = shown.filter((pixel) => near(pixel, first)).length;
		const seconds = shown.filter((pixel) => near(pixel, second)).length;
		if (scene.object.texture === 0) expect(firsts).toBe(shown.length);
		else expect(firsts * seconds).toBeGreaterThan(0);
	}
});
