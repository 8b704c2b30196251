import { describe, expect, test } from "vitest";
import type { TokenLayout } from "../../src/anatomy/anatomy.ts";
import { linearProbe, type ProbeSides } from "../../src/metrics/linearProbe.ts";
import type { ProbeOptions } from "../../src/metrics/probe.ts";
import { type ReadoutParameters, readoutShape } from "../../src/metrics/readout.ts";
import { wilsonInterval } from "../../src/numerics/wilson.ts";
import { elementCount } from "../../src/tensor/tensor.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";
import { gaussians } from "../support/gaussians.ts";
import { anatomyOf, type Given, type GivenBatch, layer, recordsOf } from "../support/runMetric.ts";

const tokens: TokenLayout = { grid: [2, 2], patchPx: 4, classToken: true, count: 5 };
const options: ProbeOptions = { classes: 3, shots: 4, seeds: 3, l2: [1] };
const n = 6;

describe("readouts of 2 tokens x 3 features and a class token", () => {
	const given = { layers: [layer("a", [5, 3])], tokens };
	const values = Array.from({ length: 2 * 5 * 3 }, (_, at) => at);
	const batch = { tensors: { a: fromFloat32s([2, 5, 3], values) }, labels: [7, 8] };
	const means = (from: number, to: number) =>
		[0, 1].flatMap((image) =>
			[0, 1, 2].map((k) => {
				const column = values.filter((at) => Math.floor(at / 15) === image && at % 3 === k).slice(from, to);
				return column.reduce((sum, value) => sum + value) / column.length;
			}),
		);

	test.each([
		["cls", [0, 1, 2, 15, 16, 17]],
		["firstToken", [3, 4, 5, 18, 19, 20]],
		["mean", means(1, 5)],
		["meanWithCls", means(0, 5)],
		["tokens", [...values.slice(3, 15), ...values.slice(18)]],
		["all", [...values.slice(3, 15), ...values.slice(18)]],
	] as const)("%s: its features, then the labels", async (readout, expected) => {
		const parameters = { readout, patchFlatten: false };
		const site = await recordsOf(linearProbe, { ...given, parameters }, [batch]);
		expect([...(site.records[0]?.values ?? [])]).toEqual([...expected, 7, 8]);
		expect(linearProbe.recordBytes({ ...site, parameters }, 2)).toBe(4 * (expected.length + 2));
	});

	test("a last batch keeps its real images only", async () => {
		const parameters = { readout: "cls", patchFlatten: false } as const;
		const site = await recordsOf(linearProbe, { ...given, parameters }, [{ ...batch, images: 1, labels: [7] }]);
		expect([...(site.records[0]?.values ?? [])]).toEqual([0, 1, 2, 7]);
	});
});

describe("maps of a CNN whose last is [16, 2, 2]", () => {
	const layers = (shape: readonly number[]) => [layer("a", shape), layer("last", [16, 2, 2])];
	const anatomy = (shape: readonly number[]) => anatomyOf({ layers: layers(shape) });

	test.each([
		[[4, 8, 8], true, 16], // 2 x 2 patches are 16 channels
		[[4, 8, 8], false, 4],
		[[2, 8, 8], true, 8], // 2 x 2 or 4 x 4 patches, 8 or 32 channels
		[[16, 2, 2], true, 16],
		[[10, 4, 4], true, 10], // 10 or 40 channels
	])("[%s] with patchFlatten %s: %i features at each of 4 positions", (shape, patchFlatten, width) => {
		const [first] = layers(shape);
		if (first === undefined) throw new Error("no layer");
		const found = readoutShape(anatomy(shape), first, { readout: "tokens", patchFlatten });
		expect(found).toEqual({ vectors: 4, width, grid: { rows: 2, columns: 2 } });
	});

	test("R50 at 224 px: the last map's 2 048 channels are met as the paper's 7 x 7 maps allow", () => {
		const maps = [
			layer("a", [256, 56, 56]),
			layer("b", [512, 28, 28]),
			layer("c", [1024, 14, 14]),
			layer("last", [2048, 7, 7]),
		];
		const parameters = { readout: "mean", patchFlatten: true } as const;
		const widths = maps.map((map) => readoutShape(anatomyOf({ layers: maps }), map, parameters));
		expect(widths).toMatchObject([{ width: 1024 }, { width: 2048 }, { width: 1024 }, { width: 2048 }]);
	});

	test("of two patch sizes that are as near to the last map's channels, the smaller is taken", () => {
		const first = layer("a", [8, 8, 8]); // 8 or 32 channels, beside 20
		const maps = anatomyOf({ layers: [first, layer("last", [20, 2, 2])] });
		expect(readoutShape(maps, first, { readout: "mean", patchFlatten: true })).toMatchObject({ width: 8 });
	});

	test("patches are flattened before they are averaged", async () => {
		const shape = [1, 8, 8];
		const given = { layers: [layer("a", shape), layer("last", [4, 2, 2])] };
		const a = fromFloat32s(
			[1, ...shape],
			Array.from({ length: 64 }, (_, at) => at),
		);
		const tensors = { a, last: fromFloat32s([1, 4, 2, 2], new Array(16).fill(0)) };
		const record = async (patchFlatten: boolean) => {
			const parameters: ReadoutParameters = { readout: "mean", patchFlatten };
			const { records } = await recordsOf(linearProbe, { ...given, parameters }, [{ tensors }]);
			return [...(records[0]?.values ?? [])];
		};
		// Corner by corner of the sixteen patches of 2 x 2: rows and columns 0 2 4 6, and one, eight and nine more.
		expect(await record(true)).toEqual([27, 28, 35, 36, 0, 0, 0, 0, -1]);
		expect(await record(false)).toEqual([31.5, 0, 0, 0, 0, -1]);
	});

	test("a map that the last one does not divide has no readout", () => {
		const [first] = layers([4, 5, 5]);
		if (first === undefined) throw new Error("no layer");
		expect(readoutShape(anatomy([4, 5, 5]), first, { readout: "mean", patchFlatten: true })).toEqual({
			reason: "its 5 x 5 positions cannot be pooled to the 2 x 2 of the last map",
		});
	});
});

test.each([
	["cls", null, [5, 3], "a CNN has no class token"],
	["meanWithCls", { ...tokens, classToken: false, count: 4 }, [4, 3], "it has no class token"],
	["cls", tokens, [4, 3], "[4, 3] holds no class token"],
	["mean", tokens, [3], "[3] has neither tokens nor positions"],
] as const)("%s is absent of %j, [%s]: %s", async (readout, layout, shape, reason) => {
	const given = { layers: [layer("a", shape)], tokens: layout, parameters: { readout, patchFlatten: true } };
	expect(readoutShape(anatomyOf(given), layer("a", shape), given.parameters)).toEqual({ reason });
	const tensors = { a: fromFloat32s([2, ...shape], new Array(2 * elementCount(shape)).fill(1)) };
	await expect(recordsOf(linearProbe, given, [{ tensors }])).rejects.toThrow(reason);
});

describe("accuracy", () => {
	const parameters = { readout: "tokens", patchFlatten: false } as const;
	const given = { layers: [layer("a", [5, 3])], tokens, parameters };

	test("classes told apart by every token but one are found by it: 1, and a map that shows which is not", async () => {
		const found = await probed(given, options, (token, own, normal) => (token === 2 ? normal : 50 * own + normal));
		expect(found).toMatchObject({ testImages: 48, trainImages: 48, reason: null });
		const [first, blind = 1, ...others] = found?.map?.flat() ?? [];
		expect([first, ...others]).toEqual([1, 1, 1]);
		expect(blind).toBeLessThan(0.6);
		expect(found?.accuracy).toBeCloseTo((3 + blind) / 4, 12);
		expect(found?.seeds.map(({ seed, l2, fitted }) => [seed, l2, fitted])).toEqual(
			[0, 1, 2].map((seed) => [seed, 1, 12]),
		);
		const accuracies = found?.seeds.map(({ accuracy }) => accuracy) ?? [];
		expect(found?.accuracy).toBeCloseTo(
			(accuracies[0] ?? 0) / 3 + (accuracies[1] ?? 0) / 3 + (accuracies[2] ?? 0) / 3,
			12,
		);
		for (const seed of found?.seeds ?? []) expect(seed.low < seed.accuracy && seed.accuracy < seed.high).toBe(true);
		// Zou and Donner (2008): the reach over seeds and the reach over images, as legs of a right angle.
		const accuracy = found?.accuracy ?? Number.NaN;
		const [low, high] = [wilsonInterval(48 * accuracy, 48).low, wilsonInterval(48 * accuracy, 48).high];
		const spread = Math.sqrt(accuracies.reduce((sum, each) => sum + (each - accuracy) ** 2, 0) / 2 / 3);
		const overSeeds = 4.302652729911275 * spread; // 97.5 % point of Student's t with 2 degrees of freedom
		expect(found?.low).toBeCloseTo(accuracy - Math.hypot(overSeeds, accuracy - low), 9);
		expect(found?.high).toBeCloseTo(Math.min(1, accuracy + Math.hypot(overSeeds, high - accuracy)), 9);
	});

	test("all images are one fit, and the interval covers the test images alone", async () => {
		const found = await probed(given, { ...options, shots: null }, (_token, own, normal) => own + normal);
		expect(found?.seeds).toHaveLength(1);
		expect(found?.seeds[0]?.fitted).toBe(48);
		const [{ low, high } = {}] = found?.seeds ?? [];
		expect(found).toMatchObject({ low, high, reason: null });
	});

	test("of several ridges the one is taken that held-out images prefer, of equals the largest", async () => {
		const tuned = { ...options, l2: [1e-6, 1e9, 1e3] };
		const easy = await probed(given, tuned, (_token, own, normal) => 1e4 * own + normal);
		expect(easy?.seeds.map(({ l2 }) => l2)).toEqual([1e9, 1e9, 1e9]);
		// What all features of a token share hides its class, unless a small ridge lets their differences count.
		let shared = 0;
		let feature = 0;
		const hidden = await probed(given, tuned, (_token, own, normal) => {
			if (feature++ % 3 === 0) shared = 100 * normal;
			return shared + own + 0.01 * normal;
		});
		expect(hidden?.seeds.map(({ l2 }) => l2)).toEqual([1e-6, 1e-6, 1e-6]);
		expect(hidden?.accuracy).toBeGreaterThan(0.9);
	});

	test.each([
		[{ shots: 17 }, "class 0 has 16 of the 48 images to fit on, too few"],
		[{ classes: 2 }, "16 of the 48 images to be tested on have no label"],
		[{ shots: 16, l2: [1, 2] }, "no image is left over to choose l2 on: more images to fit on, or one l2, would do"],
	])("with %j there is none, with the reason", async (change, reason) => {
		const found = await probed(given, { ...options, ...change }, (_token, own, normal) => own + normal);
		expect(found).toMatchObject({ accuracy: null, low: null, high: null, seeds: [], map: null, reason });
	});

	test("features that are no numbers, and no images at all, give a null with the reason", async () => {
		const found = await probed(given, options, () => Number.NaN);
		expect(found).toMatchObject({ accuracy: null, reason: "its features are not finite in float32" });
		const site = { ...given, anatomy: anatomyOf(given), batchSize: n, records: [] };
		expect(linearProbe.finish([site, site], options)[0]?.reason).toBe("no images to be tested on");
	});
});

/**
 * Eight batches to test on and eight to fit on, 16 images of each of 3 classes.
 *
 * @param feature makes one of a token's three features, of which `own` is 1 for the one of the image's class
 */
async function probed(
	given: Given,
	options: ProbeOptions,
	feature: (token: number, own: 0 | 1, normal: number) => number,
) {
	const sides = [1, 2].map((seed) => recordsOf(linearProbe, given, batches(seed, feature)));
	// recordsOf hands on the parameters that it was given.
	const found = linearProbe.finish((await Promise.all(sides)) as readonly unknown[] as ProbeSides, options);
	return found[0];
}

function batches(seed: number, feature: (token: number, own: 0 | 1, normal: number) => number): readonly GivenBatch[] {
	const normal = gaussians(seed);
	return Array.from({ length: 8 }, () => {
		const labels = Array.from({ length: n }, (_, image) => image % 3);
		const values = labels.flatMap((label) =>
			Array.from({ length: 15 }, (_, at) => feature(Math.floor(at / 3), label === at % 3 ? 1 : 0, normal())),
		);
		return { tensors: { a: fromFloat32s([n, 5, 3], values) }, labels };
	});
}
