import { expect, test } from "vitest";
import { pick, positions, stridesOf } from "../../src/tensor/strides.ts";
import { fromValues, int64s } from "../../src/tensor/values.ts";

test("strides step over what follows an axis", () => {
	expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1]);
	expect(stridesOf([])).toEqual([]);
});

test("positions run through the indices in row-major order", () => {
	const expected = [];
	for (let i = 0; i < 2; i++)
		for (let j = 0; j < 3; j++) for (let k = 0; k < 2; k++) expected.push(5 + 7 * i - j + 20 * k);
	expect(positions([2, 3, 2], [7, -1, 20], 5)).toEqual(expected);
	expect(positions([], [], 3)).toEqual([3]);
	expect(positions([2, 0], [1, 1])).toEqual([]);
});

test("picked elements keep their bytes, whatever their size", () => {
	const source = fromValues("int16", [4], [-1, 2, -3, 4]);
	expect(int64s(pick(source, [3], [3, 0, 0]))).toEqual([4n, -1n, -1n]);
	const bytes = { type: "complex128", shape: [2], bytes: Uint8Array.from({ length: 32 }, (_, i) => i) } as const;
	expect([...pick(bytes, [1], [1]).bytes]).toEqual(Array.from({ length: 16 }, (_, i) => 16 + i));
	const packed = { type: "int4", shape: [2], bytes: new Uint8Array(1) } as const;
	expect(() => pick(packed, [1], [0])).toThrow("elements of int4 share bytes");
});

test("elements of a file that left them at an odd address are picked from there", () => {
	const file = Buffer.from([9, 1, 0, 0, 0, 2, 0, 0, 0]);
	const source = { type: "int32", shape: [2], bytes: file.subarray(1) } as const;
	expect(int64s(pick(source, [3], [1, 0, 1]))).toEqual([2n, 1n, 2n]);
});
