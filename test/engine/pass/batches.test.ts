import { expect, test } from "vitest";
import { batchesOf } from "../../../src/engine/pass/batches.ts";

const selection = { set: "leaves", split: "test", digest: "", batchSize: 64 };
const placesOf = (count: number, recordBytes: (images: number) => number) =>
	batchesOf({ ...selection, count }, recordBytes).map(({ index, first, images }) => [index, first, images]);

test.each([
	[
		128,
		[
			[0, 0, 64],
			[1, 64, 64],
		],
	],
	[
		129,
		[
			[0, 0, 64],
			[1, 64, 64],
			[2, 128, 1],
		],
	],
	[10, [[0, 0, 10]]],
])("%i images fall into batches of 64, the last with what is left", (count, places) => {
	expect(placesOf(count, () => 8)).toEqual(places);
});

test("a batch that would leave nothing is not run", () => {
	expect(placesOf(100, (images) => (images < 64 ? 0 : 8))).toEqual([[0, 0, 64]]);
	expect(placesOf(100, () => 0)).toEqual([]);
});
