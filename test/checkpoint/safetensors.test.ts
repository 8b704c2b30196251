import { expect, test } from "vitest";
import { readSafetensors, writeSafetensors } from "../../src/checkpoint/safetensors.ts";
import { float32s, fromFloat32s, fromValues, int64Vector } from "../../src/tensor/values.ts";
import { tinyValues } from "../support/tiny.ts";

const tensors = new Map([
	["weight", fromFloat32s([2, 3], [1, 2, 3, 4, 5, 6])],
	["half", fromValues("float16", [3], [0.5, -2, 65504])],
	["scalar", fromFloat32s([], [7])],
	["empty", fromFloat32s([0, 4], [])],
	["counts", int64Vector([1, -1])],
]);

/** A file with this header, as text or value, and so many bytes of data. */
function file(header: unknown, dataBytes: number): Uint8Array {
	const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
	const bytes = new Uint8Array(8 + text.length + dataBytes);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
	bytes.set(text, 8);
	return bytes;
}

const one = (fields: object = {}) => ({ a: { dtype: "F32", shape: [2], data_offsets: [0, 8], ...fields } });

test("what is written is read, tensors of any type and shape", () => {
	expect(readSafetensors(writeSafetensors(tensors))).toEqual(tensors);
});

test("a file that PyTorch's side wrote is read", () => {
	const values = tinyValues("vit");
	expect(values.get("logits")?.shape).toEqual([2, 5]);
	expect(float32s(values.get("logits") ?? fromFloat32s([], [Number.NaN])).every(Number.isFinite)).toBe(true);
});

test("tensors are views of the file, which starts them at a multiple of 8, and metadata is kept apart", () => {
	const bytes = writeSafetensors(tensors, { format: "pt", läuft: "ja" });
	const read = readSafetensors(bytes);
	expect(read).toEqual(tensors);
	const first = read.get("weight")?.bytes;
	expect(first?.buffer).toBe(bytes.buffer);
	expect((first?.byteOffset ?? 1) % 8).toBe(0);
	const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
	expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))).__metadata__).toEqual({
		format: "pt",
		läuft: "ja",
	});
});

test("a file within a larger buffer is read", () => {
	const bytes = writeSafetensors(tensors);
	const larger = new Uint8Array(bytes.length + 10);
	larger.set(bytes, 3);
	expect(readSafetensors(larger.subarray(3, 3 + bytes.length))).toEqual(tensors);
});

test.each([
	["nothing", new Uint8Array(0), "0 bytes are less than the 8"],
	["a header beyond the file", file(one(), 8).subarray(0, 20), "announces a header of"],
	["a header of 2^63 bytes", Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 128), "at most 0 are possible"],
	["no JSON", file("{", 0), "its header is no JSON"],
	["a list", file([], 0), "no JSON object"],
	["a tensor that is a number", file({ a: 1 }, 0), "a is described by 1"],
	["an unknown type", file(one({ dtype: "F31" }), 8), 'a has the type "F31"; known are F64, F32'],
	["a type that every object has", file(one({ dtype: "constructor" }), 8), 'the type "constructor"'],
	["a negative side", file(one({ shape: [-2] }), 8), "a has the shape [-2]"],
	["a broken side", file(one({ shape: [0.5] }), 8), "a has the shape [0.5]"],
	["three offsets", file(one({ data_offsets: [0, 8, 9] }), 8), "a has the offsets [0,8,9]"],
	["offsets that do not fit the shape", file(one({ shape: [3] }), 8), "a is F32 [3], 12 bytes, but has 8"],
	["a shape beyond any file", file(one({ shape: [2 ** 50, 2 ** 50] }), 8), "but has 8"],
	["data cut off", file(one(), 6), "describes 8 bytes of tensors, there are 6: the file was cut short"],
	["data left over", file(one(), 9), "something follows the last tensor"],
	[
		"an overlap",
		file({ ...one(), b: { dtype: "U8", shape: [4], data_offsets: [6, 10] } }, 10),
		"the bytes of b overlap those of another tensor",
	],
	[
		"a gap",
		file({ ...one(), b: { dtype: "U8", shape: [4], data_offsets: [10, 14] } }, 14),
		"bytes 8 to 10 belong to no tensor",
	],
])("%s is refused by the file's name", (_what, bytes, message) => {
	expect(() => readSafetensors(bytes, "model.safetensors")).toThrow(
		expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(message) }),
	);
	expect(() => readSafetensors(bytes, "model.safetensors")).toThrow(/^model\.safetensors: /);
});

test("every truncation of a file is refused", () => {
	const bytes = writeSafetensors(tensors);
	for (let length = 0; length < bytes.length; length++) {
		expect(() => readSafetensors(bytes.subarray(0, length)), `${length} bytes`).toThrow(
			expect.objectContaining({ code: "BAD_INPUT" }),
		);
	}
});

test("a type that the format lacks is not written", () => {
	const tensor = { type: "int4", shape: [2], bytes: Uint8Array.of(0x21) } as const;
	expect(() => writeSafetensors(new Map([["a", tensor]]))).toThrow("safetensors has no type for a, int4");
});
