import { expect, test } from "vitest";
import { permuted } from "../../src/tensor/permute.ts";
import { pick, positions, stridesOf } from "../../src/tensor/strides.ts";
import type { ElementType } from "../../src/tensor/tensor.ts";
import { fromValues } from "../../src/tensor/values.ts";

const types = ["uint8", "float16", "float32", "float64"] as const satisfies readonly ElementType[];
const orders = [
	[0, 1, 2],
	[2, 1, 0],
	[1, 2, 0],
	[0, 2, 1],
] as const;

test.each(types.flatMap((type) => orders.map((order) => [type, order] as const)))(
	"%s with its axes in the order %j has the elements that a list of positions picks",
	(type, order) => {
		const values = Array.from({ length: 24 }, (_, index) => index);
		const tensor = fromValues(type, [2, 3, 4], values);
		const strides = stridesOf(tensor.shape);
		const shape = order.map((axis) => tensor.shape[axis] as number);
		const from = positions(
			shape,
			order.map((axis) => strides[axis] as number),
		);
		expect(permuted(tensor, order)).toEqual(pick(tensor, shape, from));
	},
);

test("a scalar stays, and bytes at an odd address are read", () => {
	const scalar = fromValues("float32", [], [7]);
	expect(permuted(scalar, [])).toEqual(scalar);
	const shifted = new Uint8Array(17);
	shifted.set(fromValues("float32", [2, 2], [1, 2, 3, 4]).bytes, 1);
	const tensor = { type: "float32", shape: [2, 2], bytes: shifted.subarray(1) } as const;
	expect(permuted(tensor, [1, 0])).toEqual(fromValues("float32", [2, 2], [1, 3, 2, 4]));
});

test("elements that share bytes are refused", () => {
	expect(() => permuted({ type: "int4", shape: [2], bytes: Uint8Array.of(0) }, [0])).toThrow("share bytes");
});
