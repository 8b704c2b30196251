/** What linearCka offers beside its standard estimate: other estimators, a shuffled control, parts of layers, a trace. */
import { describe, expect, test } from "vitest";
import { ckaTrace } from "../../src/metrics/ckaTrace.ts";
import { type CkaSides, leaveOneOut, linearCka } from "../../src/metrics/linearCka.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";
import { gaussians } from "../support/gaussians.ts";
import { anatomyOf, type GivenBatch, layer, recordsOf } from "../support/runMetric.ts";

const unbiased = { estimator: "unbiased", isShuffled: false } as const;
const biased = { estimator: "biased", isShuffled: false } as const;
const [n, p, q] = [16, 5, 40];
const normal = gaussians(3);
const drawn = (length: number) => Float32Array.from({ length }, normal);

/** b holds what a holds, and as much noise; c is independent of both. */
function batch(images = n): GivenBatch {
	const a = drawn(images * p);
	const b = Float32Array.from(
		{ length: images * q },
		(_, at) => (a[Math.floor(at / q) * p + (at % p)] ?? 0) + normal(),
	);
	const c = Float32Array.from(drawn(images * q), (x) => 3 + x);
	return {
		tensors: { a: fromFloat32s([images, p], a), b: fromFloat32s([images, q], b), c: fromFloat32s([images, q], c) },
	};
}

const layers = [layer("a", [p]), layer("b", [q]), layer("c", [q])];
const batches = Array.from({ length: 12 }, () => batch());
const records = await recordsOf(linearCka, { layers }, batches);

/** Gram matrices of the features as they are, in float64: another way than from centred records. */
function grams({ tensors }: GivenBatch): number[][][] {
	return ["a", "b", "c"].map((name) => {
		const { shape = [], bytes = new Uint8Array() } = tensors[name] ?? {};
		const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
		const [images = 0, width = 0] = shape;
		const dot = (i: number, j: number) => {
			let sum = 0;
			for (let k = 0; k < width; k++) sum += (values[i * width + k] ?? 0) * (values[j * width + k] ?? 0);
			return sum;
		};
		return Array.from({ length: images }, (_, i) => Array.from({ length: images }, (_, j) => dot(i, j)));
	});
}

const indices = (count: number) => Array.from({ length: count }, (_, index) => index);
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** tr(K H L H) / (n - 1)^2 by centring the matrix. */
function hsic0(k: number[][], l: number[][]): number {
	const count = k.length;
	const centred = (m: number[][]) => {
		const rows = m.map((row) => total(row) / count);
		const mean = total(rows) / count;
		return m.map((row, i) => row.map((value, j) => value - (rows[i] ?? 0) - (rows[j] ?? 0) + mean));
	};
	const [a, b] = [centred(k), centred(l)];
	return total(a.flatMap((row, i) => row.map((value, j) => value * (b[i]?.[j] ?? 0)))) / (count - 1) ** 2;
}

/** HSIC_1 by its three terms (Song et al. 2012). */
function hsic1(k: number[][], l: number[][]): number {
	const count = k.length;
	const off = (m: number[][], i: number, j: number) => (i === j ? 0 : (m[i]?.[j] ?? 0));
	const all = indices(count);
	const trace = total(all.flatMap((i) => all.map((j) => off(k, i, j) * off(l, j, i))));
	const sums = [k, l].map((m) => all.map((i) => total(all.map((j) => off(m, i, j)))));
	const [rowsK = [], rowsL = []] = sums;
	const between = total(all.map((i) => (rowsK[i] ?? 0) * (rowsL[i] ?? 0)));
	const product = (total(rowsK) * total(rowsL)) / ((count - 1) * (count - 2));
	return (trace + product - (2 / (count - 2)) * between) / (count * (count - 3));
}

function ckaBy(hsic: typeof hsic0, from: readonly GivenBatch[], x: number, y: number): number {
	const each = from.map(grams).map((all) => [all[x] ?? [], all[y] ?? []] as const);
	const sum = (pick: (pair: readonly [number[][], number[][]]) => number) => total(each.map(pick));
	const cross = sum(([k, l]) => hsic(k, l));
	return cross / Math.sqrt(sum(([k]) => hsic(k, k)) * sum(([, l]) => hsic(l, l)));
}

describe("the biased estimate", () => {
	const { values } = linearCka.finish([records], biased);

	test("is that of centred Gram matrices, term by term in float64", () => {
		for (const x of indices(3))
			for (const y of indices(3)) expect(values[x]?.[y]).toBeCloseTo(ckaBy(hsic0, batches, x, y), 5);
	});

	test("is of independent layers far from 0, where the unbiased one is not", () => {
		expect(values[1]?.[2]).toBeGreaterThan(0.5);
		const found = linearCka.finish([records], unbiased);
		const error = found.standardErrors[1]?.[2] ?? Number.NaN;
		expect(Math.abs(found.values[1]?.[2] ?? Number.NaN)).toBeLessThan(3 * error);
	});

	test("gives a layer with itself 1 to the bit, whichever side it stands on", () => {
		const other = { ...records, records: records.records.map((record) => ({ ...record })) };
		expect(linearCka.finish([records, other], biased)).toEqual(linearCka.finish([records], biased));
		for (const x of indices(3)) expect(values[x]?.[x]).toBe(1);
	});
});

describe("with the images of the columns shuffled", () => {
	const { values, standardErrors } = linearCka.finish([records], { ...unbiased, isShuffled: true });

	test("what was alike has nothing left in common", () => {
		expect(linearCka.finish([records], unbiased).values[0]?.[1]).toBeGreaterThan(0.3);
		for (const x of indices(3))
			for (const y of indices(3)) {
				const [value, error] = [values[x]?.[y] ?? Number.NaN, standardErrors[x]?.[y] ?? Number.NaN];
				expect(Math.abs(value), `${x}, ${y}`).toBeLessThan(4 * error + 1e-9);
			}
	});

	test("the biased estimate is nearly what it was without a shuffle: it was bias", () => {
		const control = linearCka.finish([records], { ...biased, isShuffled: true });
		expect(control.values[1]?.[2]).toBeGreaterThan(0.5);
	});
});

describe("of all images as one batch", async () => {
	const one = batch(30);
	const whole = await recordsOf(linearCka, { layers }, [one]);
	const { values, standardErrors, reasons } = linearCka.finish([whole], unbiased);

	test("the estimate is Kornblith's debiased one", () => {
		for (const x of indices(3))
			for (const y of indices(3)) expect(values[x]?.[y]).toBeCloseTo(ckaBy(hsic1, [one], x, y), 5);
		expect(reasons).toEqual([]);
	});

	test("the standard error is the jackknife of leaving out one image at a time", () => {
		const all = grams(one);
		const without = indices(30).map((image) => {
			const left = all.map((m) => m.filter((_, i) => i !== image).map((row) => row.filter((_, j) => j !== image)));
			const [k = [], l = []] = left;
			return hsic1(k, l) / Math.sqrt(hsic1(k, k) * hsic1(l, l));
		});
		const mean = total(without) / 30;
		const error = Math.sqrt((29 / 30) * total(without.map((value) => (value - mean) ** 2)));
		expect(standardErrors[0]?.[1]).toBeCloseTo(error, 5);
	});

	test("a layer with itself has no error, and a shuffled control has one", () => {
		expect(standardErrors[1]?.[1]).toBeCloseTo(0, 6);
		const control = linearCka.finish([whole], { ...unbiased, isShuffled: true });
		const [value = null, error = null] = [control.values[0]?.[1], control.standardErrors[0]?.[1]];
		expect(Math.abs(value ?? Number.NaN)).toBeLessThan(4 * (error ?? Number.NaN));
	});

	test("layers that do not vary have neither value nor error", async () => {
		const still = fromFloat32s([30, 2], new Float32Array(60).fill(3));
		const both = await recordsOf(linearCka, { layers: [...layers, layer("still", [2])] }, [
			{ tensors: { ...one.tensors, still } },
		]);
		const found = linearCka.finish([both], unbiased);
		expect(found.values[3]).toEqual([null, null, null, null]);
		expect(found.standardErrors[3]).toEqual([null, null, null, null]);
	});
});

describe("the trace", () => {
	const points = ckaTrace([records], unbiased);

	test("doubles the batches up to all of them", () => {
		expect(points.map((point) => point.batches)).toEqual([4, 8, 12]);
		expect(points.map((point) => point.images)).toEqual([64, 128, 192]);
	});

	test("ends with the errors of the matrix, and begins without a change", () => {
		const { standardErrors } = linearCka.finish([records], unbiased);
		expect(points.at(-1)?.largestStandardError).toBe(Math.max(...standardErrors.flat().map(Number)));
		expect(points[0]?.largestChange).toBeNull();
		expect(points[1]?.largestChange).toBeGreaterThan(0);
	});

	test("of fewer than 4 batches has one point without an error", () => {
		const few = { ...records, records: records.records.slice(0, 2) };
		expect(ckaTrace([few], unbiased)).toEqual([
			{ images: 32, batches: 2, largestStandardError: null, meanStandardError: null, largestChange: null },
		]);
	});
});

describe("records that are read when they are looked at", () => {
	/** Notes which batch is looked at. */
	function watched(looks: string[], name: string) {
		return {
			...records,
			records: records.records.map(({ values, ...batch }) => ({
				...batch,
				get values() {
					looks.push(`${name}${batch.index}`);
					return values;
				},
			})),
		};
	}

	test.each([
		["the matrix", (sides: CkaSides) => linearCka.finish(sides, unbiased)],
		["the biased matrix", (sides: CkaSides) => linearCka.finish(sides, biased)],
		["its control", (sides: CkaSides) => linearCka.finish(sides, { ...unbiased, isShuffled: true })],
		["the matrix without each batch", (sides: CkaSides) => leaveOneOut(sides, unbiased)],
		["the trace", (sides: CkaSides) => ckaTrace(sides, unbiased)],
	])("%s looks at each once, batch by batch", (_name, make) => {
		const looks: string[] = [];
		make([watched(looks, "row"), watched(looks, "column")]);
		expect(looks).toEqual(indices(12).flatMap((index) => [`row${index}`, `column${index}`]));
	});
});

describe("a part of a layer", async () => {
	const tokens = { grid: [2, 2], patchPx: 4, classToken: true, count: 5 } as const;
	const images = 8;
	const [x, patches] = [drawn(images * 5 * 3), drawn(images * 4 * 3)];
	const slice = (from: number, to: number) =>
		Float32Array.from({ length: images * (to - from) * 3 }, (_, at) => {
			const [image, rest] = [Math.floor(at / ((to - from) * 3)), at % ((to - from) * 3)];
			return x[image * 15 + from * 3 + rest] ?? Number.NaN;
		});
	const means = Float32Array.from({ length: images * 3 }, (_, at) => {
		const [image, channel] = [Math.floor(at / 3), at % 3];
		return total([1, 2, 3, 4].map((token) => x[image * 15 + token * 3 + channel] ?? Number.NaN)) / 4;
	});
	const given = { x: fromFloat32s([images, 5, 3], x), early: fromFloat32s([images, 4, 3], patches) };
	const expected = {
		cls: { part: fromFloat32s([images, 1, 3], slice(0, 1)) },
		spatial: { part: fromFloat32s([images, 4, 3], slice(1, 5)) },
		mean: { part: fromFloat32s([images, 3], means) },
	};

	test.each(["cls", "spatial", "mean"] as const)("%s is what its tensor alone gives", async (choice) => {
		const named = [layer("x", [5, 3]), layer("early", [4, 3])];
		const found = await recordsOf(linearCka, { layers: named, tokens, parameters: { tokens: choice } }, [
			{ tensors: given },
		]);
		const { part } = expected[choice];
		const alone = await recordsOf(linearCka, { layers: [layer("part", part.shape.slice(1))] }, [{ tensors: { part } }]);
		const [row, column] = [found.records[0]?.values ?? [], alone.records[0]?.values ?? []];
		for (let at = 0; at < 28; at++) expect(row[at]).toBeCloseTo(column[at] ?? Number.NaN, 5);
		if (choice !== "cls") return;
		expect(linearCka.finish([found]).values).toEqual([
			[1, null],
			[null, null],
		]);
		expect(linearCka.finish([found]).reasons[0]).toEqual({
			side: "rows",
			layer: "early",
			reason: "the class token has not joined the patches there",
		});
	});

	test("where no layer has it, nothing is kept of a batch, and each layer says why", async () => {
		const named = { layers: [layer("x", [5, 3]), layer("early", [4, 3])] };
		const site = {
			anatomy: anatomyOf(named),
			parameters: { tokens: "cls" as const },
			layers: named.layers,
			batchSize: 8,
		};
		expect(linearCka.recordBytes(site, 8)).toBe(0);
		const side = { ...site, records: [] };
		const other = await recordsOf(linearCka, { layers: [layer("x", [5, 3])] }, [{ tensors: { x: given.x } }]);
		const { values, reasons, batches } = linearCka.finish([other, side]);
		expect([values, batches]).toEqual([[[null, null]], 0]);
		expect(reasons.map(({ side, layer }) => [side, layer])).toEqual([
			["columns", "x"],
			["columns", "early"],
		]);
	});
});
