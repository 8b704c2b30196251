/** The named tensors hold what their names say, by running the graph. */
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { beforeAll, describe, expect, test } from "vitest";
import type { Anatomy } from "../../src/anatomy/anatomy.ts";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { random } from "../../src/numerics/random.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import type { Model } from "../../src/onnx/model.ts";
import { dataFolder, needsData, realModel, tinyResnet, tinyVit } from "./models.ts";

interface Values {
	readonly shape: readonly number[];
	readonly data: Float32Array;
}

/** Runs a batch of random images and returns tensors of the graph by name. */
async function run(
	model: Model,
	anatomy: Anatomy,
	batch: number,
	names: Iterable<string>,
): Promise<Map<string, Values>> {
	const { tensor, channels, height, width } = anatomy.input;
	const outputs = [...new Set(names)].map((name) => ({ name, type: "float32" as const, shape: null }));
	const graph = { ...model.graph, outputs };
	// Fusion would rename nothing, but the tensors asked for are those of the file.
	const session = await InferenceSession.create(encodeModel({ ...model, graph }), {
		graphOptimizationLevel: "disabled",
	});
	const source = random(3, 3);
	const pixels = Float32Array.from({ length: batch * channels * height * width }, () => source.between(-1, 1));
	const results = await session.run({ [tensor]: new OrtTensor("float32", pixels, [batch, channels, height, width]) });
	await session.release();
	return new Map(
		Object.entries(results).map(([name, { dims, data }]) => {
			if (!(data instanceof Float32Array)) throw new Error(`${name} is no float32`);
			return [name, { shape: dims, data }];
		}),
	);
}

function largestDifference(a: Float32Array, b: (index: number) => number): number {
	return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - b(index))), 0);
}

const small: readonly (readonly [string, () => Model])[] = [
	["the built ViT", () => tinyVit()],
	["the built ResNet", () => tinyResnet()],
];
const real: readonly (readonly [string, () => Model])[] = [
	["ViT-Tiny", () => realModel("vit-tiny-patch16-224/model")],
	["the ViT with BatchNorm", () => realModel("exports/pgd_2_3_16")],
	["ResNet-20 with option A shortcuts", () => realModel("cifar10-resnets/resnet20_cifar10_op13")],
];

describe.each(small)("in %s", (_name, load) => holdsWhatItSays(load));

describe.skipIf(dataFolder === undefined)(`in real models${needsData}`, () => {
	describe.each(real)("in %s", (_name, load) => holdsWhatItSays(load));
});

function holdsWhatItSays(load: () => Model): void {
	const batch = 2;
	let anatomy: Anatomy;
	let values: Map<string, Values>;

	beforeAll(async () => {
		const model = load();
		anatomy = findAnatomy(model);
		const additions = anatomy.residuals.flatMap(({ stream, branch, sum }) => [stream, branch, sum]);
		const weights = anatomy.attentions.map((attention) => attention.weights);
		const layers = anatomy.layers.map(({ tensor }) => tensor);
		values = await run(model, anatomy, batch, [...additions, ...weights, ...layers]);
	});

	test("a sum is its stream plus its branch", () => {
		const data = (name: string) => values.get(name)?.data ?? new Float32Array();
		for (const { stream, branch, sum } of anatomy.residuals) {
			const [a, b] = [data(stream), data(branch)];
			expect(data(sum).length).toBeGreaterThan(0);
			expect(largestDifference(data(sum), (index) => Math.fround((a[index] ?? 0) + (b[index] ?? 0)))).toBe(0);
		}
	});

	test("a layer has the shape it says, behind the batch", () => {
		for (const { tensor, shape } of anatomy.layers) expect(values.get(tensor)?.shape).toEqual([batch, ...shape]);
	});

	test("attention weights sum to 1 over the keys, and are never negative", () => {
		for (const { weights: tensor, heads, layout } of anatomy.attentions) {
			const { shape = [], data = new Float32Array() } = values.get(tensor) ?? {};
			const tokens = anatomy.tokens?.count ?? 0;
			const rows = layout === "batch,heads,query,key" ? [batch, heads] : [batch * heads];
			expect(shape).toEqual([...rows, tokens, tokens]);
			for (let row = 0; row < data.length; row += tokens) {
				const keys = data.subarray(row, row + tokens);
				expect(Math.abs(keys.reduce((sum, weight) => sum + weight, 0) - 1)).toBeLessThan(1e-5);
				expect(Math.min(...keys)).toBeGreaterThanOrEqual(0);
			}
		}
	});

	test("a unit's output and an MLP's hidden layer are read after the activation", () => {
		for (const { kind, tensor } of anatomy.layers) {
			const data = values.get(tensor)?.data ?? new Float32Array();
			// The least value of GELU is -0.17; that of ReLU is 0.
			if (kind === "mlpHidden") expect(Math.min(...data.subarray(0, 10_000))).toBeGreaterThan(-0.171);
			if (kind === "output" && anatomy.family === "cnn") expect(Math.min(...data)).toBeGreaterThanOrEqual(0);
		}
	});
}
