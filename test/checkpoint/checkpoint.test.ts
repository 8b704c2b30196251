import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ByteRanges } from "../../src/checkpoint/byteRanges.ts";
import { readCheckpoint } from "../../src/checkpoint/checkpoint.ts";
import { readNpz } from "../../src/checkpoint/npz.ts";
import { readSafetensors, writeSafetensors } from "../../src/checkpoint/safetensors.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";
import { fixture } from "../support/checkpoints.ts";
import { zipBytes } from "../support/zipBytes.ts";

const safetensors = writeSafetensors(new Map([["a", fromFloat32s([2], [1, 2])]]));
const npz = new Uint8Array(readFileSync(fixture("stored.npz")));

test("a file is told by its bytes, not by its name", () => {
	expect(readCheckpoint(safetensors, "weights.npz")).toEqual(readSafetensors(safetensors));
	expect([...readCheckpoint(npz, "model.safetensors").keys()]).toEqual([...readNpz(npz).keys()]);
});

test("a header of 640 bytes, whose length begins as a pickle does, is one of safetensors", () => {
	const length = 0x280 - 50;
	const tensors = new Map([["a", fromFloat32s([2], [1, 2])]]);
	const bytes = Array.from({ length: 60 }, (_, index) => writeSafetensors(tensors, { x: "y".repeat(length - index) }));
	const alike = bytes.find(([first, second]) => first === 0x80 && second === 2);
	expect(readCheckpoint(alike ?? new Uint8Array(), "x")).toEqual(tensors);
});

const data = new Uint8Array(3);
test.each([
	["torch.save's zip", zipBytes([{ name: "archive/data.pkl", content: data }])],
	["torch.save's older format", Uint8Array.of(0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20)],
	["any pickle", Uint8Array.of(0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0)],
])("%s is refused with the line that converts it", (_what, bytes) => {
	expect(() => readCheckpoint(bytes, "folder/pytorch_model.bin")).toThrow(
		expect.objectContaining({
			code: "BAD_INPUT",
			message: expect.stringContaining("folder/pytorch_model.bin is a PyTorch pickle"),
			hint: expect.stringContaining('save_file(torch.load("pytorch_model.bin", map_location="cpu", weights_only=True)'),
		}),
	);
});

test.each([
	["safetensors", safetensors],
	["npz", npz],
])("of the ranges of a file of %s no more is read than was asked for", (_format, bytes) => {
	const reads: [number, number][] = [];
	const ranges: ByteRanges = {
		size: bytes.length,
		read(begin, end) {
			reads.push([begin, end]);
			return bytes.slice(begin, end);
		},
	};
	const tensors = readCheckpoint(ranges, "file");
	const before = reads.length;
	const [first] = tensors.values();
	const whole = [...readCheckpoint(bytes, "file").values()][0];
	expect(first?.bytes).toEqual(Uint8Array.from(whole?.bytes ?? []));
	expect(reads.length).toBe(before + 1);
	const [begin = 0, end = 0] = reads[before] ?? [];
	// An array of numpy has its header before it, of 128 bytes.
	expect(end - begin).toBeLessThanOrEqual((whole?.bytes.length ?? 0) + 128);
});
