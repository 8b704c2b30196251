import { cp, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { writeSafetensors } from "../../src/checkpoint/safetensors.ts";
import { FileRanges } from "../../src/data/fileRanges.ts";
import { modelOpener } from "../../src/data/modelFile.ts";
import type { ModelEntry } from "../../src/zoo/entry.ts";
import { plusMinusOne } from "../../src/zoo/preprocessing.ts";
import { checkpointCase, checkpointWeights, fixture } from "../support/checkpoints.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const bytesOf = (name: string): Uint8Array => writeSafetensors(checkpointWeights(checkpointCase(name)));

/** A folder with a checkpoint, and the config beside it where there is one. */
async function folderOf(name: string, file = "model.safetensors"): Promise<string> {
	const folder = await temporaryFolder();
	await writeFile(join(folder, file), bytesOf(name));
	const { config } = checkpointCase(name);
	if (config !== null) await writeFile(join(folder, "config.json"), JSON.stringify(config));
	return folder;
}

const open = (path: string) => modelOpener([], "/")(path);

test("a checkpoint is opened by its path: its architecture from its names and the config beside it", async () => {
	const { model, anatomy, entry } = await open(join(await folderOf("transformers-dinov2"), "model.safetensors"));
	expect(model.graph.inputs[0]?.shape).toEqual(["batch", 3, 32, 32]);
	expect([anatomy.family, anatomy.blocks.length, entry.source.kind]).toEqual(["vit", 2, "safetensors"]);
});

test("what was taken for granted stands among the anatomy's remarks", async () => {
	const { anatomy } = await open(join(await folderOf("timm-dino"), "model.safetensors"));
	expect(anatomy.remarks).toContain("The checkpoint has no head: what a head would read is taken for the logits.");
});

test("Google's archive is opened by its path", async () => {
	const folder = await temporaryFolder();
	await cp(fileURLToPath(fixture("stored.npz")), join(folder, "vit.npz"));
	const { anatomy } = await open(join(folder, "vit.npz"));
	expect([anatomy.family, anatomy.blocks.length, anatomy.output.classes]).toEqual(["vit", 2, 5]);
});

test("a checkpoint in shards is opened by its index, and every shard counts for the digest", async () => {
	const folder = await temporaryFolder();
	await cp(fileURLToPath(fixture("sharded")), folder, { recursive: true });
	const path = join(folder, "model.safetensors.index.json");
	const { anatomy, identity } = await open(path);
	expect([anatomy.family, anatomy.blocks.length]).toEqual(["vit", 1]);
	const file = join(folder, "model-00003-of-00003.safetensors");
	const shard = new FileRanges(file);
	const bytes = shard.read(0, shard.size);
	shard.close();
	bytes[bytes.length - 1] = 0x3f;
	await writeFile(file, bytes);
	expect((await open(path)).identity.digest).not.toBe(identity.digest);
	await writeFile(file, "");
	await expect(open(path)).rejects.toThrow("model-00003-of-00003.safetensors: 0 bytes are less than the 8");
});

test("a shard that is not there is named", async () => {
	const folder = await temporaryFolder();
	await cp(
		fileURLToPath(fixture("sharded/model.safetensors.index.json")),
		join(folder, "model.safetensors.index.json"),
	);
	await expect(open(join(folder, "model.safetensors.index.json"))).rejects.toThrow(
		expect.objectContaining({
			code: "NOT_FOUND",
			message: expect.stringContaining("model-00001-of-00003.safetensors"),
		}),
	);
});

test("a pickle is refused by its path, with the line that converts it", async () => {
	const folder = await temporaryFolder();
	await writeFile(join(folder, "pytorch_model.bin"), Uint8Array.of(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9));
	await expect(open(join(folder, "pytorch_model.bin"))).rejects.toThrow(
		expect.objectContaining({ code: "BAD_INPUT", hint: expect.stringContaining("save_file(torch.load(") }),
	);
});

test("a config that is no JSON, or is too long to be one, is named", async () => {
	const folder = await folderOf("timm-vit");
	await writeFile(join(folder, "config.json"), "<html>");
	await expect(open(join(folder, "model.safetensors"))).rejects.toThrow("config.json is no JSON");
	await truncate(join(folder, "config.json"), 40_000_000);
	await expect(open(join(folder, "model.safetensors"))).rejects.toThrow("config.json has 40000000 bytes");
});

test("a config that changed is read again", async () => {
	const folder = await folderOf("timm-deit-distilled");
	const opener = modelOpener([], "/");
	const path = join(folder, "model.safetensors");
	const { identity } = await opener(path);
	const config = { architecture: "deit_tiny_distilled_patch16_224", model_args: { num_heads: 4 } };
	await writeFile(join(folder, "config.json"), JSON.stringify(config));
	const changed = await opener(path);
	expect(changed.anatomy.attentions.length * 4).toBe(
		changed.anatomy.attentions.reduce((sum, { heads }) => sum + heads, 0),
	);
	expect(changed.identity.digest).not.toBe(identity.digest);
});

test("an entry's image size is what the model is built for, and counts for the digest", async () => {
	const folder = await folderOf("transformers-vit");
	const entry: ModelEntry = {
		id: "mine",
		title: "Mine",
		source: { kind: "safetensors", file: "model.safetensors" },
		preprocessing: plusMinusOne,
		labels: null,
		standsFor: null,
		analogyEnds: null,
		overrides: {},
		expected: null,
	};
	const small = await modelOpener([entry], folder)("mine");
	const large = await modelOpener([{ ...entry, overrides: { imageSize: [24, 56] } }], folder)("mine");
	expect(large.anatomy.tokens).toMatchObject({ grid: [3, 7], count: 22 });
	expect(large.identity.digest).not.toBe(small.identity.digest);
});

test("a file that becomes shorter while it is read is named", async () => {
	const folder = await folderOf("timm-vit");
	const ranges = new FileRanges(join(folder, "model.safetensors"));
	await truncate(join(folder, "model.safetensors"), 100);
	expect(() => ranges.read(50, 200)).toThrow("was cut off at byte 100 while it was read");
	ranges.close();
});
