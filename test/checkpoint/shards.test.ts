import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { writeSafetensors } from "../../src/checkpoint/safetensors.ts";
import { readShards } from "../../src/checkpoint/shards.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";
import { fixture } from "../support/checkpoints.ts";

const one = (name: string) => [name, fromFloat32s([1], [1])] as const;
const files: Record<string, Uint8Array> = {
	"a.safetensors": writeSafetensors(new Map([one("x"), one("y")])),
	"b.safetensors": writeSafetensors(new Map([one("z")])),
};
const open = (file: string): Uint8Array => files[file] ?? new Uint8Array();
const index = (weight_map: unknown) => JSON.stringify({ metadata: {}, weight_map });
const right = { x: "a.safetensors", y: "a.safetensors", z: "b.safetensors" };

test("the shards that transformers wrote are one checkpoint", () => {
	const text = readFileSync(fixture("sharded/model.safetensors.index.json"), "utf8");
	const opened: string[] = [];
	const tensors = readShards(
		text,
		(file) => {
			opened.push(file);
			return new Uint8Array(readFileSync(fixture(`sharded/${file}`)));
		},
		"model.safetensors.index.json",
	);
	const names = Object.keys(JSON.parse(text).weight_map);
	expect([...tensors.keys()].sort()).toEqual(names.sort());
	expect(opened).toEqual([1, 2, 3].map((number) => `model-0000${number}-of-00003.safetensors`));
});

test("tensors are those of all files", () => {
	expect([...readShards(index(right), open, "index").keys()].sort()).toEqual(["x", "y", "z"]);
});

test.each([
	["no JSON", "{", "it is no JSON"],
	["no map", "{}", 'it has no object "weight_map"'],
	["a file in another folder", index({ ...right, z: "../b.safetensors" }), 'z should be in "../b.safetensors"'],
	["a file by its full path", index({ ...right, z: "/b.safetensors" }), "no .safetensors file beside it"],
	["a file of another drive", index({ ...right, z: "c:b.safetensors" }), "no .safetensors file beside it"],
	["a pickle", index({ ...right, z: "b.bin" }), 'z should be in "b.bin"'],
	["a number", index({ ...right, z: 1 }), "z should be in 1"],
	["a tensor that is missing", index({ ...right, w: "b.safetensors" }), "the tensor w is not in b.safetensors"],
	["one that it does not name", index({ x: "a.safetensors", z: "b.safetensors" }), "it does not name the tensor y"],
	[
		"one in two files",
		index({ ...right, y: "b.safetensors" }),
		"the tensor y should be in b.safetensors, but is in a.safetensors too",
	],
	[
		"1 001 files",
		index(Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`t${at}`, `${at}.safetensors`]))),
		"names 1001 files, at most 1000",
	],
])("%s is refused", (_what, text, message) => {
	expect(() => readShards(text, open, "model.safetensors.index.json")).toThrow(
		expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(message) }),
	);
});
