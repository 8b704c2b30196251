import { describe, expect, test } from "vitest";
import { createEmitter } from "../../src/onnx/emitter.ts";
import { interpret } from "../../src/onnx/interpret.ts";
import { applyPatches } from "../../src/onnx/patch.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { float32s, fromFloat32s, numbers } from "../../src/tensor/values.ts";
import { modelOf, node, randomTensor, value } from "./graphs.ts";
import { run } from "./runtime.ts";

const x = randomTensor("float32", [2, 1, 3]);

function modelIn(opset: number) {
	return modelOf({
		nodes: [node("Identity", ["x"], ["layer"])],
		inputs: [value("x", "float32", [2, 1, 3])],
		outputs: [value("layer", "float32", [2, 1, 3])],
		opset,
	});
}

describe.each([9, 10, 11, 12, 13, 17, 18, 21])("in opset %i", (opset) => {
	test("everything that is emitted is legal, and computes the same", async () => {
		const model = modelIn(opset);
		const emitter = createEmitter(model, "metric");
		expect(emitter.opset).toBe(opset);
		const squeezed = emitter.squeeze("layer", [1]);
		const results = {
			squeezed,
			unsqueezed: emitter.unsqueeze(squeezed, [0, 3]),
			sum: emitter.reduce("ReduceSum", squeezed, [1], false),
			mean: emitter.reduce("ReduceMean", squeezed, [1], true),
			largest: emitter.reduce("ReduceMax", squeezed, [0, 1], false),
			squares: emitter.reduce("ReduceSumSquare", squeezed, [1], false),
			part: emitter.slice(squeezed, 1, 1, 3),
			flat: emitter.reshape(squeezed, [-1]),
			scaled: emitter.add("Mul", [squeezed, emitter.float(2)]),
			soft: emitter.add("LeakyRelu", [squeezed], { alpha: { float: 0.5 } }),
			filled: emitter.add("ConstantOfShape", [emitter.ints([2])], { value: { tensor: fromFloat32s([1], [7]) } }),
		};
		const outputs = Object.values(results).map((name) => value(name, "float32"));
		const patch = { label: "metric", nodes: emitter.nodes, initializers: emitter.initializers, outputs };
		const actual = await run(applyPatches(model, [patch], "drop"), { x });
		const of = (name: keyof typeof results) => {
			const tensor = actual.get(results[name]);
			return (
				tensor && { shape: tensor.shape, values: [...float32s(tensor)].map((each) => Math.round(each * 1e5) / 1e5) }
			);
		};

		const [a, b] = [[...float32s(x)].slice(0, 3), [...float32s(x)].slice(3)];
		const sum = (values: readonly number[]) => values.reduce((p, q) => p + q, 0);
		const rounded = (values: readonly number[]) => values.map((each) => Math.round(each * 1e5) / 1e5);
		const rows = [a, b];
		expect(of("squeezed")?.shape).toEqual([2, 3]);
		expect(of("unsqueezed")?.shape).toEqual([1, 2, 3, 1]);
		expect(of("sum")).toEqual({ shape: [2], values: rounded(rows.map(sum)) });
		expect(of("mean")).toEqual({ shape: [2, 1], values: rounded(rows.map((row) => sum(row) / 3)) });
		expect(of("largest")).toEqual({ shape: [], values: rounded([Math.max(...a, ...b)]) });
		expect(of("squares")).toEqual({
			shape: [2],
			values: rounded(rows.map((row) => sum(row.map((each) => each ** 2)))),
		});
		expect(of("part")).toEqual({ shape: [2, 2], values: rounded(rows.flatMap((row) => row.slice(1))) });
		expect(of("flat")).toEqual({ shape: [6], values: rounded([...a, ...b]) });
		expect(of("scaled")?.values).toEqual(rounded([...a, ...b].map((each) => 2 * each)));
		expect(of("soft")?.values).toEqual(rounded([...a, ...b].map((each) => (each < 0 ? each / 2 : each))));
		expect(of("filled")).toEqual({ shape: [2], values: [7, 7] });
	});
});

test("names begin with the prefix, further outputs count on, and equal constants are made once", () => {
	const emitter = createEmitter(modelIn(13), "p");
	expect(emitter.add("Split", ["layer"], { axis: 2 }, { outputs: 3 })).toBe("p/Split0");
	expect(emitter.nodes[0]?.outputs).toEqual(["p/Split0", "p/Split0.1", "p/Split0.2"]);
	expect(emitter.ints([1, 2])).toBe(emitter.ints([1, 2]));
	expect(emitter.float(1)).not.toBe(emitter.ints([1]));
	const tensor = fromFloat32s([], [1]);
	expect(emitter.constant({ ...tensor, bytes: tensor.bytes.slice() })).toBe(emitter.constant(tensor));
	expect(emitter.constant({ ...tensor, type: "int32" })).not.toBe(emitter.constant(tensor));
	expect([...emitter.initializers.keys()].every((name) => name.startsWith("p/"))).toBe(true);
	emitter.add("FusedMatMul", ["layer", "layer"], { transB: 1, alpha: { float: 2 } }, { domain: "com.microsoft" });
	expect(emitter.nodes[1]).toMatchObject({
		domain: "com.microsoft",
		attributes: new Map<string, unknown>([
			["transB", { kind: "int", value: 1n }],
			["alpha", { kind: "float", value: 2 }],
		]),
	});
});

test("a node that is there already is not added again; other attributes, inputs or outputs make another", () => {
	const emitter = createEmitter(modelIn(13), "p");
	const soft = (alpha: number) => emitter.add("LeakyRelu", ["layer"], { alpha: { float: alpha } });
	expect(soft(0.5)).toBe(soft(0.5));
	expect(soft(0.5)).not.toBe(soft(0.25));
	expect(soft(Number.POSITIVE_INFINITY)).not.toBe(soft(Number.NEGATIVE_INFINITY));
	expect(emitter.add("Split", ["layer"], { axis: 2 }, { outputs: 3 })).not.toBe(
		emitter.add("Split", ["layer"], { axis: 2 }, { outputs: 2 }),
	);
	const filled = (value: number) =>
		emitter.add("ConstantOfShape", [emitter.ints([2])], { value: { tensor: fromFloat32s([1], [value]) } });
	expect(filled(7)).toBe(filled(7));
	expect(filled(7)).not.toBe(filled(8));
	expect(emitter.nodes).toHaveLength(8);
});

test("a number that float32 rounds keeps its digits in float64, and is float32 on a device", async () => {
	const model = modelIn(13);
	const emitter = createEmitter(model, "p");
	const output = emitter.add("Mul", [emitter.float(1), emitter.float(0.1)]);
	const patch = { label: "p", ...emitter, outputs: [value(output, null)] };
	const patched = applyPatches(model, [patch], "drop");
	expect(numbers(interpret(patched, new Map()).get(output) as Tensor)[0]).toBe(0.1); // its output
	expect((await run(patched, { x })).get(output)).toEqual(fromFloat32s([], [0.1]));
});

test("refused: models older than opset 9, and axes that count from the end", () => {
	expect(() => createEmitter(modelIn(8), "p")).toThrow("the model is written in opset 8; 9 or later is needed");
	expect(() => createEmitter(modelIn(13), "p").squeeze("layer", [-1])).toThrow(
		"Squeeze with axes -1: they count from 0",
	);
});
