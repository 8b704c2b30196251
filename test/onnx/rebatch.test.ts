import { describe, expect, test } from "vitest";
import type { Model } from "../../src/onnx/model.ts";
import { rebatch } from "../../src/onnx/rebatch.ts";
import { elementCount, type Tensor } from "../../src/tensor/tensor.ts";
import { float32s, fromFloat32s, int64Vector } from "../../src/tensor/values.ts";
import { modelOf, needsModels, node, randomTensor, realModel, value } from "./graphs.ts";
import { difference, run } from "./runtime.ts";

/** The parts of a batch, as many images each, one after the other. */
function partsOf(batch: Tensor, images: number): Tensor[] {
	const [count = 0, ...sides] = batch.shape;
	const size = images * elementCount(sides);
	return Array.from({ length: count / images }, (_, i) =>
		fromFloat32s([images, ...sides], float32s(batch).slice(i * size, (i + 1) * size)),
	);
}

/** The new model at three times the batch must give what the old one gives for the three parts. */
async function expectSameOutputs(model: Model, tolerance: number): Promise<void> {
	const [input] = model.graph.inputs;
	const [output] = model.graph.outputs;
	const [images = 0, ...sides] = (input?.shape ?? []).map(Number);
	const batch = randomTensor("float32", [3 * images, ...sides]);
	const freed = rebatch(model);
	const together = (await run(freed, { [input?.name ?? ""]: batch })).get(output?.name ?? "");
	const parts = partsOf(batch, images);
	const alone = await Promise.all(parts.map((part) => run(model, { [input?.name ?? ""]: part })));
	if (together === undefined) throw new Error("no output");
	partsOf(together, together.shape[0] === undefined ? 1 : together.shape[0] / 3).forEach((part, i) => {
		const expected = alone[i]?.get(output?.name ?? "");
		expect(expected && difference(part, expected)).toBeLessThanOrEqual(tolerance);
	});
	expect(freed.graph.inputs[0]?.shape).toEqual(["batch", ...sides]);
	expect(freed.graph.outputs[0]?.shape?.[0] ?? "batch").toBe("batch");
}

describe.skipIf(needsModels !== "")(`real models${needsModels}`, () => {
	test.each(["cifar10-resnets/resnet20_cifar10_op11_keepbn", "exports/resnet_4b"])(
		"%s gives three images together what it gives each alone",
		async (name) => {
			await expectSameOutputs(realModel(name), 1e-5);
		},
	);

	test("exports/light_resnet50, where a Reshape to [1, 2048] holds the batch, likewise", async () => {
		// Its outputs are all 0.001: the sums before the last product, up to 1e18, say more.
		const model = realModel("exports/light_resnet50");
		const product = model.graph.nodes.find(({ operator }) => operator === "Gemm");
		const outputs = [value(product?.outputs[0] ?? "", "float32", [1, 1000])];
		await expectSameOutputs({ ...model, graph: { ...model.graph, outputs } }, 1e-5);
	});

	test("a model whose batch is free is left alone", () => {
		const model = realModel("exports/pgd_2_3_16");
		expect(rebatch(model)).toBe(model);
	});
});

const image = value("x", "float32", [1, 4, 6]);

describe("the batch written into a graph", () => {
	test("as a target that merges heads into it, and takes them apart again", async () => {
		const model = modelOf({
			nodes: [
				node("Reshape", ["x", "split"], ["heads"]),
				node("Transpose", ["heads"], ["turned"], { perm: [0, 2, 1, 3] }),
				node("Reshape", ["turned", "merged"], ["flat"]),
				node("Softmax", ["flat"], ["soft"]),
				node("Reshape", ["soft", "apart"], ["again"]),
				node("Reshape", ["again", "rest"], ["y"]),
			],
			inputs: [image],
			outputs: [value("y", "float32", [1, 24])],
			initializers: {
				split: int64Vector([1, 4, 2, 3]),
				merged: int64Vector([2, -1, 3]),
				apart: int64Vector([1, 2, 4, 3]),
				rest: int64Vector([1, -1]),
			},
		});
		await expectSameOutputs(model, 0);
	});

	test("as a class token that the export expanded to one image", async () => {
		const model = modelOf({
			nodes: [
				node("Concat", ["token", "x"], ["tokens"], { axis: 1 }),
				node("Add", ["tokens", "positions"], ["placed"]),
				node("ReduceMean", ["placed"], ["y"], { axes: [1], keepdims: 0 }),
			],
			inputs: [image],
			outputs: [value("y", "float32", [1, 6])],
			initializers: { token: randomTensor("float32", [1, 1, 6]), positions: randomTensor("float32", [1, 5, 6]) },
		});
		await expectSameOutputs(model, 1e-6);
	});

	test("behind another axis, where tokens come first", async () => {
		const model = modelOf({
			nodes: [
				node("Transpose", ["x"], ["first"], { perm: [1, 0, 2] }),
				node("Reshape", ["first", "target"], ["heads"]),
				node("Concat", ["heads", "more"], ["longer"], { axis: 0 }),
				node("Transpose", ["longer"], ["y"], { perm: [1, 0, 2] }),
			],
			inputs: [image],
			outputs: [value("y", "float32", [2, 5, 3])],
			initializers: { target: int64Vector([4, 2, 3]), more: randomTensor("float32", [1, 2, 3]) },
		});
		// Two heads an image: the constant beside them would have to be repeated, not stretched.
		expect(() => rebatch(model)).toThrow('cannot be freed at Concat "longer"');
		const nodes = model.graph.nodes.filter(({ operator }) => operator !== "Concat");
		const withoutConcat = nodes.map((each) => (each.outputs[0] === "y" ? { ...each, inputs: ["heads"] } : each));
		await expectSameOutputs({ ...model, graph: { ...model.graph, nodes: withoutConcat } }, 0);
	});

	test("as more images than one", async () => {
		const model = modelOf({
			nodes: [node("Reshape", ["x", "target"], ["flat"]), node("MatMul", ["flat", "w"], ["y"])],
			inputs: [value("x", "float32", [4, 2, 3])],
			outputs: [value("y", "float32", [4, 5])],
			initializers: { target: int64Vector([4, 6]), w: randomTensor("float32", [6, 5]) },
		});
		await expectSameOutputs(model, 1e-6);
	});

	test("and computed from the input's shape as well, stays as it is", async () => {
		const model = modelOf({
			nodes: [
				node("Shape", ["x"], ["sides"]),
				node("Slice", ["sides", "from", "to"], ["images"]),
				node("Concat", ["images", "rest"], ["target"], { axis: 0 }),
				node("Reshape", ["x", "target"], ["y"]),
			],
			inputs: [image],
			outputs: [value("y", "float32", [1, 24])],
			initializers: { from: int64Vector([0]), to: int64Vector([1]), rest: int64Vector([24]) },
		});
		await expectSameOutputs(model, 0);
		expect(rebatch(model).graph.nodes).toEqual(model.graph.nodes);
	});
});

describe("refused, with the node", () => {
	const refusal = (nodes: readonly ReturnType<typeof node>[], initializers: Record<string, Tensor> = {}) => {
		const output = nodes.at(-1)?.outputs[0] ?? "";
		return () => rebatch(modelOf({ nodes, inputs: [image], outputs: [value(output, null)], initializers }));
	};

	test.each([
		["a squeezed batch", [node("Squeeze", ["x", "axis"], ["y"])], 'Squeeze "y"'],
		[
			"one image picked",
			[node("Gather", ["x", "zero"], ["y"])],
			'Gather "y": it gives [1, 4, 6] for 1 images and [1, 4, 6] for 2',
		],
		[
			"a mean over images",
			[node("ReduceMean", ["x"], ["y"])],
			'ReduceMean "y": it gives [1, 1, 1] for 1 images and [1, 1, 1]',
		],
		["all flattened", [node("Flatten", ["x"], ["y"], { axis: 0 }), node("MatMul", ["y", "w"], ["z"])], 'MatMul "z"'],
		["a batch of the weights", [node("Add", ["x", "pair"], ["y"])], 'Add "y"'],
		["an operator nobody knows", [node("Mystery", ["x"], ["y"], {}, "elsewhere")], "what shape it gives is not known"],
	] as const)("%s", (_, nodes, message) => {
		const constants = {
			axis: int64Vector([0]),
			zero: int64Vector([0]),
			w: randomTensor("float32", [24, 2]),
			pair: randomTensor("float32", [3, 4, 6]),
		};
		expect(refusal(nodes, constants)).toThrow(message);
		expect(refusal(nodes, constants)).toThrow("the batch is fixed in the graph");
	});

	test("sides that are free while the batch is not", () => {
		const model = modelOf({
			nodes: [node("Relu", ["x"], ["y"])],
			inputs: [value("x", "float32", [1, 3, "height"])],
			outputs: [value("y", null)],
		});
		expect(() => rebatch(model)).toThrow('input "x" has a fixed batch of 1 but a side that is not');
	});
});
