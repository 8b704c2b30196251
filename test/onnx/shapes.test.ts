import { describe, expect, test } from "vitest";
import { largestFolded } from "../../src/onnx/fold.ts";
import { rebatch } from "../../src/onnx/rebatch.ts";
import { inferShapes } from "../../src/onnx/shapes.ts";
import { elementCount } from "../../src/tensor/tensor.ts";
import { fromFloat32s, int64Vector } from "../../src/tensor/values.ts";
import { modelOf, needsModels, node, randomTensor, realModel, realModels, value } from "./graphs.ts";
import { difference, runAll } from "./runtime.ts";

describe.skipIf(needsModels !== "").each(realModels)(`%s${needsModels}`, (name) => {
	const images = 2;

	test("every tensor has the shape, and every folded one the values, that ONNX Runtime gives for a batch of 2", async () => {
		const model = rebatch(realModel(name));
		const [input] = model.graph.inputs;
		if (input?.shape == null) throw new Error("the model has no input");
		const shape = input.shape.map((side, axis) => (axis === 0 ? images : Number(side)));
		const { shapes, constants } = inferShapes(model, new Map([[input.name, shape]]));
		const actual = await runAll(model, { [input.name]: randomTensor("float32", shape) });
		expect(Object.fromEntries([...actual.keys()].map((tensor) => [tensor, shapes.get(tensor)]))).toEqual(
			Object.fromEntries([...actual].map(([tensor, { shape: sides }]) => [tensor, sides])),
		);
		const folded = [...actual].filter(([tensor]) => constants.has(tensor));
		for (const [tensor, given] of folded) {
			const constant = constants.get(tensor) ?? given;
			expect(constant.type, tensor).toBe(given.type);
			expect(difference(constant, given), tensor).toBeLessThanOrEqual(1e-6);
		}
		// Whatever does not hang on the image's values is known, but for tensors too large to fold.
		const targets = model.graph.nodes.filter(({ operator }) => operator === "Reshape").map(({ inputs }) => inputs[1]);
		expect(targets.filter((target) => target === undefined || !constants.has(target))).toEqual([]);
	});
});

test("an input's declared sides are used where none are given", () => {
	const model = modelOf({
		nodes: [node("Relu", ["x"], ["y"])],
		inputs: [value("x", "float32", [2, 3])],
		outputs: [value("y", null)],
	});
	expect(inferShapes(model, new Map()).shapes.get("y")).toEqual([2, 3]);
	expect(inferShapes(model, new Map([["x", [5]]])).shapes.get("y")).toEqual([5]);
});

test("what follows from an unknown operator, or hangs on values, is left out, and nothing else", () => {
	const model = modelOf({
		nodes: [
			node("Mystery", ["x"], ["unknown"], {}, "elsewhere"),
			node("Add", ["unknown", "x"], ["after"]),
			node("Reshape", ["x", "target"], ["moved"]),
			node("Relu", ["x"], ["known"]),
		],
		inputs: [value("x", "float32", [2]), value("target", "int64", [1])],
		outputs: [value("known", null)],
	});
	expect([...inferShapes(model, new Map()).shapes.keys()]).toEqual(["x", "target", "known"]);
});

test("large weights are named but not computed with, except where their bytes stay as they are", () => {
	const side = Math.sqrt(largestFolded) + 1;
	const model = modelOf({
		nodes: [
			node("Transpose", ["w"], ["turned"]),
			node("Reshape", ["w", "flat"], ["reshaped"]),
			node("Shape", ["turned"], ["sides"]),
		],
		outputs: [value("turned", null)],
		initializers: { w: fromFloat32s([side, side], new Float32Array(side * side)), flat: int64Vector([-1]) },
	});
	const { shapes, constants } = inferShapes(model, new Map());
	expect(elementCount(shapes.get("turned") ?? [])).toBe(side * side);
	expect([...constants.keys()]).toEqual(["w", "flat", "reshaped", "sides"]);
	expect(constants.get("reshaped")?.bytes).toBe(model.graph.initializers.get("w")?.bytes);
});

test("refused: an input that is not there, and nodes whose inputs do not fit, by name", () => {
	const model = modelOf({
		nodes: [{ ...node("Add", ["x", "w"], ["y"]), name: "blocks.0/add" }],
		inputs: [value("x", "float32", ["n", 4])],
		outputs: [value("y", null)],
		initializers: { w: randomTensor("float32", [3]) },
	});
	expect(() => inferShapes(model, new Map([["z", [1]]]))).toThrow('the graph has no input "z"; its inputs are x');
	expect(() => inferShapes(model, new Map([["x", [2, 4]]]))).toThrow(
		'Add "blocks.0/add" with inputs [2, 4] [3]: sides 4 and 3 do not meet',
	);
});
