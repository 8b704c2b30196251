import { expect, test } from "vitest";
import { fewShots } from "../../src/metrics/fewShot.ts";

/** 20 images of class 0, 12 of class 1, 15 of class 2, in turns. */
const labels = [0, 1, 2].flatMap((label) => new Array([20, 12, 15][label]).fill(label)).sort((a, b) => (a + b) % 2);
const counts = (images: readonly number[]) =>
	[0, 1, 2].map((label) => images.filter((image) => labels[image] === label).length);

test("as many images of each class as shots are fitted on, and all others held out", () => {
	const found = fewShots(labels, [0, 1, 2], 3, { shots: 10, seed: 0, holdOut: false });
	if ("reason" in found) throw new Error(found.reason);
	expect(counts(found.fitted)).toEqual([10, 10, 10]);
	expect(counts(found.heldOut)).toEqual([10, 2, 5]);
	expect(new Set([...found.fitted, ...found.heldOut]).size).toBe(labels.length);
});

test("a seed always chooses the same images, another seed others, and more shots hold the fewer", () => {
	const fitted = (shots: number, seed: number) => {
		const found = fewShots(labels, [0, 1, 2], 3, { shots, seed, holdOut: false });
		return "reason" in found ? [] : found.fitted;
	};
	expect(fitted(5, 1)).toEqual(fitted(5, 1));
	expect(fitted(5, 1)).not.toEqual(fitted(5, 2));
	expect(fitted(10, 1)).toEqual(expect.arrayContaining([...fitted(5, 1)]));
});

test("with all images, a tenth of each class is held out only where something is chosen on it", () => {
	const all = fewShots(labels, [0, 1, 2], 3, { shots: null, seed: 0, holdOut: false });
	expect(all).toMatchObject({ heldOut: [] });
	const some = fewShots(labels, [0, 1, 2], 3, { shots: null, seed: 0, holdOut: true });
	if ("reason" in some) throw new Error(some.reason);
	expect(counts(some.heldOut)).toEqual([2, 2, 2]);
	expect(counts(some.fitted)).toEqual([18, 10, 13]);
});

test.each([
	[13, 3, false, "class 1 has 12 of the 47 images to fit on, too few"],
	[1, 4, false, "class 3 has 0 of the 47 images to fit on, too few"],
	[null, 4, false, "class 3 has 0 of the 47 images to fit on, too few"],
])("%j shots of %i classes: %s", (shots, classes, holdOut, reason) => {
	expect(fewShots(labels, [0, 1, 2, 3], classes, { shots, seed: 0, holdOut })).toEqual({ reason });
});

test("where the shots leave no image over there is none to choose l2 on", () => {
	expect(fewShots([0, 0, 1, 1], [0], 2, { shots: 2, seed: 0, holdOut: true })).toMatchObject({
		reason: expect.stringContaining("no image is left over to choose l2 on"),
	});
});

test("a class without images is left out where none is tested", () => {
	const found = fewShots([0, 0, 2, 2], [0, 2], 4, { shots: 1, seed: 0, holdOut: true });
	if ("reason" in found) throw new Error(found.reason);
	expect(found.fitted.map((image) => [0, 0, 2, 2][image])).toEqual([0, 2]);
	const missing = fewShots([0, 0, 2, 2], [0, 1], 4, { shots: 1, seed: 0, holdOut: true });
	expect(missing).toEqual({ reason: "class 1 has 0 of the 4 images to fit on, too few" });
});
