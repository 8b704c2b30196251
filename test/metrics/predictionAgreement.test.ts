import { expect, test } from "vitest";
import type { Records } from "../../src/metrics/metric.ts";
import { prediction } from "../../src/metrics/prediction.ts";
import { predictionAgreement } from "../../src/metrics/predictionAgreement.ts";
import { anatomyOf } from "../support/runMetric.ts";

/** What a device gives for these logits, two images a batch, the last one filled up. */
function recordsOf(logits: readonly (readonly number[])[], classes = 3): Records {
	const site = { anatomy: anatomyOf({ classes }), parameters: {}, layers: [], batchSize: 2 };
	const records = Array.from({ length: Math.ceil(logits.length / 2) }, (_, index) => {
		const rows = logits.slice(2 * index, 2 * index + 2);
		const filled = [...rows, ...new Array(2 - rows.length).fill(new Array(classes).fill(7))];
		const device = { shape: [2, classes], data: Float32Array.from(filled.flat()) };
		const batch = { index, images: rows.length, labels: new Int32Array(rows.length).fill(-1) };
		const values = prediction.record({ logits: device }, batch, site);
		expect(values.byteLength).toBe(prediction.recordBytes(site, batch.images));
		return { index, images: rows.length, values };
	});
	return { ...site, records };
}

const [first, second, third] = [
	[2, 1, 0],
	[-3, -1, -2],
	[0, 1, 5],
] as const;

test("the class is that of the highest logit, of equal ones the lowest, and none where one is no number", () => {
	const rows = [first, second, third, [1, 1, 1], [0, 4, 4], [1, 2, Number.NaN], [-Infinity, -Infinity, 0]];
	expect(recordsOf(rows).records.flatMap(({ values }) => [...values])).toEqual([0, 1, 2, 0, 1, -1, 2]);
});

test("images of the same class are counted over batches, filling left out", () => {
	const found = predictionAgreement([recordsOf([first, first, third]), recordsOf([first, second, third])]);
	expect(found).toMatchObject({ images: 3, share: { value: 2 / 3, hits: 2, count: 3 }, reason: null });
	// Wilson's formula in decimals of 30 digits: 2 of 3.
	expect(found.share?.low).toBeCloseTo(0.20765960080205, 12);
	expect(found.share?.high).toBeCloseTo(0.9385080552796, 12);
});

test("a model agrees with itself, and with another as much as that one with it", () => {
	const [one, other] = [recordsOf([first, second, third]), recordsOf([third, second, first])];
	expect(predictionAgreement([one, one]).share?.value).toBe(1);
	expect(predictionAgreement([one, other])).toEqual(predictionAgreement([other, one]));
});

test("there is none without images", () => {
	expect(predictionAgreement([recordsOf([]), recordsOf([])])).toEqual({ images: 0, share: null, reason: "no images" });
});

test("an image without a class is given none in common, not even with another that has none", () => {
	const none = [0, Number.NaN, 0];
	const found = predictionAgreement([recordsOf([first, none, none]), recordsOf([first, second, none])]);
	expect(found).toMatchObject({ share: { hits: 1, count: 3 }, reason: null });
});

test("classes of other models mean other things", () => {
	const other = recordsOf([[1, 0]], 2);
	expect(predictionAgreement([recordsOf([first]), other])).toEqual({
		...{ images: 1, share: null },
		reason: "one model has 3 classes, the other 2: their numbers mean different things",
	});
});

test("other batches of the same images are refused", () => {
	expect(() => predictionAgreement([recordsOf([first, first, first]), recordsOf([first])])).toThrow(
		"rows saw 2 batches of 2 images, columns saw 1 batches of 2 images",
	);
});
