import { describe, expect, test } from "vitest";
import type { ResidualAddition } from "../../src/anatomy/anatomy.ts";
import { centreGradients } from "../../src/metrics/centreGradients.ts";
import type { Recorder, Records } from "../../src/metrics/metric.ts";
import {
	type ReceptiveFieldParameters,
	receptiveField,
	receptiveFieldMaps,
	receptiveFieldVariant,
} from "../../src/metrics/receptiveField.ts";
import { tapsOf } from "../../src/metrics/receptiveFieldTaps.ts";
import { channelOrder } from "../../src/metrics/sampledChannels.ts";
import { random } from "../../src/numerics/random.ts";
import type { Node } from "../../src/onnx/model.ts";
import { elementCount, type Tensor } from "../../src/tensor/tensor.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";
import { anatomyOf, type Given, type GivenBatch, layer, node, recordsOf } from "../support/runMetric.ts";
import { openTiny } from "../support/tinyEngine.ts";

const { uniform } = random(7, 7);
const numbersOf = (shape: readonly number[], low = -1): Tensor =>
	fromFloat32s(
		shape,
		Float32Array.from({ length: elementCount(shape) }, () => low + (1 - low) * uniform()),
	);
const batchOf = (images: number): GivenBatch => ({ tensors: { pixels: numbersOf([images, 3, 8, 8]) } });

const all: ReceptiveFieldParameters = { taps: "stem.conv", variant: "jacobian", channels: "all" };

/** One convolution of the pixels [3, 8, 8], with padding to the same size. */
function convolution(weights: Tensor, parameters = all): Given {
	const [channels = 0, , side = 1] = weights.shape;
	const attributes = { pads: new Array(4).fill((side - 1) / 2) };
	return {
		layers: [{ ...layer("z", [channels, 8, 8]), name: "stem.conv", kind: "convolution" }],
		parameters,
		graph: {
			nodes: [node("Conv", ["pixels", "weights"], "z", attributes)],
			initializers: new Map([["weights", weights]]),
		},
	};
}

/** Maps by layer, [height][width], before they are brought to a sum of 1. */
async function meanMaps(given: Given, batches: readonly GivenBatch[], metric: Recorder = receptiveField) {
	const records = await recordsOf(metric, given, batches);
	const [first] = records.records;
	if (first === undefined) throw new Error("no record");
	const maps = [];
	for (let at = 0; at < first.values.length; at += 65)
		maps.push(Array.from(first.values.subarray(at + 1, at + 65), (sum) => sum / (first.values[at] as number)));
	return maps;
}

async function shownMaps(given: Given, batches: readonly GivenBatch[]) {
	const records = await recordsOf(receptiveField, given, batches);
	return receptiveFieldMaps([records as Records<ReceptiveFieldParameters>]); // as all that are asked here
}

describe("one convolution", () => {
	const weights = numbersOf([5, 3, 3, 3]);

	test("its map is the kernel, centred on cell side // 2, and nothing else", async () => {
		const [map = []] = await meanMaps(convolution(weights), [batchOf(2)]);
		const kernel = new Float32Array(weights.bytes.buffer, weights.bytes.byteOffset, 5 * 27);
		for (let pixel = 0; pixel < 64; pixel++) {
			const [row, column] = [Math.floor(pixel / 8) - 3, (pixel % 8) - 3];
			const isInside = row >= 0 && row < 3 && column >= 0 && column < 3;
			const entries = Array.from({ length: 15 }, (_, plane) => Math.abs(kernel[9 * plane + 3 * row + column] ?? 0));
			expect(map[pixel]).toBeCloseTo(isInside ? entries.reduce((a, b) => a + b) / 5 : 0, 5);
		}
	});

	test("scaling its weights does not change the map that is shown", async () => {
		const scaled = fromFloat32s(
			weights.shape,
			new Float32Array(weights.bytes.slice().buffer).map((value) => 40 * value),
		);
		const batch = batchOf(2);
		const [[before], [after]] = [
			await shownMaps(convolution(weights), [batch]),
			await shownMaps(convolution(scaled), [batch]),
		];
		for (const [at, value] of before?.values?.flat().entries() ?? [])
			expect(after?.values?.flat()[at]).toBeCloseTo(value, 6);
		expect(before?.values?.flat().reduce((a, b) => a + b)).toBeCloseTo(1, 10);
	});

	test("of all its channels, in parts of those that fit at once, it is the mean", async () => {
		const wide = numbersOf([40, 3, 3, 3]);
		const [whole = []] = await meanMaps(convolution(wide), [batchOf(1)]);
		const one = async (channel: number) => (await meanMaps(given, [batchOf(1)], only([channel])))[0] ?? [];
		const given = convolution(wide);
		const each = await Promise.all(Array.from({ length: 40 }, (_, channel) => one(channel)));
		for (const [pixel, value] of whole.entries()) expect(value).toBeCloseTo(meanAt(each, pixel), 5);
	});

	test("the mean over disjoint draws is that over all channels", async () => {
		const given = convolution(numbersOf([12, 3, 3, 3]));
		const order = channelOrder(12);
		const draws = [order.slice(0, 4), order.slice(4, 8), order.slice(8)];
		const each = await Promise.all(
			draws.map(async (draw) => (await meanMaps(given, [batchOf(1)], only(draw)))[0] ?? []),
		);
		const [whole = []] = await meanMaps(given, [batchOf(1)]);
		for (const [pixel, value] of whole.entries()) expect(value).toBeCloseTo(meanAt(each, pixel), 5);
	});

	test("as many channels as it has are all of them", async () => {
		const records = (channels: number | "all") =>
			recordsOf(receptiveField, convolution(weights, { ...all, channels }), [batchOf(2)]);
		expect((await records(5)).records[0]?.values).toEqual((await records("all")).records[0]?.values);
	});

	test("opposite channels cancel in their sum: the gradient is zero, and no number is told", async () => {
		const half = new Float32Array(numbersOf([1, 3, 3, 3]).bytes.slice().buffer);
		const opposite = fromFloat32s([2, 3, 3, 3], [...half, ...half.map((value) => -value)]);
		const given = convolution(opposite, { ...all, variant: "channelSum" });
		const records = await recordsOf(receptiveField, given, [batchOf(2)]);
		const [field] = receptiveField.finish([records as Records<ReceptiveFieldParameters>], { patchPx: 2 });
		expect(field?.concentration.centreMass).toEqual({
			value: null,
			standardError: null,
			reason: "the gradient is zero everywhere",
		});
		expect((await shownMaps(given, [batchOf(2)]))[0]).toMatchObject({ values: null, largest: null });
		// The paper's variant sees both.
		expect((await shownMaps(convolution(opposite), [batchOf(2)]))[0]?.largest).toBeGreaterThan(0);
	});

	test("repLKNet takes channels that are positive at the centre, and of their gradient what is positive", async () => {
		const given = convolution(fromFloat32s([2, 3, 1, 1], [1, 2, -4, -1, -1, -1]), { ...all, variant: "repLKNet" });
		// All pixels 1: the first channel is -1, the second -3. All pixels -1: 1 and 3, of slopes (0, 1, -5).
		const constant = (value: number): GivenBatch => ({
			tensors: { pixels: fromFloat32s([1, 3, 8, 8], new Array(192).fill(value)) },
		});
		expect((await meanMaps(given, [constant(1)]))[0]?.[36]).toBe(0);
		expect((await meanMaps(given, [constant(-1)]))[0]?.[36]).toBe(1);
		const [map] = await shownMaps(given, [constant(-1)]);
		expect([map?.largest, map?.values?.[4]?.[4]]).toEqual([1, 1]);
	});
});

describe("a unit", () => {
	// Weights of one sign, and no activation: absolute gradients add.
	const graph = {
		nodes: [
			node("Conv", ["pixels", "first"], "x", { pads: [1, 1, 1, 1] }),
			node("Conv", ["x", "second"], "branch", { pads: [1, 1, 1, 1] }),
			node("Add", ["x", "branch"], "sum"),
		] satisfies Node[],
		initializers: new Map([
			["first", numbersOf([4, 3, 3, 3], 0)],
			["second", numbersOf([4, 4, 3, 3], 0)],
		]),
	};
	const unit: ResidualAddition = {
		block: 0,
		kind: "unit",
		stream: "x",
		branch: "branch",
		sum: "sum",
		projected: false,
	};
	const given: Given = {
		layers: [
			{ ...layer("x", [4, 8, 8]), name: "stem.conv", kind: "convolution" },
			{ ...layer("sum", [4, 8, 8]), name: "blocks.0.output", block: 0 },
		],
		residuals: [unit],
		blocks: [{ index: 0, kind: "basic", stage: 0, input: "x", output: "sum" }],
		graph,
	};

	test("before and after the addition differ by the identity", async () => {
		const taps = "stem.conv,blocks.0.unit,blocks.0.+unit";
		const [identity = [], before = [], after = []] = await meanMaps({ ...given, parameters: { ...all, taps } }, [
			batchOf(2),
		]);
		for (const [pixel, value] of after.entries())
			expect(value).toBeCloseTo((identity[pixel] ?? 0) + (before[pixel] ?? 0), 4);
		expect(before[4 * 8 + 6]).toBeGreaterThan(0);
		expect(identity[4 * 8 + 6]).toBe(0);
	});

	test("before or after all additions, the first layer is there too", () => {
		const names = (taps: string) => tapsOf(anatomyOf(given), taps).map(({ name }) => name);
		expect(names("before")).toEqual(["stem.conv", "blocks.0.unit"]);
		expect(names("after")).toEqual(["stem.conv", "blocks.0.+unit"]);
	});
});

describe("images", () => {
	const weights = numbersOf([5, 3, 3, 3]);
	const parameters = all;
	/** A convolution behind a square: its gradient depends on the image. */
	const given: Given = {
		...convolution(weights, parameters),
		graph: {
			nodes: [
				node("Mul", ["pixels", "pixels"], "squares"),
				node("Conv", ["squares", "weights"], "z", { pads: [1, 1, 1, 1] }),
			],
			initializers: new Map([["weights", weights]]),
		},
	};
	const finish = (records: Records) =>
		receptiveField.finish([records as Records<ReceptiveFieldParameters>], { patchPx: 2 })[0];

	test("of a last, shorter batch the real ones count alone", async () => {
		const batch = batchOf(3);
		const pixels = new Float32Array(batch.tensors.pixels?.bytes.slice().buffer ?? new ArrayBuffer(0));
		const two = pixels.slice(0, 2 * 192);
		const [shorter] = await meanMaps(given, [{ ...batch, images: 2 }]);
		const [alone] = await meanMaps(given, [{ tensors: { pixels: fromFloat32s([2, 3, 8, 8], two) } }]);
		expect(shorter).toEqual(alone);
	});

	test("one whose gradient is not finite is left out, and told", async () => {
		const good = Array.from({ length: 4 }, () => batchOf(2));
		const pixels = new Float32Array(good[0]?.tensors.pixels?.bytes.slice().buffer ?? new ArrayBuffer(0));
		pixels[192 + 36] = Number.POSITIVE_INFINITY;
		const bad: GivenBatch = { tensors: { pixels: fromFloat32s([2, 3, 8, 8], pixels) } };
		const field = finish(await recordsOf(receptiveField, given, [bad, ...good.slice(1)]));
		expect(field).toMatchObject({ images: 7, reason: "1 of 8 images are left out: gradients not finite" });
		const alone = finish(await recordsOf(receptiveField, given, [{ ...bad, images: 1 }, ...good.slice(1)]));
		expect(field?.concentration).toEqual(alone?.concentration);
	});

	test("where none is finite, nothing is told", async () => {
		const pixels = fromFloat32s([2, 3, 8, 8], new Array(384).fill(Number.NaN));
		const field = finish(await recordsOf(receptiveField, given, [{ tensors: { pixels } }]));
		expect(field).toMatchObject({ images: 0, reason: "no image has finite gradients" });
		expect(Object.values(field?.concentration ?? {}).map(({ value }) => value)).toEqual(new Array(7).fill(null));
	});

	test("fewer than 4 batches give values without errors, with the reason", async () => {
		const field = finish(await recordsOf(receptiveField, given, [batchOf(2), batchOf(2), batchOf(2)]));
		const reason = "no standard error: the jackknife needs 4 batches, there are 3";
		expect(field?.concentration.centreMass).toMatchObject({ standardError: null, reason });
		expect(field?.concentration.centreMass.value).toBeGreaterThan(0);
	});

	test("errors shrink with the root of the number of batches", async () => {
		const errorOf = async (count: number) => {
			const batches = Array.from({ length: count }, () => batchOf(2));
			return finish(await recordsOf(receptiveField, given, batches))?.concentration.centreMass.standardError ?? 0;
		};
		const ratio = (await errorOf(25)) / (await errorOf(400));
		expect(ratio).toBeGreaterThan(2.5);
		expect(ratio).toBeLessThan(6.5);
	});
});

describe("where it is read", () => {
	const vit = openTiny("vit").anatomy;

	test("a ViT has the patch embedding, and each sub-layer before and after its addition", () => {
		expect(tapsOf(vit, "before").map(({ name }) => name)).toEqual([
			"patchEmbedding",
			...[0, 1].flatMap((block) => [`blocks.${block}.attention`, `blocks.${block}.mlp`]),
		]);
		const [, attention] = tapsOf(vit, "after");
		expect(attention).toMatchObject({ name: "blocks.0.+attention", residual: "after", kind: "attention", block: 0 });
	});

	test("a CNN's units are read after the activation that follows the addition", () => {
		const { anatomy } = openTiny("resnet");
		const [, first] = tapsOf(anatomy, "after");
		expect(first?.tensor).toBe(anatomy.blocks[0]?.output);
		expect(first?.tensor).not.toBe(anatomy.residuals[0]?.sum);
	});

	test("unknown names are refused with the near miss, and names that are there twice", () => {
		expect(() => tapsOf(vit, "blocks.1.+attentoin")).toThrow(
			expect.objectContaining({ code: "NOT_FOUND", hint: expect.stringContaining("blocks.1.+attention") }),
		);
		expect(() => tapsOf(vit, "blocks.1.+mlp,blocks.1.+mlp")).toThrow('layer "blocks.1.+mlp" is named twice');
	});

	test("models without residual additions, or without a grid of cells, have none", () => {
		expect(receptiveField.absence({ ...vit, residuals: [] })).toBe("it has no residual additions");
		expect(receptiveField.absence({ ...vit, tokens: null })).toMatch("no grid of cells");
		expect(receptiveField.absence(vit)).toBeNull();
	});
});

test("the variant tells what was drawn, and that errors are those over images", () => {
	expect(receptiveFieldVariant({ ...all, channels: 16 })).toMatch(/16 channels .* unbiased .* not over channels/);
	expect(receptiveFieldVariant(all)).toMatch("mean over all");
	expect(receptiveFieldVariant({ ...all, variant: "channelSum" })).toMatch("opposite signs cancel");
});

/** The metric with channels of one's choice. */
function only(channels: readonly number[]): Recorder<ReceptiveFieldParameters> {
	return {
		...receptiveField,
		nodes: (site) => ({
			map0: tapsOf(site.anatomy, site.parameters.taps)
				.map((tap) => centreGradients(site, tap, "jacobian", channels))
				.join(),
		}),
	};
}

function meanAt(maps: readonly (readonly number[])[], pixel: number): number {
	return maps.reduce((sum, map) => sum + (map[pixel] ?? 0), 0) / maps.length;
}
