import { expect, test } from "vitest";
import { type AttributeLike, attributesOf } from "../../src/onnx/emitter.ts";
import type { Node } from "../../src/onnx/model.ts";
import { multiplyAdds } from "../../src/plan/arithmetic.ts";

/** The multiply-adds of one node with inputs and an output of these shapes. */
function count(
	operator: string,
	inputs: readonly number[][],
	output: number[],
	attributes: Record<string, AttributeLike> = {},
) {
	const names = inputs.map((_, index) => `input${index}`);
	const node: Node = {
		name: "",
		operator,
		domain: "",
		inputs: names,
		outputs: ["y"],
		attributes: attributesOf(attributes),
	};
	const shapes = new Map([...inputs.map((shape, index) => [`input${index}`, shape] as const), ["y", output]]);
	return multiplyAdds([node], shapes);
}

test("products count rows times columns times the axis that is summed", () => {
	expect(
		count(
			"MatMul",
			[
				[2, 3, 5],
				[5, 7],
			],
			[2, 3, 7],
		),
	).toBe(2 * 3 * 5 * 7);
	expect(
		count(
			"Gemm",
			[
				[5, 3],
				[7, 5],
			],
			[3, 7],
			{ transA: 1, transB: 1 },
		),
	).toBe(3 * 5 * 7);
	const batched = { transB: 1, transBatchA: 1, transBatchB: 1 };
	expect(
		count(
			"FusedMatMul",
			[
				[64, 9, 512],
				[64, 9, 512],
			],
			[9, 64, 64],
			batched,
		),
	).toBe(9 * 64 * 64 * 512);
	expect(
		count(
			"FusedMatMul",
			[
				[6, 9, 5],
				[6, 9, 7],
			],
			[9, 5, 7],
			{ transA: 1, transBatchA: 1, transBatchB: 1 },
		),
	).toBe(9 * 5 * 6 * 7);
});

test("convolutions count every output element times its window over the group's channels", () => {
	expect(count("Conv", [[1, 8, 10, 10], [16, 4, 3, 3], [16]], [1, 16, 10, 10])).toBe(16 * 100 * 4 * 9);
});

test("element by element work and nodes of unknown shape count nothing", () => {
	expect(
		count(
			"Add",
			[
				[2, 3],
				[2, 3],
			],
			[2, 3],
		),
	).toBe(0);
	const unknown: Node = {
		name: "",
		operator: "MatMul",
		domain: "",
		inputs: ["a", "b"],
		outputs: ["y"],
		attributes: new Map(),
	};
	expect(multiplyAdds([unknown], new Map())).toBe(0);
});
