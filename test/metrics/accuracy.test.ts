import { expect, test } from "vitest";
import { accuracy } from "../../src/metrics/accuracy.ts";
import type { Records } from "../../src/metrics/metric.ts";
import { anatomyOf } from "../support/runMetric.ts";

test("hits at 1 and at 5 are counted over batches, filling left out", () => {
	// Class 0 has the highest logit, class 5 the lowest.
	const falling = [6, 5, 4, 3, 2, 1];
	const result = accuracy.finish([
		records(6, [
			{ logits: [falling, falling, falling], labels: [0, 4, 5] },
			{ logits: [falling, falling, falling], labels: [0] },
		]),
	]);
	expect(result).toMatchObject({
		images: 4,
		top1: { value: 0.5, hits: 2, among: 1 },
		top5: { value: 0.75, hits: 3, among: 5 },
		reason: null,
	});
	// Wilson's formula in decimals of 30 digits.
	expect(result.top1?.low).toBeCloseTo(0.15003898915214947, 12);
	expect(result.top1?.high).toBeCloseTo(0.8499610108478506, 12);
});

test("of equal logits the lower class counts as higher; a logit that is no number is never a hit", () => {
	const logits = [
		[1, 1, 0],
		[1, 1, 0],
		[Number.NaN, 0, 0],
	];
	expect(accuracy.finish([records(3, [{ logits, labels: [0, 1, 0] }])]).top1?.hits).toBe(1);
	expect(accuracy.finish([records(3, [{ logits: [[Number.NaN, 1, 0]], labels: [1] }])]).top1?.hits).toBe(0);
});

test("with fewer than five classes all of them are among the highest, and it says so", () => {
	const result = accuracy.finish([records(3, [{ logits: [[3, 2, 1]], labels: [2] }])]);
	expect(result.top5).toMatchObject({ value: 1, among: 3 });
});

test("images without labels give a null with the reason", () => {
	const result = accuracy.finish([
		records(3, [
			{
				logits: [
					[3, 2, 1],
					[3, 2, 1],
				],
				labels: [0, -1],
			},
		]),
	]);
	expect(result).toEqual({ images: 2, top1: null, top5: null, reason: "1 of 2 images have no label" });
});

test("labels of other classes give a null with both numbers", () => {
	const result = accuracy.finish([records(3, [{ logits: [[3, 2, 1]], labels: [3] }])]);
	expect(result.reason).toBe("1 of 1 labels are beyond the 3 classes of the model: it was trained on others");
});

test("no images give a null with the reason", () => {
	expect(accuracy.finish([records(3, [])])).toMatchObject({ images: 0, top1: null, reason: "no images" });
});

function records(classes: number, batches: { logits: number[][]; labels: number[] }[]): Records {
	const site = { anatomy: anatomyOf({ classes }), parameters: {}, layers: [], batchSize: 3 };
	return {
		...site,
		records: batches.map(({ logits, labels }, index) => {
			const device = { shape: [logits.length, classes], data: Float32Array.from(logits.flat()) };
			const batch = { index, images: labels.length, labels: Int32Array.from(labels) };
			const values = accuracy.record({ logits: device }, batch, site);
			expect(values.byteLength).toBe(accuracy.recordBytes(site, batch.images));
			return { index, images: batch.images, values };
		}),
	};
}
