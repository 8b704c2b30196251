import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
	bfloat16ToNumber,
	float16sToFloat32s,
	float16ToNumber,
	numberToBfloat16,
	numberToFloat16,
} from "../../src/tensor/float16.ts";
import expected from "../fixtures/float16/float16.json" with { type: "json" };

const everyPattern = Array.from({ length: 0x10000 }, (_, bits) => bits);
const isNumber = (value: number): boolean => !Number.isNaN(value);

function digest(array: Float64Array | Uint16Array): string {
	return createHash("sha256")
		.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
		.digest("hex");
}

describe("half precision", () => {
	test("all 65536 patterns mean what NumPy says", () => {
		const numbers = everyPattern.map(float16ToNumber).filter(isNumber);
		expect(0x10000 - numbers.length).toBe(expected.notNumbers);
		expect(digest(Float64Array.from(numbers))).toBe(expected.widened);
	});

	test("an array of all patterns is widened to the same numbers", () => {
		const widened = float16sToFloat32s(Uint16Array.from(everyPattern));
		expect([...widened]).toEqual(everyPattern.map(float16ToNumber));
	});

	test("numbers on every tie and on both sides of it are rounded as NumPy rounds them", () => {
		const halves = everyPattern.slice(0, 0x7c00).map(float16ToNumber);
		const middles = halves.slice(1).map((half, i) => (half + (halves[i] as number)) / 2);
		const positive = [
			...middles,
			...middles.map((middle) => middle * (1 - 2 ** -40)),
			...middles.map((middle) => middle * (1 + 2 ** -40)),
			...[65519.99, 65520, 1e9, 1e-9, 0],
		];
		const numbers = [...positive, ...positive.map((number) => -number)];
		expect(digest(Uint16Array.from(numbers, numberToFloat16))).toBe(expected.narrowed);
	});

	test("every number comes back from its pattern, and what is no number stays none", () => {
		for (const bits of everyPattern) {
			const value = float16ToNumber(bits);
			if (isNumber(value)) expect(numberToFloat16(value)).toBe(bits);
			else expect(float16ToNumber(numberToFloat16(value))).toBeNaN();
		}
	});
});

describe("bfloat16", () => {
	test("all 65536 patterns mean what PyTorch says", () => {
		const numbers = everyPattern.map(bfloat16ToNumber).filter(isNumber);
		expect(digest(Float64Array.from(numbers))).toBe(expected.bfloat16.widened);
	});

	test("float32 numbers spread over the whole range are rounded as PyTorch rounds them", () => {
		const patterns = Uint32Array.from({ length: Math.ceil(0x7f800000 / 0x7fff) }, (_, i) => i * 0x7fff);
		const numbers = new Float32Array(patterns.buffer);
		expect(digest(Uint16Array.from(numbers, numberToBfloat16))).toBe(expected.bfloat16.narrowed);
		expect(bfloat16ToNumber(numberToBfloat16(Number.NaN))).toBeNaN();
	});
});
