import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeSafetensors } from "../../src/checkpoint/safetensors.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import { largeFile, startHubServer } from "../support/hubServer.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { tinyModel, tinyWeights } from "../support/tiny.ts";
import { sightline } from "./sightline.ts";

/** As timm publishes it, with the tiny model's own sides. */
const timmConfig = JSON.stringify({
	architecture: "vit_tiny_patch16_224",
	num_classes: 5,
	model_args: { num_heads: 2 },
	pretrained_cfg: {
		input_size: [3, 32, 32],
		crop_pct: 0.9,
		interpolation: "bicubic",
		mean: [0.5, 0.5, 0.5],
		std: [0.5, 0.5, 0.5],
	},
});
const graph = () => encodeModel(tinyModel("vit"));

async function entriesOf(folder: string) {
	return JSON.parse(await readFile(join(folder, "sightline.json"), "utf8")).models as {
		id: string;
		source: object;
		sha256: string;
		preprocessing: object;
	}[];
}

test("a file is looked at, and named with what was published beside it", async () => {
	const folder = await temporaryFolder();
	await writeFile(join(folder, "tiny.onnx"), graph());
	await writeFile(join(folder, "config.json"), timmConfig);
	const { stdout, stderr, exitCode } = await sightline(["add", "tiny.onnx", "--title", "Tiny"], { folder });
	expect([stderr, exitCode]).toEqual(["", 0]);
	expect(stdout.toString()).toMatch(/family +ViT[\s\S]*added in sightline\.json: name it as tiny/);
	const sha256 = createHash("sha256").update(graph()).digest("hex");
	const preprocessing = { resize: "bicubic", shortSide: 35 };
	expect(await entriesOf(folder)).toMatchObject([
		{ id: "tiny", source: { kind: "onnx", file: "tiny.onnx" }, sha256, preprocessing },
	]);
	const again = await sightline(["add", "tiny.onnx", "--title", "Still tiny"], { folder });
	expect(again.stdout.toString()).toContain("replaced in sightline.json");
	expect(await entriesOf(folder)).toHaveLength(1);
});

test("what is said of its pixels counts, the rest is as it was published", async () => {
	const folder = await temporaryFolder();
	await writeFile(join(folder, "tiny.onnx"), graph());
	await writeFile(join(folder, "config.json"), timmConfig);
	const said = ["--resize", "lanczos", "--mean", "0.1,0.2,0.3"];
	const { stdout, stderr } = await sightline(["add", "tiny.onnx", ...said], { folder });
	expect(stderr).toBe("");
	expect(stdout.toString()).toMatch(/resize lanczos to a short side of 35[\s\S]*As it was asked for: resize, mean\./);
	const preprocessing = { resize: "lanczos", shortSide: 35, mean: [0.1, 0.2, 0.3], deviation: [0.5, 0.5, 0.5] };
	expect(await entriesOf(folder)).toMatchObject([{ preprocessing }]);
	const wrong = await sightline(["add", "tiny.onnx", "--mean", "0.1;0.2"], { folder });
	expect(wrong.stderr).toContain("expected numbers with commas between them");
	const two = await sightline(["add", "tiny.onnx", "--mean", "0.1,0.2"], { folder });
	expect([two.exitCode, two.stderr]).toEqual([1, expect.stringContaining("mean")]);
	expect(await entriesOf(folder)).toMatchObject([{ preprocessing }]);
});

test("what its card claims and whose roles it takes are written as they are given", async () => {
	const folder = await temporaryFolder();
	await writeFile(join(folder, "tiny.onnx"), graph());
	const claims = ["--labels", "leaves", "--claimed", "0.9", "--claimed-on", "leaves", "--role", "vit", "vitLarge"];
	expect((await sightline(["add", "tiny.onnx", ...claims], { folder })).exitCode).toBe(0);
	expect(await entriesOf(folder)).toMatchObject([
		{ labels: "leaves", accuracy: { top1: 0.9, images: "leaves" }, roles: ["vit", "vitLarge"] },
	]);
});

test("pixels are taken for granted where nothing was published, and that is said", async () => {
	const folder = await temporaryFolder();
	await writeFile(join(folder, "tiny.onnx"), graph());
	const { stdout } = await sightline(["add", "tiny.onnx"], { folder });
	expect(stdout.toString()).toContain("No preprocessing was published with it: pixels in -1..1");
});

test("a repository of a hub is fetched once, named by its commit, and asked about without the hub", async () => {
	const hub = await startHubServer();
	const weights = writeSafetensors(tinyWeights("vit"));
	const commit = hub.publish("tiny/vit", {
		"README.md": "a tiny one",
		"config.json": timmConfig,
		"model.safetensors": largeFile(weights),
	});
	const folder = await temporaryFolder();
	const environment = {
		HF_ENDPOINT: hub.endpoint,
		SIGHTLINE_STORE: join(folder, "store"),
		HF_TOKEN: "",
		HF_HOME: folder,
	};
	const added = await sightline(["add", "hf:tiny/vit"], { folder, environment });
	expect([added.stderr, added.exitCode]).toEqual(["", 0]);
	expect(await entriesOf(folder)).toMatchObject([
		{ id: "vit", source: { kind: "safetensors", file: `hf:tiny/vit@${commit}:model.safetensors` } },
	]);
	const offline = { ...environment, HF_HUB_OFFLINE: "1" };
	const query = `{ model(id: "vit") { family blocks { index } heads { index } preprocessing } }`;
	const asked = await sightline(["query", "-", "--device", "cpu"], { folder, environment: offline, stdin: query });
	expect(asked.stderr).toBe("");
	expect(JSON.parse(asked.stdout.toString())).toMatchObject({
		data: {
			model: { family: "VIT", blocks: [{ index: 0 }, { index: 1 }], preprocessing: expect.stringContaining("bicubic") },
		},
	});
	const inspected = await sightline(["inspect", "hf:tiny/vit", "--json"], { folder, environment: offline });
	expect(JSON.parse(inspected.stdout.toString())).toMatchObject({ family: "vit" });
});

test("a repository without a model says what it holds, a missing file names the way", async () => {
	const hub = await startHubServer();
	hub.publish("tiny/texts", { "README.md": "nothing here" });
	const folder = await temporaryFolder();
	const environment = {
		HF_ENDPOINT: hub.endpoint,
		SIGHTLINE_STORE: join(folder, "store"),
		HF_TOKEN: "",
		HF_HOME: folder,
	};
	const none = await sightline(["add", "hf:tiny/texts"], { folder, environment });
	expect([none.exitCode, none.stderr]).toEqual([
		1,
		expect.stringContaining("It holds no .onnx, .safetensors or .npz file, only README.md"),
	]);
	const missing = await sightline(["add", "nowhere.onnx"], { folder });
	expect([missing.exitCode, missing.stderr]).toEqual([
		1,
		expect.stringMatching(/there is no file .*nowhere\.onnx[\s\S]*hf:owner\/name/),
	]);
});
