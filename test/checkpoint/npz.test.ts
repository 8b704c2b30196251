import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { readNpz } from "../../src/checkpoint/npz.ts";
import { float32s, numbers } from "../../src/tensor/values.ts";
import { checkpointCase, checkpointWeights, fixture } from "../support/checkpoints.ts";
import { arrayBytes, zipBytes } from "../support/zipBytes.ts";

const stored = new Uint8Array(readFileSync(fixture("stored.npz")));
const compressed = new Uint8Array(readFileSync(fixture("compressed.npz")));

/** What numpy was given to write. */
const weights = (name: string) => [...checkpointWeights(checkpointCase(name))];

test("numpy.savez's arrays are views of the file, with the values that numpy was given", () => {
	const read = readNpz(stored);
	expect([...read.keys()].sort()).toEqual(weights("google-vit").map(([name]) => name));
	for (const [name, { shape, type, bytes }] of weights("google-vit")) {
		expect([name, read.get(name)]).toMatchObject([name, { shape, type }]);
		expect(Buffer.compare(read.get(name)?.bytes ?? new Uint8Array(), bytes), name).toBe(0);
		expect(read.get(name)?.bytes.buffer, name).toBe(stored.buffer);
	}
});

test("numpy.savez_compressed's arrays are inflated, bfloat16 and first-axis-fastest ones too", () => {
	const read = readNpz(compressed);
	const kernel = read.get("params/img/embedding/kernel");
	expect(kernel?.type).toBe("bfloat16");
	for (const [name, tensor] of weights("google-big-vision")) {
		const found = read.get(name);
		if (found === undefined) throw new Error(`no ${name}`);
		expect([name, found.shape]).toEqual([name, tensor.shape]);
		const values = float32s(tensor).map((value) => (found === kernel ? truncated(value) : value));
		expect(float32s(found), name).toEqual(values);
	}
});

/** To bfloat16 as numpy cut it: without rounding. */
function truncated(value: number): number {
	const bits = new Uint32Array(Float32Array.of(value).buffer);
	bits[0] = ((bits[0] as number) >>> 16) << 16;
	return new Float32Array(bits.buffer)[0] as number;
}

test.each([
	["<f2", "float16", 2],
	["<f8", "float64", 8],
	["|u1", "uint8", 1],
	["|b1", "bool", 1],
	["<i8", "int64", 8],
	["<u2", "uint16", 2],
])("an array of %s is one of %s", (descr, type, size) => {
	const array = arrayBytes({ descr, shape: [3], bytes: new Uint8Array(3 * size) });
	const tensor = readNpz(zipBytes([{ name: "a.npy", content: array }])).get("a");
	expect([tensor?.type, tensor?.shape, [...numbers(tensor ?? never())]]).toEqual([type, [3], [0, 0, 0]]);
});

test("a scalar, an empty array and a vector whose first axis is the fastest are read", () => {
	const scalar = arrayBytes({ descr: "<f4", shape: [], bytes: floats(7) });
	const empty = arrayBytes({ descr: "<f4", shape: [0, 4], bytes: new Uint8Array(), fortran: true });
	const vector = arrayBytes({ descr: "<f4", shape: [2], bytes: floats(1, 2), fortran: true });
	const read = readNpz(zipBytes([scalar, empty, vector].map((content, index) => ({ name: `${index}.npy`, content }))));
	expect([...read.values()].map((tensor) => [tensor.shape, [...float32s(tensor)]])).toEqual([
		[[], [7]],
		[[0, 4], []],
		[[2], [1, 2]],
	]);
});

test("of an array [2, 3] whose first axis is the fastest, rows come out as rows", () => {
	const content = arrayBytes({ descr: "<f4", shape: [2, 3], bytes: floats(1, 4, 2, 5, 3, 6), fortran: true });
	expect([...float32s(readNpz(zipBytes([{ name: "a.npy", content }])).get("a") ?? never())]).toEqual([
		1, 2, 3, 4, 5, 6,
	]);
});

const one = arrayBytes({ descr: "<f4", shape: [2], bytes: floats(1, 2) });

test.each([
	["nothing", new Uint8Array(), "no end of central directory"],
	["an empty archive", zipBytes([]), "it is empty"],
	["another member", zipBytes([{ name: "readme.txt", content: one }]), "it holds readme.txt, which is no .npy"],
	["two of one name", zipBytes([1, 2].map(() => ({ name: "a.npy", content: one }))), "two members a.npy"],
	["no array", zipBytes([{ name: "a.npy", content: floats(1, 2, 3) }]), "a.npy: this is no numpy array"],
	["records", array({ descr: "[('a', '<f4')]", raw: true }), "its elements are records"],
	["Python objects", array({ descr: "|O" }), "it holds Python objects"],
	["another byte order", array({ descr: ">f4" }), 'its type is ">f4"'],
	["a type of every object", array({ descr: "<constructor" }), 'its type is "<constructor"'],
	["more than there is", array({ shape: [3] }), "<f4 [3] takes 12 bytes, but there are 8"],
	["a shape beyond any file", array({ shape: [2 ** 50, 2 ** 50] }), "but there are 8"],
	["33 axes", array({ shape: Array(33).fill(1) }), "33 axes, at most 32"],
	["an encrypted member", zipBytes([{ name: "a.npy", content: one, flags: 1 }]), "a.npy is encrypted"],
	["another packing", zipBytes([{ name: "a.npy", content: one, method: 12 }]), "a.npy is packed by method 12"],
	["a bomb", zipBytes([{ name: "a.npy", content: one, method: 8, size: 2 ** 31 }]), "which deflate cannot"],
	["a place outside", zipBytes([{ name: "a.npy", content: one, header: 2 ** 30 }]), "a.npy has no header at byte"],
	["two sizes", zipBytes([{ name: "a.npy", content: one, size: 5 }]), "a.npy is stored, but has two sizes"],
	["too many members", zipBytes([{ name: "a.npy", content: one }], 900), "its directory of 900 members"],
])("%s is refused by the file's name", (_what, bytes, message) => {
	expect(() => readNpz(bytes, "weights.npz")).toThrow(
		expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(message) }),
	);
	expect(() => readNpz(bytes, "weights.npz")).toThrow(/^weights\.npz: /);
});

test("members that share bytes are refused: a small file would unpack to any size", () => {
	const shared = zipBytes(
		[
			{ name: "a.npy", content: one },
			...["b", "c", "d"].map((name) => ({ name: `${name}.npy`, content: one, header: 0 })),
		],
		undefined,
		true,
	);
	expect(() => readNpz(shared)).toThrow("its members take more bytes than the file has");
});

test.each([0, 8])("a changed byte is found when the array is read, packed by method %i", (method) => {
	const bytes = zipBytes([{ name: "a.npy", content: one, method }]);
	// Behind the member's header: the last byte of an element, or one amid the deflated stream.
	const at = 30 + "a.npy".length + (method === 0 ? 128 + 7 : 40);
	const broken = Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));
	expect(() => readNpz(broken).get("a")?.bytes).toThrow(expect.objectContaining({ code: "BAD_INPUT" }));
});

test("a member that inflates to more than it says stops there", () => {
	const content = new Uint8Array(1 << 20);
	const bytes = zipBytes([
		{ name: "a.npy", content: arrayBytes({ descr: "<f4", shape: [2], bytes: content }), method: 8, size: 128 + 8 },
	]);
	expect(() => readNpz(bytes).get("a")?.bytes).toThrow("cannot be inflated to 136 bytes");
});

test("every truncation of an archive is refused", () => {
	const bytes = zipBytes([{ name: "a.npy", content: one, method: 8 }]);
	for (let length = 0; length < bytes.length; length++) {
		expect(() => readNpz(bytes.subarray(0, length)).get("a")?.bytes, `${length} bytes`).toThrow(
			expect.objectContaining({ code: "BAD_INPUT" }),
		);
	}
});

test("deflate's largest growth is below the ratio that is taken for possible", () => {
	const zeros = new Uint8Array(10_000_000);
	expect(zeros.length / deflateRawSync(zeros, { level: 9 }).length).toBeLessThan(1032);
});

function array(parts: { descr?: string; shape?: readonly number[]; raw?: boolean }): Uint8Array {
	return zipBytes([
		{ name: "a.npy", content: arrayBytes({ descr: "<f4", shape: [2], bytes: floats(1, 2), ...parts }) },
	]);
}

function floats(...values: readonly number[]): Uint8Array {
	return new Uint8Array(Float32Array.from(values).buffer);
}

function never(): never {
	throw new Error("no such array");
}
