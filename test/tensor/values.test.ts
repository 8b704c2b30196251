import { describe, expect, test } from "vitest";
import { SightlineError } from "../../src/errors.ts";
import { byteCount, type ElementType, elementSizes, type Tensor } from "../../src/tensor/tensor.ts";
import {
	float32s,
	fromFloat32s,
	fromInt64s,
	fromValues,
	hasNumbers,
	int64s,
	int64Vector,
	integers,
	numbers,
	safeInteger,
} from "../../src/tensor/values.ts";

/** The tensor's bytes at an odd address, as a file may leave them. */
function misaligned(tensor: Tensor): Tensor {
	const bytes = new Uint8Array(tensor.bytes.length + 1);
	bytes.set(tensor.bytes, 1);
	return { ...tensor, bytes: bytes.subarray(1) };
}

const samples: Partial<Record<ElementType, readonly (number | bigint)[]>> = {
	float32: [0, -1.5, 3.4028234663852886e38, Number.NEGATIVE_INFINITY],
	float64: [0, -1.1, Number.MAX_VALUE, Number.MIN_VALUE],
	float16: [0, -1.5, 65504, 2 ** -24],
	bfloat16: [0, -1.5, 2 ** 127, 2 ** -126],
	int8: [0, -128, 127],
	int16: [0, -32768, 32767],
	int32: [0, -2147483648, 2147483647],
	uint8: [0, 255],
	uint16: [0, 65535],
	uint32: [0, 4294967295],
	bool: [0, 1],
};

describe.each(Object.entries(samples) as [ElementType, readonly number[]][])("%s", (type, values) => {
	test("values come back, at any alignment", () => {
		const tensor = fromValues(type, [values.length], values);
		expect(tensor.bytes.length).toBe(byteCount(type, [values.length]));
		expect([...numbers(tensor)]).toEqual(values);
		expect([...numbers(misaligned(tensor))]).toEqual(values);
		expect([...float32s(misaligned(tensor))]).toEqual(values.map(Math.fround));
	});
});

test("64-bit integers are exact at both ends", () => {
	const signed = [-(2n ** 63n), -1n, 2n ** 63n - 1n];
	expect(int64s(fromInt64s([3], signed))).toEqual(signed);
	expect(int64s(misaligned(fromInt64s([3], signed)))).toEqual(signed);
	const unsigned = [0n, 2n ** 64n - 1n];
	expect(int64s(fromValues("uint64", [2], unsigned))).toEqual(unsigned);
});

test("integers are wrapped to their width, fractions cut off, and what is no number becomes 0, as in C", () => {
	expect(int64s(fromValues("int8", [2], [130, -129n]))).toEqual([-126n, 127n]);
	expect(int64s(fromValues("int32", [4], [-1.9, 1.9, Number.NaN, Number.POSITIVE_INFINITY]))).toEqual([
		-1n,
		1n,
		0n,
		0n,
	]);
	expect(int64s(fromValues("bool", [3], [0, -2, 0.5]))).toEqual([0n, 1n, 1n]);
});

test("aligned float32 is a view of the same memory", () => {
	const data = Float32Array.of(1, 2, 3);
	const tensor = fromFloat32s([3], data);
	expect(float32s(tensor).buffer).toBe(data.buffer);
	expect(numbers(tensor)).toEqual(Float64Array.of(1, 2, 3));
});

test("elements of a file that left them at an odd address are read from there", () => {
	const file = Buffer.concat([Buffer.from([9]), fromFloat32s([2], [0.5, -3]).bytes]);
	expect([...float32s({ type: "float32", shape: [2], bytes: file.subarray(1) })]).toEqual([0.5, -3]);
});

test("shapes and axes are vectors of int64, read as numbers where a number can hold them", () => {
	expect(integers(int64Vector([2, -1]))).toEqual([2, -1]);
	expect(() => safeInteger(2n ** 60n)).toThrow("1152921504606846976 is beyond 2^53");
});

test("refused: as many values as the shape does not take, fractions read as integers, types that are no numbers", () => {
	expect(() => fromFloat32s([2], [1])).toThrow("1 values for a shape of [2]");
	expect(() => fromInt64s([2], [1n])).toThrow("1 values for a shape of [2]");
	expect(() => fromValues("int8", [2], [1])).toThrow("1 values for a shape of [2]");
	expect(() => int64s(fromFloat32s([1], [1]))).toThrow("float32 where integers were expected");
	const complex: Tensor = { type: "complex64", shape: [1], bytes: new Uint8Array(8) };
	expect(() => numbers(complex)).toThrow(SightlineError);
	expect(hasNumbers("complex64")).toBe(false);
});

test("small types share bytes", () => {
	expect(byteCount("int4", [3])).toBe(2);
	expect(byteCount("uint2", [5])).toBe(2);
	expect(Object.values(elementSizes).every((size) => size > 0)).toBe(true);
});
