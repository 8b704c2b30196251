import { describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { accuracy } from "../../src/metrics/accuracy.ts";
import { attentionDistance } from "../../src/metrics/attentionDistance.ts";
import { linearCka } from "../../src/metrics/linearCka.ts";
import { random } from "../../src/numerics/random.ts";
import type { Measurement, ModelIdentity } from "../../src/plan/measurement.ts";
import { type PlannedModel, planPass } from "../../src/plan/pass.ts";
import { elementCount } from "../../src/tensor/tensor.ts";
import { float32s, fromFloat32s } from "../../src/tensor/values.ts";
import { runModel } from "../support/runModel.ts";
import { type PixelBatch, runPass } from "../support/runPass.ts";
import { type TinyName, tinyModel } from "../support/tiny.ts";

const batchSize = 6;

describe.each(["vit", "vit-gap", "resnet"] as const)("the tiny %s", (name) => {
	const open = opened(name);
	const { anatomy } = open;
	const asked = [measurement(open, "linearCka", "all"), measurement(open, "accuracy", [])];
	if (anatomy.attentions.length > 0) asked.push(measurement(open, "attentionDistance", []));
	const batches = [0, 1].map((index) => pixelBatch(open, index, index === 1 ? 4 : batchSize));

	test("one run answers every metric with what the tensors it reads give in float64", async () => {
		const plan = planPass(open, asked, "cpu");
		const [ckaRecords, accuracyRecords, distanceRecords] = await runPass(plan, batches);
		if (ckaRecords === undefined || accuracyRecords === undefined) throw new Error("no records");

		const cka = linearCka.finish([ckaRecords]);
		expect(cka.batches).toBe(1);
		const grams = await gramMatrices(open, batches[0] as PixelBatch);
		for (const [row, x] of grams.entries())
			for (const [column, y] of grams.entries()) {
				const value = cka.values[row]?.[column];
				if (value !== null) expect(value).toBeCloseTo(hsic(x, y) / Math.sqrt(hsic(x, x) * hsic(y, y)), 4);
			}
		expect(cka.reasons.filter(({ layer }) => layer !== null)).toEqual([]);

		expect(accuracy.finish([accuracyRecords])).toMatchObject({ images: batchSize + 4, reason: null });
		if (distanceRecords !== undefined) {
			const { heads, images } = attentionDistance.finish([distanceRecords]);
			expect(images).toBe(batchSize + 4);
			expect(heads).toHaveLength(4);
		}
	});

	test("nodes for WebGPU, which has no FusedMatMul, give the same similarities", async () => {
		const [cpu, webgpu] = (["cpu", "webgpu"] as const).map((provider) => planPass(open, asked.slice(0, 1), provider));
		if (cpu === undefined || webgpu === undefined) throw new Error("no plan");
		expect(webgpu.model.graph.nodes.filter(({ domain }) => domain === "com.microsoft")).toEqual([]);
		expect(cpu.model.graph.nodes.some(({ operator }) => operator === "FusedMatMul")).toBe(true);
		const [here, there] = await Promise.all([runPass(cpu, batches), runPass(webgpu, batches)]);
		const [expected, values] = [here, there].map(([records]) => records && linearCka.finish([records]).values.flat());
		for (const [index, value] of (expected ?? []).entries()) expect(values?.[index]).toBeCloseTo(value as number, 5);
	});

	test("what is recorded has the size that was announced", async () => {
		const plan = planPass(open, asked, "cpu");
		const records = await runPass(plan, batches.slice(0, 1));
		const sizes = records.map(({ records: [first] }) => first?.values.byteLength ?? 0);
		expect(sizes).toEqual(plan.questions.map(({ recordBytes }) => recordBytes));
		expect(plan.recordBytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
	});
});

describe("planning", () => {
	const open = opened("vit");

	test("the graph's outputs are those to fetch and nothing else", () => {
		for (const asked of [measurement(open, "linearCka", "blocks"), measurement(open, "accuracy", [])]) {
			const plan = planPass(open, [asked], "cpu");
			expect(plan.outputs).not.toContain(open.anatomy.output.tensor);
			expect(plan.model.graph.outputs.map(({ name }) => name)).toEqual(plan.outputs);
		}
	});

	test("measurements that differ in nothing but the number of images are one question", () => {
		const [cka, longer] = [
			measurement(open, "linearCka", "all"),
			measurement(open, "linearCka", "all", { count: 600 }),
		];
		const plan = planPass(open, [cka, measurement(open, "accuracy", []), longer], "cpu");
		expect(plan.questionOf).toEqual([0, 1, 0]);
		expect(plan.questions).toHaveLength(2);
	});

	test("nodes for deep layers stand before those for shallow ones", () => {
		const plan = planPass(open, [measurement(open, "linearCka", "blocks")], "cpu");
		const readers = open.anatomy.blocks.map(({ output }) =>
			plan.model.graph.nodes.findIndex(({ name, inputs }) => name.startsWith("sightline") && inputs.includes(output)),
		);
		expect(readers).toHaveLength(2);
		expect(readers[0]).toBeGreaterThan(readers[1] as number);
	});

	test("metric operations are those of the Gram matrices, means and distances", () => {
		const { anatomy } = open;
		const features = anatomy.layers.map(({ shape }) => elementCount(shape)).reduce((sum, count) => sum + count, 0);
		const cka = planPass(open, [measurement(open, "linearCka", "all")], "cpu").arithmetic;
		// Per image: n products with the others, and one for the mean.
		expect(cka.metricOperations).toBe(features * (batchSize + 1));
		const distance = planPass(open, [measurement(open, "attentionDistance", [])], "cpu").arithmetic;
		expect(distance.metricOperations).toBe(2 * 2 * 17 * 17);
		expect(distance.forwardOperations).toBe(cka.forwardOperations);
	});

	test("what two questions read alike is computed once", () => {
		const all = planPass(open, [measurement(open, "linearCka", "all")], "cpu");
		const both = planPass(
			open,
			[measurement(open, "linearCka", "all"), measurement(open, "linearCka", "blocks")],
			"cpu",
		);
		expect(both.questions).toHaveLength(2);
		expect(both.outputs).toEqual(all.outputs);
		expect(both.arithmetic).toEqual(all.arithmetic);
	});

	test("layers can be asked for by name, in any order", () => {
		const names = [...open.anatomy.layers.map(({ name }) => name)].reverse();
		const plan = planPass(open, [measurement(open, "linearCka", names)], "cpu");
		expect(plan.questions[0]?.site.layers.map(({ name }) => name)).toEqual(names);
	});

	test("an unknown layer or metric is refused with the near miss", () => {
		expect(() => planPass(open, [measurement(open, "linearCka", ["blocks.0.nrm1"])], "cpu")).toThrow(
			expect.objectContaining({ code: "NOT_FOUND", hint: expect.stringContaining("blocks.0.norm1") }),
		);
		expect(() => planPass(open, [measurement(open, "linearCKAs", "all")], "cpu")).toThrow(
			expect.objectContaining({ code: "NOT_FOUND", hint: "Did you mean linearCka?" }),
		);
	});

	test("measurements that cannot share a run are refused", () => {
		const one = measurement(open, "linearCka", "all");
		const other = measurement(open, "linearCka", "all", { batchSize: 8 });
		expect(() => planPass(open, [one, other], "cpu")).toThrow(/in batches of 8 and .* in batches of 6/);
		expect(() => planPass(open, [], "cpu")).toThrow("at least one measurement");
		expect(() => planPass(open, [measurement(open, "accuracy", [], { batchSize: 0 })], "cpu")).toThrow(
			"batches of 0 images",
		);
		const stranger = { ...open, identity: { ...open.identity, digest: "other" } };
		expect(() => planPass(stranger, [one], "cpu")).toThrow("measurements of tiny-vit on the model other");
	});

	test("a metric that the model has nothing for is refused", () => {
		const resnet = opened("resnet");
		expect(() => planPass(resnet, [measurement(resnet, "attentionDistance", [])], "cpu")).toThrow(
			"no attention over a grid of patches",
		);
	});
});

function opened(name: TinyName): PlannedModel {
	const model = tinyModel(name);
	return { model, anatomy: findAnatomy(model), identity: identityOf(name) };
}

function identityOf(name: TinyName): ModelIdentity {
	return { id: name, digest: `tiny-${name}`, anatomyVersion: 1, preprocessing: "none", precision: "float32" };
}

function measurement(
	{ identity }: PlannedModel,
	name: string,
	layers: Measurement["layers"],
	images: { count?: number; batchSize?: number } = {},
): Measurement {
	return {
		model: identity,
		metric: { name, version: 1 },
		parameters: { tokens: "all", variant: "paper" },
		layers,
		images: { set: "noise", split: "test", digest: "seed 1", count: 100, batchSize, ...images },
	};
}

function pixelBatch({ anatomy }: PlannedModel, index: number, images: number): PixelBatch {
	const { channels, height, width } = anatomy.input;
	const { between, below } = random(1, index);
	const pixels = Float32Array.from({ length: batchSize * channels * height * width }, () => between(-2, 2));
	return { index, images, labels: Int32Array.from({ length: images }, () => below(anatomy.output.classes)), pixels };
}

/** Every layer's Gram matrix [images][images] in float64, of what the model without any metric gives. */
async function gramMatrices({ model, anatomy }: PlannedModel, { pixels }: PixelBatch): Promise<number[][][]> {
	const { tensor, channels, height, width } = anatomy.input;
	const input = fromFloat32s([batchSize, channels, height, width], pixels);
	const names = anatomy.layers.map((layer) => layer.tensor);
	const found = await runModel(model, { [tensor]: input }, names);
	return names.map((name) => {
		const values = found.get(name);
		if (values === undefined) throw new Error(`no ${name}`);
		const data = float32s(values);
		const length = data.length / batchSize;
		const rows = Array.from({ length: batchSize }, (_, image) => data.subarray(image * length, (image + 1) * length));
		return rows.map((a) => rows.map((b) => a.reduce((sum, value, index) => sum + value * (b[index] as number), 0)));
	});
}

/** HSIC_1 of Gram matrices that are not centred (Song et al. 2012), term by term: another way than U-centring. */
function hsic(first: readonly number[][], second: readonly number[][]): number {
	const n = first.length;
	const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
	const withoutDiagonal = (gram: readonly number[][]) =>
		gram.map((row, i) => row.map((value, j) => (i === j ? 0 : value)));
	const [k, l] = [withoutDiagonal(first), withoutDiagonal(second)];
	const [rowsK, rowsL] = [k.map(sum), l.map(sum)];
	const trace = sum(k.map((row, i) => sum(row.map((value, j) => value * (l[i]?.[j] as number)))));
	const cross = sum(rowsK.map((value, i) => value * (rowsL[i] as number)));
	return (trace + (sum(rowsK) * sum(rowsL)) / ((n - 1) * (n - 2)) - (2 * cross) / (n - 2)) / (n * (n - 3));
}
