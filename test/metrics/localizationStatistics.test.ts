import { describe, expect, test } from "vitest";
import { localizationStatistics } from "../../src/metrics/localizationStatistics.ts";

/** Three by four tokens, as many patches of 8 x 10 px: two tokens are interior, numbers 5 and 6, and so are two patches. */
const grid = { rows: 3, columns: 4 };
const geometry = { tokens: grid, patches: grid, patchPx: [8, 10] } as const;
const none = new Array(12).fill(0);

describe("of tokens that each have one patch, and two that look elsewhere", () => {
	/** Token 5 looks at patch 11, token 6 at its own, token 0 at patch 6, all others at their own. */
	const cells = Array.from({ length: 12 }, (_, token) => {
		const peak = token === 5 ? 11 : token === 0 ? 6 : token;
		return none.map((_, patch) => (patch === peak ? 0.6 : 0));
	});

	test("each statistic counts its tokens and patches", () => {
		const found = localizationStatistics(geometry, cells, []);
		const values = Object.fromEntries(Object.entries(found).map(([name, { value }]) => [name, value]));
		expect(values.ownShare).toBe(0.5);
		expect(values.edgeOwnShare).toBe(0.9);
		// Token 5 lies at (1, 1), patch 11 at (2, 3); the median is half way to token 6, which is 0 away.
		expect(values.medianDistance).toBeCloseTo(Math.sqrt(5) / 2, 12);
		expect(values.medianDistancePx).toBeCloseTo(Math.hypot(8, 20) / 2, 12);
		expect(values.ownMinusMean).toBeCloseTo((0 - 0.05 + 0.6 - 0.05) / 2, 12);
		// Only token 0 looks inside, at one patch of two; no edge token looks at the border but at its own patch.
		expect(values.edgeWithInterior).toBeCloseTo(0.3 / 10, 12);
		expect(values.edgeWithBorder).toBe(0);
	});

	test("intervals are the jackknife's; a statistic that a batch alone bears has none", () => {
		const without = [cells, cells, cells, cells.map((row, token) => (token === 5 ? (cells[6] ?? row) : row))];
		const { ownShare } = localizationStatistics(geometry, cells, without);
		// Values of 0.5, 0.5, 0.5, 0.5: token 5 looks at patch 6, not at its own.
		expect(ownShare).toEqual({ value: 0.5, low: 0.5, high: 0.5, reason: null });
		const better = cells.map((row, token) => (token === 5 ? none.map((_, patch) => (patch === 5 ? 1 : 0)) : row));
		const { low, high } = localizationStatistics(geometry, cells, [cells, cells, cells, better]).ownShare;
		// Without each: 0.5, 0.5, 0.5, 1; the spread is sqrt(3 / 4 * 0.1875), Student's t of 3 degrees 3.18245.
		expect(Number(high) - 0.5).toBeCloseTo(3.18245 * 0.375, 4);
		expect(0.5 - Number(low)).toBeCloseTo(3.18245 * 0.375, 4);
		const gone = cells.map((row) => row.map(() => null));
		expect(localizationStatistics(geometry, cells, [cells, cells, cells, gone]).ownShare).toMatchObject({
			value: 0.5,
			low: null,
			reason: "no interval: the jackknife needs 4 full batches, and a value without each of them",
		});
	});
});

test("a grid without interior tokens has no share of them, with the reason", () => {
	const small = { rows: 2, columns: 2 };
	const cells = [0, 1, 2, 3].map((token) => [0, 1, 2, 3].map((patch) => (patch === token ? 1 : 0)));
	const found = localizationStatistics({ tokens: small, patches: small, patchPx: [4, 4] }, cells, []);
	expect(found.ownShare).toEqual({
		value: null,
		low: null,
		high: null,
		reason: "no token or patch to count has a value",
	});
	expect(found.edgeOwnShare.value).toBe(1);
	expect(found.edgeWithInterior.value).toBeNull();
});
