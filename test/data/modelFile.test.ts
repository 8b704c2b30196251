import { createHash } from "node:crypto";
import { realpath, rm, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { architectureTensorShapes } from "../../src/architecture/architecture.ts";
import { heWeights } from "../../src/architecture/heWeights.ts";
import { writeSafetensors } from "../../src/checkpoint/safetensors.ts";
import { modelOpener, openModel } from "../../src/data/modelFile.ts";
import { encodeModel, encodeSplitModel } from "../../src/onnx/encode.ts";
import type { Model } from "../../src/onnx/model.ts";
import { isFiled } from "../../src/tensor/filedTensor.ts";
import type { ModelEntry } from "../../src/zoo/entry.ts";
import { plusMinusOne } from "../../src/zoo/preprocessing.ts";
import { splitVit } from "../support/splitVit.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { tinyArchitectures, tinyModel } from "../support/tiny.ts";

const entry: ModelEntry = {
	id: "tiny",
	title: "Tiny",
	source: { kind: "safetensors", file: "tiny.safetensors", architecture: tinyArchitectures.vit },
	preprocessing: plusMinusOne,
	labels: null,
	standsFor: null,
	analogyEnds: null,
	overrides: {},
	expected: null,
};

function weights(seed: number): Uint8Array {
	return writeSafetensors(heWeights(architectureTensorShapes(tinyArchitectures.vit), seed));
}

async function folderWith(file: string, bytes: Uint8Array): Promise<string> {
	const folder = await temporaryFolder();
	await writeFile(join(folder, file), bytes);
	return folder;
}

test("an entry is opened by its id: graph, anatomy and what determines its answers", async () => {
	const open = modelOpener([entry], await folderWith("tiny.safetensors", weights(1)));
	const { model, anatomy, identity, preprocessing } = await open("tiny");
	expect(model.graph.inputs).toEqual([{ name: "pixels", type: "float32", shape: ["batch", 3, 32, 32] }]);
	expect([anatomy.family, anatomy.blocks.length, anatomy.layers.length]).toEqual(["vit", 2, 15]);
	expect(identity).toEqual({
		id: "tiny",
		digest: expect.stringMatching(/^[0-9a-f]{64}$/),
		anatomyVersion: anatomy.version,
		preprocessing: "resize bilinear, mean 0.5 0.5 0.5, deviation 0.5 0.5 0.5",
		precision: "float32",
	});
	expect(preprocessing).toBe(plusMinusOne);
});

test("a file is read once until it changes, and the digest changes with its bytes", async () => {
	const folder = await folderWith("tiny.safetensors", weights(1));
	const open = modelOpener([entry], folder);
	const [first, second] = await Promise.all([open("tiny"), open("tiny")]);
	expect(second).toBe(first);
	await writeFile(join(folder, "tiny.safetensors"), weights(2));
	await utimes(join(folder, "tiny.safetensors"), 1, 1);
	const changed = await open("tiny");
	expect(changed.identity.digest).not.toBe(first.identity.digest);
});

test("the digest depends on the architecture that the weights are put in, not on where the file is", async () => {
	const digest = async (other: ModelEntry) =>
		(await modelOpener([other], await folderWith("tiny.safetensors", weights(1)))("tiny")).identity.digest;
	const twice = { kind: "safetensors", file: "tiny.safetensors" } as const;
	const fourHeads: ModelEntry = {
		...entry,
		source: { ...twice, architecture: { ...tinyArchitectures.vit, heads: 4 } },
	};
	expect(await digest(entry)).toBe(await digest({ ...entry, title: "Another title" }));
	expect(await digest(entry)).not.toBe(await digest(fourHeads));
});

test("what failed is tried again", async () => {
	const folder = await folderWith("tiny.safetensors", weights(1).subarray(0, 5000));
	const open = modelOpener([entry], folder);
	const message = expect.stringMatching(/tiny\.safetensors: .*there are \d+: the file was cut short/);
	await expect(open("tiny")).rejects.toThrow(expect.objectContaining({ code: "BAD_INPUT", message }));
	await writeFile(join(folder, "tiny.safetensors"), weights(1));
	expect((await open("tiny")).anatomy.family).toBe("vit");
});

test("an .onnx file is opened by its path, and its batch of 1 may then be any", async () => {
	const fixed = withBatch(tinyModel("resnet"), 1);
	const path = join(await folderWith("mine.onnx", encodeModel(fixed)), "mine.onnx");
	const { entry: made, model, anatomy } = await openModel(path);
	expect([made.id, made.title, anatomy.family]).toEqual([path, "mine.onnx", "cnn"]);
	expect(model.graph.inputs[0]?.shape?.[0]).toBeTypeOf("string");
});

test("weights in a second file beside the model are read and count for the digest", async () => {
	const { model, data } = encodeSplitModel(tinyModel("vit"), "mine.data");
	const folder = await folderWith("mine.onnx", model);
	const path = join(folder, "mine.onnx");
	await expect(openModel(path)).rejects.toThrow("keeps weights in mine.data, which is not there");
	const bytes = Buffer.concat(data);
	await writeFile(join(folder, "mine.data"), bytes);
	const first = await modelOpener([], folder)(path);
	bytes[bytes.length - 1] = 0x3f;
	await writeFile(join(folder, "mine.data"), bytes);
	const second = await modelOpener([], folder)(path);
	expect(second.identity.digest).not.toBe(first.identity.digest);
});

test("a file with another SHA-256 than its entry states is refused, the one that it states is opened", async () => {
	const bytes = weights(1);
	const folder = await folderWith("tiny.safetensors", bytes);
	const sha256 = createHash("sha256").update(bytes).digest("hex");
	const stating = (stated: string) => modelOpener([{ ...entry, sha256: stated }], folder)("tiny");
	expect((await stating(sha256)).sha256).toBe(sha256);
	await expect(stating("0".repeat(64))).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: expect.stringContaining(`its SHA-256 is ${sha256}, not ${"0".repeat(64)} as its entry says`),
		hint: expect.stringContaining("add this one again"),
	});
});

test("of several files the SHA-256 is of what sha256sum prints for each", async () => {
	const { model, data } = encodeSplitModel(tinyModel("vit"), "tiny.data");
	const folder = await folderWith("tiny.onnx", model);
	await writeFile(join(folder, "tiny.data"), Buffer.concat(data));
	const sums = [model, Buffer.concat(data)].map((each) => createHash("sha256").update(each).digest("hex"));
	const sha256 = createHash("sha256").update(sums.join("")).digest("hex");
	expect((await openModel(join(folder, "tiny.onnx"))).sha256).toBe(sha256);
});

test("an entry that has changed is opened anew, although its file is the same", async () => {
	const folder = await folderWith("tiny.safetensors", weights(1));
	const entries = [entry];
	const open = modelOpener(entries, folder);
	const before = await open("tiny");
	entries[0] = { ...entry, preprocessing: { ...plusMinusOne, resize: "lanczos" } };
	expect((await open("tiny")).identity.preprocessing).not.toBe(before.identity.preprocessing);
});

test("large weights beside the model stay in their file, whose change is noticed", async () => {
	const { path, data } = await splitVit();
	const open = modelOpener([], "/");
	const { model, identity } = await open(path);
	const filed = [...model.graph.initializers.values()].filter(isFiled);
	expect(filed.map(({ place }) => place.location)).toContain("mine.data");
	expect((await open(path)).model).toBe(model);
	const changed = Buffer.concat([data]);
	changed[changed.length - 1] = 0x3f;
	await writeFile(join(dirname(path), "mine.data"), changed);
	expect(() => filed[0]?.bytes).toThrow("mine.data has changed since the model was opened");
	expect((await open(path)).identity.digest).not.toBe(identity.digest);
});

test("weights that lie behind a link are read from where they truly are", async () => {
	const { path, data } = await splitVit();
	const elsewhere = await folderWith("blob", data);
	await rm(join(dirname(path), "mine.data"));
	await symlink(join(elsewhere, "blob"), join(dirname(path), "mine.data"));
	const { model } = await modelOpener([], "/")(path);
	const [filed] = [...model.graph.initializers.values()].filter(isFiled);
	expect(filed?.place).toMatchObject({ folder: await realpath(elsewhere), location: "blob" });
});

test("refused: a graph of 2 GB, with the way to write it", async () => {
	const path = join(await folderWith("large.onnx", Uint8Array.of(8)), "large.onnx");
	await truncate(path, 2 ** 31);
	await expect(openModel(path)).rejects.toThrow(
		expect.objectContaining({ code: "BAD_INPUT", hint: expect.stringContaining("external data") }),
	);
});

test.each(["../mine.data", "/mine.data"])(
	"weights in %s, outside of the model's folder, are refused",
	async (location) => {
		const { model } = encodeSplitModel(tinyModel("vit"), location);
		const path = join(await folderWith("mine.onnx", model), "mine.onnx");
		await expect(openModel(path)).rejects.toThrow(`keeps weights in ${location}, which is not in its own folder`);
	},
);

test("a location that no path can be names no file", async () => {
	const { model } = encodeSplitModel(tinyModel("vit"), "a\0b");
	const path = join(await folderWith("mine.onnx", model), "mine.onnx");
	await expect(openModel(path)).rejects.toThrow("which is not there");
});

test("a model that is not there is answered with what is", async () => {
	await expect(openModel("vit-x")).rejects.toThrow(
		expect.objectContaining({ code: "NOT_FOUND", hint: expect.stringContaining("vit-s") }),
	);
	await expect(openModel("nowhere/mine.onnx")).rejects.toThrow("there is no file");
	await expect(openModel("mine.safetensors")).rejects.toThrow("there is no file");
});

test("a file of something else is named", async () => {
	const path = join(await folderWith("mine.onnx", new TextEncoder().encode("<html>not found</html>")), "mine.onnx");
	await expect(openModel(path)).rejects.toThrow(
		expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining("mine.onnx: ") }),
	);
});

function withBatch(model: Model, batch: number): Model {
	const fix = <T extends { readonly shape: Model["graph"]["inputs"][number]["shape"] }>(value: T): T => ({
		...value,
		shape: [batch, ...(value.shape ?? []).slice(1)],
	});
	const { graph } = model;
	return { ...model, graph: { ...graph, inputs: graph.inputs.map(fix), outputs: graph.outputs.map(fix) } };
}
