import { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import { expect, test } from "vitest";
import { SightlineError } from "../../src/errors.ts";
import { concatenate, encodedBytes, join, many, message, one, readMessage, writeMessage } from "../../src/onnx/wire.ts";

const inner = message("Inner", { text: one(1, "string") });
const outer = message("Outer", {
	int: one(1, "int32"),
	long: one(2, "int64"),
	float: one(3, "float"),
	bytes: one(4, "bytes"),
	inner: many(5, "message"),
	longs: many(6, "int64"),
	floats: many(7, "float"),
	strings: many(8, "string"),
	raw: many(9, "fixed32"),
	unsigned: many(10, "uint64"),
});

test("a message is written and read back, nested ones left as bytes", () => {
	const values = {
		int: -3,
		long: -(2n ** 63n),
		float: 0.5,
		bytes: new Uint8Array(5000).fill(7),
		longs: [1n, -1n],
		floats: [1, -0.25],
		strings: ["", "ä"],
		raw: [Uint8Array.of(1, 2, 3, 4)],
		unsigned: [2n ** 64n - 1n],
	};
	const nested = [writeMessage(inner, { text: "a" }), writeMessage(inner, { text: "b".repeat(2000) })];
	const read = readMessage(outer, join(writeMessage(outer, { ...values, inner: nested })));
	expect(read).toMatchObject(values);
	expect(read.inner.map((bytes) => readMessage(inner, bytes).text)).toEqual(["a", "b".repeat(2000)]);
});

test("the bytes are Protobuf's: another reader finds the same fields", () => {
	const reader = new BinaryReader(join(writeMessage(outer, { int: 300, longs: [1n, 300n], strings: ["x"] })));
	expect(reader.tag()).toEqual([1, 0]);
	expect(reader.int32()).toBe(300);
	expect(reader.tag()).toEqual([6, 2]);
	expect([...reader.bytes()]).toEqual([1, 0xac, 2]);
	expect(reader.tag()).toEqual([8, 2]);
	expect(reader.string()).toBe("x");
	expect(reader.pos).toBe(reader.len);
});

test("numbers are read packed, one by one, or mixed", () => {
	const writer = new BinaryWriter().tag(6, 0).int64(1).tag(6, 2).fork().int64(2).int64(3).join().tag(6, 0).int64(4);
	expect(readMessage(outer, writer.finish()).longs).toEqual([1n, 2n, 3n, 4n]);
});

test("absent fields are undefined or empty, unknown ones and those of another wire type are kept", () => {
	const unknown = new BinaryWriter().tag(99, 2).string("later").tag(98, 5).fixed32(1).tag(1, 5).fixed32(2).finish();
	const read = readMessage(outer, unknown);
	expect(read.rest).toEqual(unknown);
	expect(read.int).toBeUndefined();
	expect(read.inner).toEqual([]);
	expect(join(writeMessage(outer, read as { rest: Uint8Array }))).toEqual(unknown);
});

test("what is large is not copied until it is joined", () => {
	const weights = new Uint8Array(100_000);
	const { parts, sizeBytes } = writeMessage(outer, { inner: [writeMessage(outer, { bytes: weights })] });
	expect(parts).toContain(weights);
	expect(sizeBytes).toBe(parts.reduce((sum, part) => sum + part.length, 0));
	expect(concatenate([weights])).toBe(weights);
	expect(join(encodedBytes(weights))).toBe(weights);
});

test("refused: every cut through a field, with the message and the place", () => {
	const bytes = join(writeMessage(outer, { bytes: Uint8Array.of(1, 2, 3), long: 2n ** 40n, longs: [300n], float: 1 }));
	const whole = new Set<number>([0]);
	const reader = new BinaryReader(bytes);
	while (reader.pos < reader.len) {
		const [number, wireType] = reader.tag();
		reader.skip(wireType, number);
		whole.add(reader.pos);
	}
	for (let length = 0; length < bytes.length; length++) {
		const read = () => readMessage(outer, bytes.subarray(0, length));
		if (whole.has(length)) read();
		else expect(read, `${length} bytes`).toThrow(SightlineError);
	}
	expect(() => readMessage(outer, bytes.subarray(0, 3))).toThrow("not a valid Outer: the field at byte 0 of its 3");
});
