import { expect, test } from "vitest";
import { linearCka } from "../../src/metrics/linearCka.ts";
import { splitScore } from "../../src/metrics/splitScore.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";
import { gaussians } from "../support/gaussians.ts";
import { layer, recordsOf } from "../support/runMetric.ts";

const [images, width, count] = [8, 6, 5];
type Matrix = readonly (readonly number[])[];
/** [batch][layer][image][feature] */
type Batches = readonly (readonly Matrix[])[];

/** Layers 0 to 1 mix one source, 2 to 4 another that has a part `shared` of the first. */
function drawn(shared: number, batches = count): Batches {
	const normal = gaussians(11);
	const matrix = (of: (image: number, feature: number) => number): Matrix =>
		Array.from({ length: images }, (_, image) => Array.from({ length: width }, (_, feature) => of(image, feature)));
	return Array.from({ length: batches }, () => {
		const first = matrix(normal);
		const second = matrix((image, at) => shared * (first[image]?.[at] ?? 0) + normal());
		return [first, first, second, second, second].map((source) =>
			matrix((image, at) => (source[image]?.[at] ?? 0) + 0.5 * normal()),
		);
	});
}

const sideOf = (batches: Batches, batchSize = images) =>
	recordsOf(
		linearCka,
		{ layers: (batches[0] ?? []).map((_, index) => layer(`layer ${index}`, [width])) },
		batches.map((layers) => ({
			tensors: Object.fromEntries(
				layers.map((matrix, index) => [
					`layer ${index}`,
					fromFloat32s([batchSize, width], matrix.slice(0, batchSize).flat()),
				]),
			),
		})),
	);
const scoreOf = async (batches: Batches, cut: number, batchSize = images) =>
	splitScore([await sideOf(batches, batchSize)], { cut });

/** HSIC_1 as Song et al. 2012 write it, in float64. */
function hsic(x: Matrix, y: Matrix): number {
	const gram = (of: Matrix) =>
		of.map((a, i) => of.map((b, j) => (i === j ? 0 : a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0))));
	const [k, l] = [gram(x), gram(y)];
	const rows = (of: Matrix) => of.map((row) => row.reduce((sum, value) => sum + value, 0));
	const [ofK, ofL] = [rows(k), rows(l)];
	const total = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0);
	const trace = total(k.map((row, i) => total(row.map((value, j) => value * (l[i]?.[j] ?? 0)))));
	const product = total(ofK.map((value, i) => value * (ofL[i] ?? 0)));
	const sums = (total(ofK) * total(ofL)) / ((images - 1) * (images - 2)) - (2 / (images - 2)) * product;
	return (trace + sums) / (images * (images - 3));
}

function expectedScore(batches: Batches, cut: number): number {
	const layers = batches[0]?.length ?? 0;
	const over = (a: number, b: number) => batches.reduce((sum, batch) => sum + hsic(batch[a] ?? [], batch[b] ?? []), 0);
	const means = [true, false].map((isAcross) => {
		const cells: number[] = [];
		for (let a = 0; a < layers; a++)
			for (let b = a + 1; b < layers; b++)
				if ((a < cut && b >= cut) === isAcross) cells.push(over(a, b) / Math.sqrt(over(a, a) * over(b, b)));
		return cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
	});
	return (means[0] ?? 0) / (means[1] ?? 0);
}

test.each([2, 3])("cut before layer %i, score and error are those of HSIC in float64", async (cut) => {
	const batches = drawn(0.7);
	const { value, standardError, reason } = await scoreOf(batches, cut);
	expect(reason).toBeNull();
	expect(value).toBeCloseTo(expectedScore(batches, cut), 5);
	const without = batches.map((_, left) => expectedScore(batches.toSpliced(left, 1), cut));
	const mean = without.reduce((sum, each) => sum + each, 0) / count;
	const squares = without.reduce((sum, each) => sum + (each - mean) ** 2, 0);
	expect(standardError).toBeCloseTo(Math.sqrt(((count - 1) / count) * squares), 5);
});

test("it falls as the parts have less in common", async () => {
	const [none, some, most] = await Promise.all(
		[0, 1, 4].map(async (shared) => (await scoreOf(drawn(shared, 20), 2)).value),
	);
	expect(Math.abs(none ?? 1)).toBeLessThan(0.15);
	expect(some).toBeGreaterThan(0.3);
	expect(most).toBeGreaterThan(0.8);
	expect(most).toBeGreaterThan(some ?? 1);
});

test("layers that are all the same are not divided: 1, without error", async () => {
	const same = drawn(0).map(([first = []]) => [first, first, first, first]);
	const { value, standardError } = await scoreOf(same, 2);
	expect(value).toBeCloseTo(1, 6);
	expect(standardError).toBeCloseTo(0, 6);
});

test("the order of layers within a part is of no consequence", async () => {
	const batches = drawn(0.5);
	const turned = batches.map(([a = [], b = [], c = [], d = [], e = []]) => [b, a, e, c, d]);
	expect((await scoreOf(turned, 2)).value).toBeCloseTo((await scoreOf(batches, 2)).value ?? Number.NaN, 6);
});

test.each([0, 1, 4, 5])("a cut before layer %i of 5 leaves too few on one side, and has no score", async (cut) => {
	const reason = `no score: ${cut} layers before the cut and ${5 - cut} from it on; either part needs 2`;
	expect(await scoreOf(drawn(1), cut)).toEqual({ value: null, standardError: null, reason, batches: count });
});

test("where a layer is constant, or batches are too small, the reason is that of CKA", async () => {
	const constant = drawn(1).map((layers) => layers.with(3, new Array(images).fill(new Array(width).fill(2))));
	expect(await scoreOf(constant, 2)).toMatchObject({ value: null, reason: expect.stringMatching(/layer 3: .+/) });
	const reason = "3 images a batch: HSIC needs 4";
	expect(await scoreOf(drawn(1), 2, 3)).toEqual({ value: null, standardError: null, reason, batches: 0 });
});

test("three batches give a score without an error", async () => {
	expect(await scoreOf(drawn(1, 3), 2)).toEqual({
		...{ value: expect.any(Number), standardError: null, batches: 3 },
		reason: "no standard error: it needs 4 batches of images",
	});
});
