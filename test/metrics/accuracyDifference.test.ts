import { expect, test } from "vitest";
import { accuracy } from "../../src/metrics/accuracy.ts";
import { accuracyDifference } from "../../src/metrics/accuracyDifference.ts";
import type { Records } from "../../src/metrics/metric.ts";
import { anatomyOf } from "../support/runMetric.ts";

/** Records of `accuracy`: of every image how many classes stand before its own. */
function recordsOf(ranks: readonly number[], batchSize = 8): Records {
	const records = Array.from({ length: Math.ceil(ranks.length / batchSize) }, (_, index) => {
		const values = Float32Array.from(ranks.slice(index * batchSize, (index + 1) * batchSize));
		return { index, images: values.length, values };
	});
	return { anatomy: anatomyOf({ classes: 9 }), parameters: {}, layers: [], batchSize, records };
}

/** Ranks of two models of images of which so many are right with both, with one alone, with neither: spread over the run. */
function pairOf(counts: readonly [both: number, firstOnly: number, secondOnly: number, neither: number]) {
	const outcomes = [
		[0, 0],
		[0, 1],
		[4, 0],
		[2, 8],
	] as const;
	const images = counts.flatMap((count, outcome) => new Array(count).fill(outcomes[outcome] ?? []));
	// 7 has no divisor in common with the 50 images of every case.
	const spread = images.map((_, at) => images[(7 * at) % images.length]);
	return [recordsOf(spread.map(([rank]) => rank)), recordsOf(spread.map(([, rank]) => rank))] as const;
}

// Newcombe's formula in decimals of 30 digits, as in test/numerics/pairedDifference.test.ts.
test.each([
	{ counts: [36, 12, 2, 0], value: 0.2, low: 0.0569295840032888, high: 0.340427602974941 },
	{ counts: [20, 12, 2, 16], value: 0.2, low: 0.0561564248417483, high: 0.329206995400141 },
	{ counts: [18, 0, 2, 30], value: -0.04, low: -0.106684980855554, high: 0.026882157475888 },
] as const)("images are paired by their place in the run: $counts", ({ counts, value, low, high }) => {
	expect(accuracyDifference(pairOf(counts))).toEqual({
		images: 50,
		value: expect.closeTo(value, 12),
		low: expect.closeTo(low, 12),
		high: expect.closeTo(high, 12),
		reason: null,
	});
});

test("it is the difference of what the two have for themselves, and turned over where they are exchanged", () => {
	const [first, second] = pairOf([11, 9, 5, 25]);
	const { value, low, high } = accuracyDifference([first, second]);
	const shares = [first, second].map((side) => accuracy.finish([side]).top1?.value ?? Number.NaN);
	expect(value).toBeCloseTo((shares[0] ?? 0) - (shares[1] ?? 0), 12);
	const other = accuracyDifference([second, first]);
	expect([other.value, other.low, other.high].map(Number)).toEqual(
		[value, high, low].map((end) => expect.closeTo(-Number(end), 12)),
	);
});

test("a model and itself differ by nothing, within an interval that is not empty", () => {
	const [same] = pairOf([20, 0, 0, 30]);
	const { value, low, high } = accuracyDifference([same, same]);
	expect(value).toBe(0);
	expect(low).toBeLessThan(0);
	expect(high).toBeGreaterThan(0);
});

const right = [0, 0, 0, 0];
test.each([
	["no images", [], []],
	["1 of 4 images have no label", [0, -1, 2, 0], right],
	["1 of 4 images have no label", right, [0, -1, 2, 0]],
	["2 of 4 labels are beyond the 9 classes of the model: it was trained on others", right, [-2, 0, -2, 3]],
])("there is none where either has none: %s", (reason, first, second) => {
	expect(accuracyDifference([recordsOf(first), recordsOf(second)])).toEqual({
		...{ images: first.length, value: null, low: null, high: null, reason },
	});
});

test.each([
	["fewer batches", recordsOf(right, 2), "rows saw 1 batches of 2 images, columns saw 2 batches of 2 images"],
	["batches of another size", recordsOf(right, 4), "rows saw 1 batches of 2 images, columns saw 1 batches of 4 images"],
])("%s of the same images are refused", (_name, second, message) => {
	expect(() => accuracyDifference([recordsOf(right.slice(2), 2), second])).toThrow(
		expect.objectContaining({
			...{ code: "BAD_INPUT", message, hint: "Ask for both models on the same images, count and batch size." },
		}),
	);
});
