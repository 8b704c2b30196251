import { describe, expect, it } from "vitest";
import type { ReceptiveFieldResult } from "../../../src/report/queryResult.ts";
import {
	branchLessStream,
	fieldAtDepth,
	fieldPairs,
	fieldStatistic,
	fiveDepths,
	lowestQuarter,
	midwayLessShareOfLast,
} from "../../../src/report/statistics/receptiveFieldDepth.ts";
import { madeUpField } from "../../support/madeUpPlaces.ts";

/** Attention and MLP of each block, whose r90 is a tenth of the block's number. */
const vit = (blocks: number): ReceptiveFieldResult[] => [
	madeUpField("patchEmbedding", null, { r90: 0.01 }),
	...Array.from({ length: blocks }, (_, block) => [
		madeUpField("attention", block, { r90: (block + 1) / 10 }),
		madeUpField("mlp", block, { r90: 9 }),
	]).flat(),
];
const resnet = (units: number): ReceptiveFieldResult[] => [
	madeUpField("convolution", null, { r90: 0.01 }),
	...Array.from({ length: units }, (_, block) => madeUpField("unit", block, { r90: (block + 1) / 10 })),
];
const places = (fields: readonly ReceptiveFieldResult[]) => fields.map(({ kind, block }) => `${kind} ${block}`);
const central = (estimate: ReturnType<typeof fieldStatistic>) => {
	const measured = estimate(0.95);
	return "reason" in measured ? measured.reason : measured.value;
};

describe("fiveDepths", () => {
	it("are the paper's attentions 1, 3, 6, 9 and 12 of 12", () => {
		expect(places(fiveDepths(vit(12)))).toEqual([0, 2, 5, 8, 11].map((block) => `attention ${block}`));
	});

	it("are attentions 1, 2, 3, 5 and 6 of 6", () => {
		expect(places(fiveDepths(vit(6)))).toEqual([0, 1, 2, 4, 5].map((block) => `attention ${block}`));
	});

	it("are the first convolution and the units at quarters of the depth of a CNN", () => {
		expect(places(fiveDepths(resnet(8)))).toEqual(["convolution null", "unit 1", "unit 3", "unit 5", "unit 7"]);
	});

	it("name no layer twice where there are fewer, and none where there are none", () => {
		expect(places(fiveDepths(vit(2)))).toEqual(["attention 0", "attention 1"]);
		expect(fiveDepths([])).toEqual([]);
	});
});

describe("statistics by depth", () => {
	it("leave MLPs and the first layer out", () => {
		expect(fieldAtDepth(vit(6), 0.5)).toMatchObject({ kind: "attention", block: 2 });
		expect(fieldAtDepth(vit(6), 0)).toMatchObject({ kind: "attention", block: 0 });
	});

	it("average the lowest quarter, of one layer at least", () => {
		expect(central(lowestQuarter(resnet(8), "radiusHoldingNinety"))).toBeCloseTo(0.15, 12);
		expect(central(lowestQuarter(vit(2), "radiusHoldingNinety"))).toBeCloseTo(0.1, 12);
	});

	it("tell by how much half-way is beyond a share of the last", () => {
		expect(central(midwayLessShareOfLast(resnet(8), "radiusHoldingNinety", 0.75))).toBeCloseTo(0.4 - 0.6, 12);
	});

	it("have Student's interval over the batches", () => {
		// t(0.975, 7) = 2.364624
		expect(fieldStatistic(madeUpField("unit", 0, { r50: 0.2, error: 0.01 }), "radiusHoldingHalf")(0.95)).toEqual({
			value: 0.2,
			low: expect.closeTo(0.2 - 0.02364624, 7),
			high: expect.closeTo(0.2 + 0.02364624, 7),
		});
	});

	it("give the reason where there is no layer, no value or no error", () => {
		expect(fieldStatistic(undefined, "radiusHoldingHalf")(0.95)).toEqual({ reason: "there is no such layer" });
		const without = { ...madeUpField("unit", 0, {}), radiusHoldingHalf: null, reason: "it has no additions" };
		expect(fieldStatistic(without, "radiusHoldingHalf")(0.95)).toEqual({ reason: "it has no additions" });
		const alone = { value: 1, standardError: null, reason: "the jackknife needs 4 batches" };
		const one = { ...madeUpField("unit", 0, {}), radiusHoldingHalf: alone };
		expect(fieldStatistic(one, "radiusHoldingHalf")(0.95)).toEqual({ reason: "the jackknife needs 4 batches" });
	});
});

describe("branches and streams", () => {
	const before = [
		madeUpField("convolution", null, {}),
		madeUpField("attention", 0, { r50: 0.3 }),
		madeUpField("mlp", 0, { r50: 0.1 }),
	];
	const after = [
		madeUpField("convolution", null, {}),
		madeUpField("mlp", 0, { r50: 0.2 }),
		madeUpField("attention", 0, { r50: 0.2 }),
	];

	it("are paired by kind and block; the first layer has no addition", () => {
		const pairs = fieldPairs(before, after);
		expect(pairs.map((pair) => places([pair.before, pair.after]))).toEqual([
			["attention 0", "attention 0"],
			["mlp 0", "mlp 0"],
		]);
		expect(central(branchLessStream(pairs, "radiusHoldingHalf", 0.5))).toBeCloseTo((0.3 - 0.1 + 0.1 - 0.1) / 2, 12);
	});

	it("are missing where there is no pair", () => {
		expect(branchLessStream([], "radiusHoldingHalf", 1)(0.95)).toHaveProperty("reason");
	});
});
