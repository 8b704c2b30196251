import { describe, expect, it } from "vitest";
import { borderLead, ownMinusMean, ownShare } from "../../../src/report/statistics/localized.ts";
import { madeUpLocalization } from "../../support/madeUpPlaces.ts";

describe("ownShare", () => {
	it("reaches a token to either side where no batch moves any", () => {
		expect(ownShare(madeUpLocalization({ side: 8, share: 0.75, reach: 0 }))(0.95)).toEqual({
			value: 0.75,
			low: expect.closeTo(0.75 - 1 / 36, 12),
			high: expect.closeTo(0.75 + 1 / 36, 12),
		});
	});

	it("keeps the interval that the batches give where it is wider", () => {
		expect(ownShare(madeUpLocalization({ side: 8, share: 0.75, reach: 0.1 }))(0.95)).toMatchObject({
			low: expect.closeTo(0.65, 12),
			high: expect.closeTo(0.85, 12),
		});
	});

	it("is stretched to another level by Student's t over the batches", () => {
		// t(0.995, 7) / t(0.975, 7) = 3.499483 / 2.364624
		expect(ownShare(madeUpLocalization({ side: 8, share: 0.5, reach: 0.1 }))(0.99)).toMatchObject({
			high: expect.closeTo(0.5 + 0.1479932, 6),
		});
	});

	it("gives the reason where there is no interval, no value or no layer", () => {
		const found = madeUpLocalization({ share: 0.5 });
		const few = { value: 0.5, low: null, high: null, reason: "needs 4 full batches" };
		expect(ownShare({ ...found, ownShare: few })(0.95)).toEqual({ reason: "needs 4 full batches" });
		expect(ownShare({ ...found, ownShare: null, reason: "it has no tokens" })(0.95)).toEqual({
			reason: "it has no tokens",
		});
		expect(ownShare(undefined)(0.95)).toEqual({ reason: "there is no such layer" });
	});
});

describe("ownMinusMean", () => {
	it("is not widened: it is smooth", () => {
		expect(ownMinusMean(madeUpLocalization({ ownMinusMean: 0.2, reach: 0.01 }))(0.95)).toMatchObject({
			low: expect.closeTo(0.19, 12),
		});
	});
});

describe("borderLead", () => {
	it("adds the intervals of border and interior end to end", () => {
		const measured = borderLead(madeUpLocalization({ border: 0.3, interior: 0.1, reach: 0.01 }))(0.95);
		// Each at 97.5 %: t(0.9875, 7) = 2.841244
		expect(measured).toMatchObject({
			value: expect.closeTo(0.2, 12),
			low: expect.closeTo(0.2 - (0.02 * 2.841244) / 2.364624, 6),
		});
	});
});
