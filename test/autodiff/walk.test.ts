/** The walk back by itself: where it goes, what it shares, and what it says where it cannot go on. */
import { describe, expect, test } from "vitest";
import { backward } from "../../src/autodiff/backward.ts";
import { SightlineError } from "../../src/errors.ts";
import { createEmitter, type Emitter } from "../../src/onnx/emitter.ts";
import { interpret } from "../../src/onnx/interpret.ts";
import type { Model, Node } from "../../src/onnx/model.ts";
import { elementTypeNumbers } from "../../src/onnx/proto.ts";
import { inferShapes } from "../../src/onnx/shapes.ts";
import { elementCount, type Tensor } from "../../src/tensor/tensor.ts";
import { fromFloat32s, fromValues, numbers } from "../../src/tensor/values.ts";
import { modelOf, node, value } from "../onnx/graphs.ts";

const weights = fromFloat32s([2, 2], [1, 2, 3, 4]);

function modelWith(nodes: readonly Node[], shape: readonly number[] = [1, 2]): Model {
	return modelOf({
		nodes,
		inputs: [value("x", "float32", shape)],
		initializers: { w: weights },
		outputs: [value("y", "float32")],
	});
}

/** Gradients of `from` with one seed; the walk's nodes go to `emit`. */
function walk(model: Model, from: string, to = "x", emit: Emitter = createEmitter(model, "walk")): string | null {
	const { shapes, constants } = inferShapes(model, new Map());
	const shape = (tensor: string) => shapes.get(tensor) ?? [];
	return backward({ model, emit, constants, shape, seeds: 1, from: { tensor: from, gradient: "given" }, to });
}

/** The values of the gradients for given ones of 1. */
function gradients(model: Model, from: string, x: readonly number[], to = "x"): number[] {
	const emit = createEmitter(model, "walk");
	const found = walk(model, from, to, emit) ?? "";
	const graph = {
		...model.graph,
		nodes: [...model.graph.nodes, ...emit.nodes],
		initializers: new Map([...model.graph.initializers, ...emit.initializers]),
	};
	const { shapes } = inferShapes(model, new Map());
	const [input, output] = [shapes.get("x") ?? [], shapes.get(from) ?? []];
	const feeds = new Map([
		["x", fromValues("float64", input, x)],
		["given", fromValues("float64", [1, ...output], new Array(elementCount(output)).fill(1))],
	]);
	return [...numbers(interpret({ ...model, graph }, feeds, [found]).get(found) as Tensor)]; // asked for
}

test("gradients of a tensor that several nodes read are summed", () => {
	const model = modelWith([
		node("Mul", ["x", "x"], ["square"]),
		node("Add", ["square", "x"], ["sum"]),
		node("Sub", ["sum", "x"], ["y"]),
	]);
	expect(gradients(model, "sum", [3, -5])).toEqual([7, -9]);
	expect(gradients(model, "y", [3, -5])).toEqual([6, -10]);
});

describe("the factors of a norm's channels", () => {
	const ones = fromFloat32s([2], [1, 1]);
	const zeros = fromFloat32s([2], [0, 0]);
	const model = modelOf({
		nodes: [
			node("Conv", ["x", "w"], ["map"]),
			node("BatchNormalization", ["map", "scale", "zeros", "zeros", "ones"], ["y"], { epsilon: { float: 0 } }),
		],
		inputs: [value("x", "float32", [1, 2, 1])],
		initializers: { w: fromFloat32s([2, 2, 1], [1, 2, 3, 4]), scale: fromFloat32s([2], [10, 100]), zeros, ones },
		outputs: [value("y", "float32")],
	});
	const operators = (to: string): string[] => {
		const emit = createEmitter(model, "walk");
		walk(model, "y", to, emit);
		return emit.nodes.map(({ operator }) => operator);
	};

	test("go into the weights of a convolution before it", () => {
		expect(gradients(model, "y", [5, 6])).toEqual([310, 420]);
		// On the weights: before they are turned, and so before there is a gradient to multiply.
		expect(operators("x").indexOf("Mul")).toBeLessThan(operators("x").indexOf("Transpose"));
	});

	test("are multiplied in where there is none", () => {
		expect(operators("map").at(-1)).toBe("Mul");
		expect(gradients(model, "y", [5, 6], "map")).toEqual([10, 100]);
	});
});

test("only nodes between the two tensors are visited", () => {
	const model = modelWith([
		node("Neg", ["x"], ["a"]),
		node("Dance", ["a"], ["beside"]),
		node("MatMul", ["a", "w"], ["b"]),
		node("Dance", ["b"], ["behind"]),
		node("Dance", ["w"], ["constant"]),
		node("Add", ["b", "w"], ["y"]),
	]);
	const emit = createEmitter(model, "walk");
	expect(walk(model, "b", "a", emit)).not.toBeNull();
	expect(emit.nodes.map(({ operator }) => operator)).toEqual(["Transpose", "MatMul"]);
});

test("the gradient of a tensor with respect to itself is what is given", () => {
	const model = modelWith([node("Neg", ["x"], ["y"])]);
	expect(walk(model, "y", "y")).toBe("given");
});

describe("nothing flows", () => {
	test("from what does not depend on the input", () => {
		expect(walk(modelWith([node("Relu", ["w"], ["c"]), node("Neg", ["x"], ["y"])]), "c")).toBeNull();
	});

	test("through an operator without a gradient: a comparison, a shape", () => {
		const model = modelWith([
			node("Greater", ["x", "w"], ["isLarger"]),
			node("Cast", ["isLarger"], ["mask"], { to: elementTypeNumbers.float32 }),
			node("Mul", ["mask", "w"], ["y"]),
			node("Shape", ["x"], ["shape"]),
			node("Cast", ["shape"], ["sides"], { to: elementTypeNumbers.float32 }),
		]);
		expect(walk(model, "y")).toBeNull();
		expect(walk(model, "sides")).toBeNull();
	});

	test("from a tensor that comes before", () => {
		expect(walk(modelWith([node("Neg", ["x"], ["a"]), node("Neg", ["a"], ["y"])]), "x", "a")).toBeNull();
	});
});

test("walks that share an emitter share masks and turned weights", () => {
	const model = modelWith([node("MatMul", ["x", "w"], ["a"]), node("Relu", ["a"], ["b"]), node("Neg", ["b"], ["y"])]);
	const emit = createEmitter(model, "walk");
	walk(model, "b", "x", emit);
	const first = emit.nodes.map(({ operator }) => operator);
	walk(model, "y", "x", emit);
	const second = emit.nodes.slice(first.length).map(({ operator }) => operator);
	expect(first.sort()).toEqual(["MatMul", "Mul", "Sign", "Transpose"]);
	expect(second.sort()).toEqual(["MatMul", "Mul", "Neg"]);
});

test("a node without a rule is named, with its operator and what to do", () => {
	const model = modelWith([
		node("Neg", ["x"], ["a"]),
		{ ...node("Dance", ["a"], ["b"], {}, "some.domain"), name: "middle" },
		node("Neg", ["b"], ["y"]),
	]);
	const error = (() => {
		try {
			return walk(model, "y");
		} catch (thrown) {
			return thrown;
		}
	})();
	expect(error).toBeInstanceOf(SightlineError);
	expect(error).toMatchObject({
		code: "BAD_INPUT",
		message: 'no gradient is known through Dance "middle": some.domain.Dance has no rule',
		hint: expect.stringContaining("Ask for a layer before that node"),
	});
});

test("weights that depend on the image are refused, with the node", () => {
	const model = modelOf({
		nodes: [node("Conv", ["image", "x"], ["y"])],
		inputs: [value("x", "float32", [1, 1, 2, 2])],
		initializers: { image: fromFloat32s([1, 1, 4, 4], new Array(16).fill(1)) },
		outputs: [value("y", "float32")],
	});
	expect(() => walk(model, "y")).toThrow(/^Conv "y" .*the weights depend on the image: no gradient is known for that$/);
});
