/**
 * Every metric is held to the laws that it declares, through its nodes on the device, its records and its value. What this
 * cannot see: a value that is wrong in a way that obeys the same laws; the reference values of each metric stand against it.
 */
import { describe, expect, test } from "vitest";
import { accuracy } from "../../src/metrics/accuracy.ts";
import { attentionDistance } from "../../src/metrics/attentionDistance.ts";
import { attentionEntropy } from "../../src/metrics/attentionEntropy.ts";
import { attentionMap } from "../../src/metrics/attentionMap.ts";
import { metrics } from "../../src/metrics/index.ts";
import { linearCka } from "../../src/metrics/linearCka.ts";
import { linearProbe, type ProbeSides } from "../../src/metrics/linearProbe.ts";
import { type LocalizationParameters, localization } from "../../src/metrics/localization.ts";
import type { Change, Recorder, Records } from "../../src/metrics/metric.ts";
import { prediction } from "../../src/metrics/prediction.ts";
import { type ReceptiveFieldParameters, receptiveField, receptiveFieldMaps } from "../../src/metrics/receptiveField.ts";
import { residualNorms } from "../../src/metrics/residualNorms.ts";
import { random } from "../../src/numerics/random.ts";
import { elementCount } from "../../src/tensor/tensor.ts";
import { float32s, fromFloat32s } from "../../src/tensor/values.ts";
import { gaussians } from "../support/gaussians.ts";
import { type Given, type GivenBatch, layer, node, recordsOf } from "../support/runMetric.ts";

const images = 12;

/** What a metric is tried on: `changed` is the tensor that is changed, the others stay. */
interface Trial {
	readonly metric: Recorder;
	readonly given: Given;
	readonly shapes: Readonly<Record<string, readonly number[]>>;
	readonly changed: string;
	/** What is drawn is made positive, and so is what it is changed to. */
	readonly isPositive?: boolean;
	readonly values: (records: Records) => readonly number[];
	readonly compare?: (rows: Records, columns: Records) => readonly (readonly (number | null)[])[];
}

const trials: readonly Trial[] = [
	{
		metric: linearCka,
		given: { layers: [layer("a", [3, 4]), layer("b", [7])] },
		shapes: { a: [images, 3, 4], b: [images, 7] },
		changed: "a",
		values: (records) => linearCka.finish([records]).values.flat().map(Number),
		compare: (rows, columns) => linearCka.finish([rows, columns]).values,
	},
	{
		metric: attentionDistance,
		given: {
			attentions: [{ block: 0, heads: 2, weights: "weights", layout: "batch,heads,query,key", mixed: null }],
			tokens: { grid: [2, 2], patchPx: 8, classToken: true, count: 5 },
		},
		shapes: { weights: [images, 2, 5, 5] },
		changed: "weights",
		values: (records) => attentionDistance.finish([records]).heads.map(({ estimate }) => Number(estimate.value)),
	},
	{
		metric: attentionEntropy,
		given: {
			attentions: [{ block: 0, heads: 2, weights: "weights", layout: "batch,heads,query,key", mixed: null }],
			tokens: { grid: [2, 2], patchPx: 8, classToken: true, count: 5 },
		},
		shapes: { weights: [images, 2, 5, 5] },
		changed: "weights",
		isPositive: true,
		values: (records) => attentionEntropy.finish([records]).heads.map(({ estimate }) => Number(estimate.value)),
	},
	{
		metric: attentionMap,
		given: {
			attentions: [{ block: 0, heads: 2, weights: "weights", layout: "batch,heads,query,key", mixed: null }],
			tokens: { grid: [2, 2], patchPx: 8, classToken: true, count: 5 },
			parameters: { query: "mean" },
		},
		shapes: { weights: [images, 2, 5, 5] },
		changed: "weights",
		values: (records) => attentionMap.finish([records], { image: null }).heads.flatMap((map) => map ?? [Number.NaN]),
	},
	{
		metric: accuracy,
		given: { classes: 9 },
		shapes: { logits: [images, 9] },
		changed: "logits",
		values: (records) => {
			const { top1, top5 } = accuracy.finish([records]);
			return [Number(top1?.value), Number(top5?.value)];
		},
	},
	{
		metric: prediction,
		given: { classes: 9 },
		shapes: { logits: [images, 9] },
		changed: "logits",
		values: ({ records }) => records.flatMap(({ values }) => [...values]),
	},
	{
		metric: linearProbe,
		given: {
			layers: [layer("a", [5, 4])],
			tokens: { grid: [2, 2], patchPx: 4, classToken: true, count: 5 },
			parameters: { readout: "all", patchFlatten: false },
		},
		shapes: { a: [images, 5, 4] },
		changed: "a",
		// The parameters are those given above; what is fitted on is tested on, which only a probe of laws may do.
		values: (records) => {
			const sides = [records, records] as readonly unknown[] as ProbeSides;
			return linearProbe
				.finish(sides, { classes: 9, shots: null, seeds: 1, l2: [20] })
				.map(({ accuracy }) => Number(accuracy));
		},
	},
	{
		metric: residualNorms,
		given: {
			residuals: [{ block: 0, kind: "mlp", stream: "stream", branch: "branch", sum: "sum", projected: false }],
			tokens: { grid: [2, 2], patchPx: 8, classToken: true, count: 5 },
		},
		shapes: { stream: [images, 5, 6], branch: [images, 5, 6] },
		changed: "stream",
		values: (records) =>
			residualNorms
				.finish([records], { aggregation: "meanOfRatios" })
				.flatMap(({ spatial, cls }) => [cls, spatial])
				.flatMap((norms) =>
					[norms?.ratio.value, norms?.cosineWithSum.value, norms?.cosineWithBranch.value].map(Number),
				),
	},
	{
		metric: localization,
		given: {
			layers: [layer("a", [5, 4])],
			tokens: { grid: [2, 2], patchPx: 4, classToken: true, count: 5 },
			parameters: { patchPx: "grid" },
		},
		shapes: { a: [images, 5, 4], pixels: [images, 3, 8, 8] },
		changed: "a",
		// The parameters are those given above.
		values: (records) =>
			localization
				.finish([records as Records<LocalizationParameters>])
				.flatMap(({ values }) => values.flat().map(Number)),
	},
	{
		metric: receptiveField,
		// z is the mean over 3 x 3 pixels, each times a gain: to scale the gains is to scale the layer.
		given: {
			layers: [{ ...layer("z", [3, 8, 8]), kind: "convolution" }],
			parameters: { taps: "after", variant: "jacobian", channels: "all" },
			graph: {
				nodes: [
					node("Mul", ["pixels", "gain"], "product"),
					node("AveragePool", ["product"], "z", { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
				],
				initializers: new Map(),
			},
		},
		shapes: { pixels: [images, 3, 8, 8], gain: [images, 3, 8, 8] },
		changed: "gain",
		// The parameters are those given above.
		values: (records) =>
			receptiveFieldMaps([records as Records<ReceptiveFieldParameters>]).flatMap(({ values }) => values?.flat() ?? []),
	},
];

test("every metric is tried", () => {
	const names = (all: readonly Recorder[]) => all.map(({ name }) => name).sort();
	expect(names(trials.map(({ metric }) => metric))).toEqual(names(metrics));
});

describe.each(trials)("$metric.name", (trial) => {
	const { metric, given, values, compare } = trial;
	const seeds = [1, 2, 3];

	test.each(metric.laws.invariantTo)("does not change with %s", async (change) => {
		for (const seed of seeds) {
			const batches = batchesOf(trial, seed);
			const before = values(await recordsOf(metric, given, batches));
			const after = values(await recordsOf(metric, given, changedBy(change, trial, batches, seed)));
			for (const [index, value] of before.entries()) expect(after[index], `seed ${seed}`).toBeCloseTo(value, 4);
		}
	});

	test.each(metric.laws.notTo)("changes with %s", async (change) => {
		const differences: number[] = [];
		for (const seed of seeds) {
			const batches = batchesOf(trial, seed);
			const before = values(await recordsOf(metric, given, batches));
			const after = values(await recordsOf(metric, given, changedBy(change, trial, batches, seed)));
			differences.push(...before.map((value, index) => Math.abs(value - (after[index] as number))));
		}
		expect(Math.max(...differences)).toBeGreaterThan(0.01);
	});

	test("a batch's record is the same bytes alone, and whatever ran before it", async () => {
		const batches = batchesOf(trial, 4);
		const together = await recordsOf(metric, given, batches);
		const backwards = await recordsOf(metric, given, [...batches].reverse());
		for (const [index, batch] of batches.entries()) {
			const alone = await recordsOf(metric, given, [batch]);
			expect(alone.records[0]?.values).toEqual(together.records[index]?.values);
			expect(backwards.records[batches.length - 1 - index]?.values).toEqual(together.records[index]?.values);
		}
	});

	if (metric.laws.symmetric)
		test("exchanging the sides transposes the values, to the bit", async () => {
			const rows = await recordsOf(metric, given, batchesOf(trial, 5));
			const columns = await recordsOf(metric, given, batchesOf(trial, 6));
			const there = compare?.(rows, columns);
			const back = compare?.(columns, rows);
			expect(there).toHaveLength(2);
			expect(there).toEqual(back?.map((_, row) => back.map((values) => values[row])));
		});
});

function batchesOf({ shapes, isPositive = false }: Trial, seed: number): readonly GivenBatch[] {
	const drawn = gaussians(seed);
	const normal = isPositive ? () => Math.abs(drawn()) : drawn;
	const { below } = random(seed, 1);
	return Array.from({ length: 4 }, () => ({
		tensors: Object.fromEntries(
			Object.entries(shapes).map(([name, shape]) => [
				name,
				fromFloat32s(shape, Float32Array.from({ length: elementCount(shape) }, normal)),
			]),
		),
		labels: Array.from({ length: images }, () => below(9)),
	}));
}

/** The same change in every batch; images are put in another order in each. */
function changedBy(change: Change, trial: Trial, batches: readonly GivenBatch[], seed: number): readonly GivenBatch[] {
	const features = elementCount(trial.shapes[trial.changed] ?? []) / images;
	const normal = gaussians(seed + 1000);
	const map = matrixOf(change, features, normal);
	const shift = Array.from({ length: features }, () => (change === "translation" ? 3 * normal() : 0));
	const { below } = random(seed, 2);
	return batches.map(({ tensors, labels = [] }) => {
		const order = change === "imageOrder" ? shuffled(below) : labels.map((_, index) => index);
		const reordered = Object.entries(tensors).map(([name, tensor]) => {
			const data = float32s(tensor);
			const width = data.length / images;
			const rows = order.map((image) => data.subarray(image * width, (image + 1) * width));
			const changed = (row: Float32Array) => {
				const now = moved(row, map, shift);
				return trial.isPositive ? now.map(Math.abs) : now;
			};
			const now = name === trial.changed ? rows.map(changed) : rows;
			return [name, fromFloat32s(tensor.shape, Float32Array.from(now.flatMap((row) => [...row])))];
		});
		return { tensors: Object.fromEntries(reordered), labels: order.map((image) => labels[image] as number) };
	});
}

function moved(row: Float32Array, map: readonly (readonly number[])[], shift: readonly number[]): Float32Array {
	return row.map((_, to) =>
		row.reduce((sum, value, from) => sum + value * (map[from]?.[to] as number), shift[to] as number),
	);
}

/** [features, features] */
function matrixOf(change: Change, features: number, normal: () => number): readonly (readonly number[])[] {
	const square = (entry: (row: number, column: number) => number) =>
		Array.from({ length: features }, (_, row) => Array.from({ length: features }, (_, column) => entry(row, column)));
	if (change === "linearMap") return square(normal);
	if (change === "scaling") return square((row, column) => (row === column ? 2.5 : 0));
	if (change !== "rotation") return square((row, column) => (row === column ? 1 : 0));
	// Gram and Schmidt: each row made orthogonal to those before it, then of length one.
	const rows: number[][] = [];
	for (const row of square(normal)) {
		const free = rows.reduce((left, before) => {
			const along = left.reduce((sum, value, k) => sum + value * (before[k] as number), 0);
			return left.map((value, k) => value - along * (before[k] as number));
		}, row);
		const length = Math.hypot(...free);
		rows.push(free.map((value) => value / length));
	}
	return rows;
}

function shuffled(below: (count: number) => number): readonly number[] {
	const order = Array.from({ length: images }, (_, index) => index);
	for (let last = images - 1; last > 0; last--) {
		const other = below(last + 1);
		[order[last], order[other]] = [order[other] as number, order[last] as number];
	}
	return order;
}
