import { describe, expect, test } from "vitest";
import { elementTypeNumbers, entryProto, tensorProto } from "../../src/onnx/proto.ts";
import { decodeTensor, encodeTensor } from "../../src/onnx/tensorProto.ts";
import { join, type WriteMessage, writeMessage } from "../../src/onnx/wire.ts";
import { type ElementType, elementSizes } from "../../src/tensor/tensor.ts";
import { fromValues } from "../../src/tensor/values.ts";

function proto(type: ElementType | number, shape: readonly number[], data: WriteMessage<typeof tensorProto.fields>) {
	const number = typeof type === "number" ? type : elementTypeNumbers[type];
	return join(writeMessage(tensorProto, { name: "w", type: number, shape: shape.map(BigInt), ...data }));
}

/** The typed fields in which a file may keep the elements in place of raw_data. */
const typed: readonly [ElementType, readonly (number | bigint)[], WriteMessage<typeof tensorProto.fields>][] = [
	["float32", [1.5, -2], { floatData: [fromValues("float32", [2], [1.5, -2]).bytes] }],
	["float64", [1.1, -2], { doubleData: [fromValues("float64", [2], [1.1, -2]).bytes] }],
	["int32", [5, -7], { int32Data: [5, -7] }],
	["int16", [5, -7], { int32Data: [5, -7] }],
	["int8", [5, -128], { int32Data: [5, -128] }],
	["uint16", [5, 65535], { int32Data: [5, 65535] }],
	["uint8", [5, 255], { int32Data: [5, 255] }],
	["bool", [1, 0], { int32Data: [1, 0] }],
	["float16", [1, -2], { int32Data: [0x3c00, 0xc000] }],
	["bfloat16", [1, -2], { int32Data: [0x3f80, 0xc000] }],
	["int64", [2n ** 62n, -1n], { int64Data: [2n ** 62n, -1n] }],
	["uint64", [2n ** 64n - 1n, 1n], { uint64Data: [2n ** 64n - 1n, 1n] }],
	["uint32", [4294967295, 1], { uint64Data: [4294967295n, 1n] }],
];

test.each(typed)("%s is read from its typed field as from raw bytes", (type, values, data) => {
	const expected = fromValues(type, [2], values);
	expect(decodeTensor(proto(type, [2], data), undefined)).toEqual({ name: "w", tensor: expected });
	expect(decodeTensor(join(encodeTensor("w", expected)), undefined).tensor).toEqual(expected);
});

test("float_data is read unpacked too, as old files have it", () => {
	const head = proto("float32", [2], {});
	const bytes = fromValues("float32", [2], [1.5, -2]).bytes;
	const unpacked = [0x25, ...bytes.subarray(0, 4), 0x25, ...bytes.subarray(4)]; // field 4, four bytes
	expect(decodeTensor(Uint8Array.from([...head, ...unpacked]), undefined).tensor?.bytes).toEqual(bytes);
});

test("every element type has a number of its own, and is read back", () => {
	const types = Object.keys(elementSizes) as ElementType[];
	expect(new Set(Object.values(elementTypeNumbers)).size).toBe(types.length);
	for (const type of types) {
		const tensor = { type, shape: [8], bytes: new Uint8Array(8 * elementSizes[type]).fill(7) };
		expect(decodeTensor(join(encodeTensor("w", tensor)), undefined).tensor).toEqual(tensor);
	}
});

test("a tensor without elements needs no data", () => {
	expect(decodeTensor(proto("float32", [0, 3], {}), undefined).tensor?.bytes.length).toBe(0);
});

describe("bytes in another file", () => {
	const file = Uint8Array.from({ length: 100 }, (_, i) => i);
	const place = (entries: Readonly<Record<string, string>>) =>
		proto("uint8", [4], {
			location: 1,
			externalData: Object.entries(entries).map(([key, value]) => writeMessage(entryProto, { key, value })),
		});
	const read = (location: string): Uint8Array => {
		expect(location).toBe("weights.bin");
		return file;
	};

	test("are a view of it, at an offset", () => {
		const { tensor } = decodeTensor(place({ location: "weights.bin", offset: "96", length: "4" }), read);
		expect(tensor?.bytes).toEqual(file.subarray(96));
		expect(tensor?.bytes.buffer).toBe(file.buffer);
	});

	test("are all of it where no length is given", () => {
		expect(() => decodeTensor(place({ location: "weights.bin" }), read)).toThrow(
			'tensor "w" has 100 bytes; uint8 [4] takes 4',
		);
	});

	test("are refused beyond its end, and where nobody reads it", () => {
		const beyond = place({ location: "weights.bin", offset: "97", length: "4" });
		expect(() => decodeTensor(beyond, read)).toThrow(
			'tensor "w" should be 4 bytes from 97 on in "weights.bin", which has 100',
		);
		expect(() => decodeTensor(beyond, undefined)).toThrow('tensor "w" lies in another file, "weights.bin"');
		const nonsense = place({ location: "weights.bin", offset: "many" });
		expect(() => decodeTensor(nonsense, read)).toThrow("bytes from NaN on");
	});
});

describe("refused, by the tensor's name", () => {
	test.each([
		[
			"bytes that do not fit the shape",
			proto("float32", [2], { rawData: new Uint8Array(7) }),
			'"w" has 7 bytes; float32 [2] takes 8',
		],
		["no bytes at all", proto("int64", [2 ** 40], {}), '"w" has 0 bytes'],
		["a negative side", proto("float32", [-1], {}), '"w" has shape [-1]'],
		["a side beyond 2^53", join(writeMessage(tensorProto, { type: 1, shape: [2n ** 60n] })), "beyond 2^53"],
		["an element type that is none", proto(99, [1], {}), '"w" has element type 99'],
	])("%s", (_, bytes, message) => {
		expect(() => decodeTensor(bytes, undefined)).toThrow(message);
	});
});
