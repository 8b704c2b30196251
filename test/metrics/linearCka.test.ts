import { describe, expect, test } from "vitest";
import { gramLength } from "../../src/metrics/gramRecord.ts";
import { linearCka } from "../../src/metrics/linearCka.ts";
import type { Records } from "../../src/metrics/metric.ts";
import { elementCount } from "../../src/tensor/tensor.ts";
import { float32s, fromFloat32s } from "../../src/tensor/values.ts";
import reference from "../fixtures/metrics/reference.json" with { type: "json" };
import { gaussians } from "../support/gaussians.ts";
import { anatomyOf, type GivenBatch, layer, recordsOf } from "../support/runMetric.ts";

const { cka } = reference;

describe("on the arrays of the PyTorch reference", async () => {
	const layers = Object.entries(cka.layers).map(([name, { shape }]) => layer(name, shape));
	const batches = Array.from({ length: 5 }, (_, batch): GivenBatch => {
		const tensors = Object.entries(cka.layers).map(([name, { shape, batches }]) => [
			name,
			fromFloat32s([cka.images, ...shape], batches[batch] as number[]),
		]);
		return { tensors: Object.fromEntries(tensors) };
	});
	const records = await recordsOf(linearCka, { layers }, batches);
	const result = linearCka.finish([records]);

	test("values are those of HSIC_1 term by term in float64, also for a layer far from zero", () => {
		expect(result.reasons).toEqual([]);
		expect(result.batches).toBe(5);
		for (const [row, values] of cka.values.entries())
			for (const [column, value] of values.entries()) expect(result.values[row]?.[column]).toBeCloseTo(value, 5);
	});

	test("standard errors are those of leaving out one batch at a time", () => {
		for (const [row, errors] of cka.standardErrors.entries())
			for (const [column, error] of errors.entries())
				expect(result.standardErrors[row]?.[column]).toBeCloseTo(error, 5);
	});

	test("the matrix is symmetric to the bit, its diagonal 1 and without error", () => {
		for (const row of layers.keys()) {
			expect(result.values[row]?.[row]).toBe(1);
			expect(result.standardErrors[row]?.[row]).toBe(0);
			for (const column of layers.keys()) expect(result.values[row]?.[column]).toBe(result.values[column]?.[row]);
		}
	});

	test("two sides give the same bits as one, and a layer with itself 1", () => {
		const swapped: Records = { ...records, records: records.records.map((record) => ({ ...record })) };
		expect(linearCka.finish([records, swapped])).toEqual(result);
	});

	test("the order in which batches come makes no difference once they are sorted by index", () => {
		const shuffled = [3, 0, 4, 2, 1].map((index) => records.records[index]);
		const sorted = shuffled.flatMap((record) => record ?? []).sort((a, b) => a.index - b.index);
		expect(linearCka.finish([{ ...records, records: sorted }])).toEqual(result);
	});

	test("below 4 batches there is no standard error, and the reason is told", () => {
		const three = linearCka.finish([{ ...records, records: records.records.slice(0, 3) }]);
		expect(three.values[0]?.[1]).toBeTypeOf("number");
		expect(three.standardErrors.flat().every((error) => error === null)).toBe(true);
		expect(three.reasons).toEqual([
			{
				side: null,
				layer: null,
				reason: "no standard error: the jackknife needs 4 full batches, there are 3",
			},
		]);
	});

	test("a record has the size that was announced", () => {
		for (const { values, images } of records.records)
			expect(values.byteLength).toBe(linearCka.recordBytes({ ...records, parameters: { tokens: "all" } }, images));
	});
});

test("a last batch that is not full counts for nothing", async () => {
	const layers = [layer("a", [5]), layer("b", [7])];
	const random = gaussians(1);
	const batch = (): GivenBatch => ({ tensors: { a: noise(random, [6, 5]), b: noise(random, [6, 7]) } });
	const full = [batch(), batch(), batch(), batch()];
	const alone = await recordsOf(linearCka, { layers }, full);
	const followed = await recordsOf(linearCka, { layers }, [...full, { ...batch(), images: 5 }]);
	expect(followed.records[4]?.values).toHaveLength(0);
	expect(linearCka.finish([followed])).toEqual(linearCka.finish([alone]));
});

test("fewer than 4 images a batch give nulls with the reason", async () => {
	const layers = [layer("a", [5])];
	const records = await recordsOf(linearCka, { layers }, [{ tensors: { a: noise(gaussians(1), [3, 5]) } }]);
	expect(linearCka.finish([records])).toEqual({
		values: [[null]],
		standardErrors: [[null]],
		reasons: [{ side: null, layer: null, reason: "3 images a batch: HSIC needs 4" }],
		batches: 0,
	});
});

test("a layer that varies by no more than float32's rounding gives nulls for its row and column, with the reason", async () => {
	const layers = [layer("still", [40]), layer("moving", [5]), layer("zero", [5]), layer("barely", [40])];
	const random = gaussians(2);
	const image = Array.from({ length: 40 }, random);
	const around = (spread: number) =>
		fromFloat32s(
			[8, 40],
			Array.from({ length: 320 }, (_, i) => (image[i % 40] as number) + spread * random()),
		);
	const batch = (): GivenBatch => ({
		tensors: {
			still: around(1e-6),
			moving: noise(random, [8, 5]),
			zero: fromFloat32s([8, 5], new Float32Array(40)),
			barely: around(0.03),
		},
	});
	const result = linearCka.finish([await recordsOf(linearCka, { layers }, [batch(), batch(), batch(), batch()])]);
	expect(result.values).toEqual([
		[null, null, null, null],
		[null, 1, null, expect.any(Number)],
		[null, null, null, null],
		[null, expect.any(Number), null, 1],
	]);
	expect(result.reasons).toEqual([
		{ side: "rows", layer: "still", reason: "it does not vary over the images" },
		{ side: "rows", layer: "zero", reason: "it does not vary over the images" },
	]);
});

test("a layer whose products overflow float32 says so instead of giving NaN", async () => {
	const layers = [layer("huge", [5])];
	const random = gaussians(3);
	const huge = () =>
		fromFloat32s(
			[4, 5],
			Array.from({ length: 20 }, () => 1e30 * random()),
		);
	const result = linearCka.finish([await recordsOf(linearCka, { layers }, [{ tensors: { huge: huge() } }])]);
	expect(result.values).toEqual([[null]]);
	expect(result.reasons[0]?.reason).toBe("its products are not finite in float32");
});

test("independent representations, and the same one with shuffled images, are near 0", async () => {
	const layers = [layer("a", [30]), layer("b", [30]), layer("shuffled", [30])];
	const random = gaussians(4);
	const batches = Array.from({ length: 12 }, (): GivenBatch => {
		const a = Float32Array.from({ length: 64 * 30 }, random);
		// Image i takes the features of image 13 i + 5 mod 64: none keeps its own but by chance.
		const shuffled = a.map((_, i) => a[((13 * Math.floor(i / 30) + 5) % 64) * 30 + (i % 30)] as number);
		return {
			tensors: {
				a: fromFloat32s([64, 30], a),
				b: noise(random, [64, 30]),
				shuffled: fromFloat32s([64, 30], shuffled),
			},
		};
	});
	const { values, standardErrors } = linearCka.finish([await recordsOf(linearCka, { layers }, batches)]);
	for (const column of [1, 2]) {
		expect(Math.abs(values[0]?.[column] as number)).toBeLessThan(0.05);
		expect(Math.abs(values[0]?.[column] as number)).toBeLessThan(4 * (standardErrors[0]?.[column] as number));
	}
});

test("122 layers of two models in 40 batches of 64 are compared within 2 seconds a matrix", () => {
	const random = gaussians(5);
	const names = Array.from({ length: 122 }, (_, index) => layer(`${index}`, [1]));
	const noiseOnce = Float32Array.from({ length: 122 * gramLength(64) + 40 }, random);
	const records = Array.from({ length: 40 }, (_, index) => ({
		index,
		images: 64,
		values: noiseOnce.slice(index, index + 122 * gramLength(64)),
	}));
	const side = { anatomy: anatomyOf({}), parameters: { tokens: "all" }, layers: names, batchSize: 64, records };
	const seconds = (work: () => unknown) => {
		const before = process.cpuUsage();
		work();
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1e6;
	};
	// Of the processor, not of the clock, and twice what is meant: the machine may do something else at the same time.
	expect(seconds(() => linearCka.finish([side]))).toBeLessThan(4);
	expect(seconds(() => linearCka.finish([side, { ...side }]))).toBeLessThan(4);
});

test("a layer whose mean is 400 times its spread, in thousands of directions, is still itself turned round", async () => {
	const layers = [layer("far", [4096]), layer("near", [4096])];
	const random = gaussians(11);
	const batches = Array.from({ length: 4 }, () => {
		const spread = noise(random, [16, 4096]);
		const near = float32s(spread);
		return {
			tensors: {
				far: fromFloat32s(
					[16, 4096],
					near.map((value) => value + 400),
				),
				near: spread,
			},
		};
	});
	const { values, reasons } = linearCka.finish([await recordsOf(linearCka, { layers }, batches)]);
	expect(reasons).toEqual([]);
	// Rounding to float32 at 400 is 1.5e-5 of the spread.
	expect(values[0]?.[1]).toBeCloseTo(1, 4);
});

test("sides that saw different batches are refused", async () => {
	const layers = [layer("a", [5])];
	const random = gaussians(6);
	const batches = [{ tensors: { a: noise(random, [4, 5]) } }, { tensors: { a: noise(random, [4, 5]) } }];
	const records = await recordsOf(linearCka, { layers }, batches);
	const shorter = { ...records, records: records.records.slice(1) };
	expect(() => linearCka.finish([records, shorter])).toThrow(
		"rows saw 2 batches of 4 images, columns saw 1 batches of 4 images",
	);
});

test("a layer whose first axis is not the batch is refused by name", async () => {
	const given = { layers: [layer("a", [5]), layer("b", [5])] };
	const random = gaussians(7);
	const tensors = { a: noise(random, [4, 5]), b: noise(random, [5, 4]) };
	await expect(recordsOf(linearCka, given, [{ tensors }])).rejects.toThrow("b is [5, 4], expected [4, ...]");
});

function noise(random: () => number, shape: readonly number[]) {
	return fromFloat32s(shape, Float32Array.from({ length: elementCount(shape) }, random));
}
