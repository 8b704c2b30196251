import { expect, test } from "vitest";
import { imageSet, imageSets } from "../../src/data/imageSets.ts";
import { leavesImage } from "../../src/data/leaves/leaves.ts";
import { readImage } from "../../src/data/readImage.ts";

const leaves = imageSet("leaves");

test.each(imageSets.map((set) => [set.id, set] as const))("the splits of %s do not overlap", (_id, { splits }) => {
	const ranges = [...splits.values()].sort((a, b) => a.start - b.start);
	for (const [index, { start, count }] of ranges.entries()) {
		expect(start + count).toBeLessThanOrEqual(ranges[index + 1]?.start ?? Number.POSITIVE_INFINITY);
	}
});

test.each(imageSets.map((set) => [set.id, set] as const))("an image of %s is what its set says", async (_id, set) => {
	for (const split of set.splits.keys()) {
		const { pixels, width, height, label, mask } = await readImage(set.source(split, 3));
		expect([width, height]).toEqual([set.width, set.height]);
		expect(pixels.length).toBe(width * height * 3);
		expect(mask?.length).toBe(width * height);
		expect(set.classNames[label]).toBeTypeOf("string");
	}
});

test("the splits of leaves are all unsigned 32-bit indices of the generator", async () => {
	const counts = [...leaves.splits.values()].map(({ count }) => count);
	expect(counts.reduce((sum, count) => sum + count)).toBe(2 ** 32);
	expect(await readImage(leaves.source("train", 5))).toEqual(leavesImage(0, 5));
	expect(await readImage(leaves.source("test", 5))).toEqual(leavesImage(0, 2 ** 31 + 5));
	expect(await readImage(leaves.source("validation", 2 ** 29 - 1))).toEqual(leavesImage(0, 2 ** 32 - 1));
});

test("an unknown set or split is answered with what there is", () => {
	expect(() => imageSet("leavs")).toThrow(expect.objectContaining({ hint: "Did you mean leaves?" }));
	expect(() => leaves.source("trein", 0)).toThrow(expect.objectContaining({ hint: "Did you mean train?" }));
});

test.each([-1, 0.5, Number.NaN, 2 ** 29])("there is no image %s of the probe split", (index) => {
	expect(() => leaves.source("probe", index)).toThrow(`leaves: there is no image ${index} in split "probe"`);
});
