import { expect, test } from "vitest";
import { buildArchitecture } from "../../src/architecture/architecture.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { float32s, fromFloat32s, fromValues } from "../../src/tensor/values.ts";
import { runModel } from "../support/runModel.ts";
import { type TinyName, tinyArchitectures, tinyModel, tinyValues, tinyWeights } from "../support/tiny.ts";

const names = Object.keys(tinyArchitectures) as TinyName[]; // of an object just above

test.each(names)("every layer of the tiny %s has the values that PyTorch gives it", async (name) => {
	const values = tinyValues(name);
	const layers = [...values.keys()].filter((layer) => layer !== "pixels" && layer !== "gradient");
	const tensorOf = (layer: string) => layer.replace(/\.weights$/, ".attention.weights");
	const found = await runModel(tinyModel(name), { pixels: tensor(values, "pixels") }, layers.map(tensorOf));
	for (const layer of layers) {
		const [expected, given] = [tensor(values, layer), tensor(found, tensorOf(layer))];
		expect([layer, given.shape]).toEqual([layer, expected.shape]);
		expect(largestDifference(given, expected), layer).toBeLessThan(1e-4);
	}
	// Layers that are all but constant would agree without being right.
	expect(spread(tensor(values, "logits"))).toBeGreaterThan(0.1);
});

test.each(names)("the tiny %s takes one image as it takes two", async (name) => {
	const values = tinyValues(name);
	const pixels = float32s(tensor(values, "pixels"));
	const first = fromFloat32s([1, 3, 32, 32], pixels.slice(0, pixels.length / 2));
	const { logits } = Object.fromEntries(await runModel(tinyModel(name), { pixels: first }, ["logits"]));
	const expected = float32s(tensor(values, "logits")).slice(0, 5);
	expect(largestDifference(logits as Tensor, fromFloat32s([1, 5], expected))).toBeLessThan(1e-4);
});

test.each(names)("the tiny %s is the same after being written and read", (name) => {
	const model = tinyModel(name);
	expect(decodeModel(encodeModel(model))).toEqual(model);
});

test.each(names)("float16 weights of the tiny %s are widened", (name) => {
	const halves = new Map(
		[...tinyWeights(name)].map(([key, { type, shape, bytes }]) => {
			const values = float32s({ type, shape, bytes });
			return [key, fromValues("float16", shape, values)] as const;
		}),
	);
	const { initializers } = buildArchitecture(tinyArchitectures[name], halves).graph;
	const exact = tinyModel(name).graph.initializers;
	for (const [key, { type, shape, bytes }] of exact) {
		const given = initializers.get(key) as Tensor;
		expect(given.type).toBe(type);
		if (type !== "float32") continue;
		// Half precision keeps 11 bits.
		const scale = Math.max(...float32s({ type, shape, bytes }).map(Math.abs));
		expect(largestDifference(given, { type, shape, bytes })).toBeLessThanOrEqual(scale * 2 ** -11);
	}
});

function tensor(from: ReadonlyMap<string, Tensor>, name: string): Tensor {
	const found = from.get(name);
	if (found === undefined) throw new Error(`no tensor ${name} in ${[...from.keys()].join(", ")}`);
	return found;
}

/** NaN if any value is. */
function largestDifference(a: Tensor, b: Tensor): number {
	const others = float32s(b);
	return Math.max(...float32s(a).map((value, index) => Math.abs(value - (others[index] as number))));
}

function spread(values: Tensor): number {
	return Math.max(...float32s(values)) - Math.min(...float32s(values));
}
