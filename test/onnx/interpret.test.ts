import { describe, expect, test } from "vitest";
import { interpret } from "../../src/onnx/interpret.ts";
import { elementTypeNumbers } from "../../src/onnx/proto.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { fromFloat32s, fromValues, int64Vector, numbers } from "../../src/tensor/values.ts";
import { runModel } from "../support/runModel.ts";
import { type TinyName, tinyModel, tinyValues } from "../support/tiny.ts";
import { modelOf, node, value } from "./graphs.ts";
import { difference } from "./runtime.ts";

describe.each(["vit", "vit-gap", "resnet", "resnet-classic"] as const)("the tiny %s", (name: TinyName) => {
	const values = tinyValues(name);
	const pixels = values.get("pixels") as Tensor; // the fixture has it
	const layers = [...values.keys()].filter((layer) => !["pixels", "gradient"].includes(layer));
	const tensorOf = (layer: string) => layer.replace(/\.weights$/, ".attention.weights");

	test("every layer has the values that PyTorch gives it in float64, as far as float32 keeps them", () => {
		const found = interpret(tinyModel(name), new Map([["pixels", pixels]]), layers.map(tensorOf));
		for (const layer of layers) {
			const given = found.get(tensorOf(layer)) as Tensor; // asked for
			const expected = values.get(layer) as Tensor; // as above
			expect(difference(given, fromValues("float64", expected.shape, numbers(expected))), layer).toBeLessThan(5e-7);
		}
	});

	test("every layer has ONNX Runtime's values", async () => {
		const model = tinyModel(name);
		const tensors = layers.map(tensorOf);
		const found = interpret(model, new Map([["pixels", pixels]]), tensors);
		const expected = await runModel(model, { pixels }, tensors);
		for (const tensor of tensors) {
			const [given, other] = [found.get(tensor) as Tensor, expected.get(tensor) as Tensor]; // both asked for
			expect(difference(given, fromValues("float64", other.shape, numbers(other))), tensor).toBeLessThan(1e-4);
		}
	});
});

const x = value("x", "float32", [2]);
const y = value("y", "float32", [2]);
const third = fromValues("float64", [2], [1 / 3, 2 / 3]);

test("nothing is rounded on the way: casts to floating types, float32 constants and ReLU keep float64", () => {
	const model = modelOf({
		inputs: [x],
		initializers: { one: fromFloat32s([1], [1]) },
		nodes: [
			node("Cast", ["x"], ["half"], { to: elementTypeNumbers.float16 }),
			node("Cast", ["half"], ["single"], { to: elementTypeNumbers.float32 }),
			node("Mul", ["single", "one"], ["product"]),
			node("Relu", ["product"], ["y"]),
		],
		outputs: [y],
	});
	expect(interpret(model, new Map([["x", third]])).get("y")).toEqual(third);
});

test("integers stay integers: a cast to int64 cuts off, a division of int64 is whole", () => {
	const model = modelOf({
		inputs: [x],
		initializers: { two: int64Vector([2]) },
		nodes: [node("Cast", ["x"], ["whole"], { to: elementTypeNumbers.int64 }), node("Div", ["whole", "two"], ["y"])],
		outputs: [y],
	});
	expect(interpret(model, new Map([["x", fromFloat32s([2], [7.9, -3.2])]])).get("y")).toEqual(int64Vector([3, -1]));
});

test("only what is wanted is computed, from whatever is fed", () => {
	const model = modelOf({
		inputs: [x],
		nodes: [
			node("Unknown", ["x"], ["unknown"]),
			node("Relu", ["x"], ["a"]),
			node("Neg", ["a"], ["b"]),
			node("Abs", ["b"], ["y"]),
		],
		outputs: [y],
	});
	const found = interpret(model, new Map([["a", fromFloat32s([2], [-1, 2])]]), ["y", "b"]);
	expect([...found].map(([name, tensor]) => [name, [...numbers(tensor)]])).toEqual([
		["y", [1, 2]],
		["b", [1, -2]],
	]);
});

describe("refused, with the node and what to do", () => {
	const model = modelOf({
		inputs: [x],
		nodes: [{ ...node("Dance", ["x"], ["y"], {}, "some.domain"), name: "middle" }],
		outputs: [y],
	});

	test("an operator without an evaluation", () => {
		expect(() => interpret(model, new Map([["x", third]]))).toThrow(
			'Dance "middle" cannot be interpreted: some.domain.Dance of float64 has no evaluation',
		);
	});

	test("an input that is not fed", () => {
		expect(() => interpret(model, new Map())).toThrow('"x", which Dance "middle" reads, is missing');
	});

	test("a tensor that nothing makes", () => {
		expect(() => interpret(model, new Map([["x", third]]), ["z"])).toThrow('tensor "z" is missing');
	});
});
