/** Models of a hub in several shards, added as a user adds them, while the hub or the user gets in the way. */
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { writeSafetensors } from "../../src/checkpoint/safetensors.ts";
import { type HubServer, largeFile, shardIndex, startHubServer } from "../support/hubServer.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { tinyWeights } from "../support/tiny.ts";
import { sightline, startSightline } from "./sightline.ts";

const config = JSON.stringify({
	architecture: "vit_tiny_patch16_224",
	num_classes: 5,
	model_args: { num_heads: 2 },
	pretrained_cfg: {
		input_size: [3, 32, 32],
		crop_pct: 1,
		interpolation: "bicubic",
		mean: [0.5, 0.5, 0.5],
		std: [0.5, 0.5, 0.5],
	},
});
const tensors = [...tinyWeights("vit")];
const middle = Math.floor(tensors.length / 2);
const first = writeSafetensors(new Map(tensors.slice(0, middle)));
const second = writeSafetensors(new Map(tensors.slice(middle)));
/** Of the second shard, what comes before something gets in the way. */
const half = Math.floor(second.length / 2);

async function setUp() {
	const hub = await startHubServer();
	const shards = { "model-00001-of-00002.safetensors": first, "model-00002-of-00002.safetensors": second };
	const files = Object.entries(shards).map(([name, bytes]) => [name, largeFile(bytes)]);
	const index = shardIndex(shards);
	const commit = hub.publish("tiny/vit", {
		"config.json": config,
		"model.safetensors.index.json": index,
		...Object.fromEntries(files),
	});
	const folder = await temporaryFolder();
	const environment = {
		HF_ENDPOINT: hub.endpoint,
		HF_HOME: folder,
		HF_TOKEN: "",
		SIGHTLINE_STORE: join(folder, "store"),
	};
	return { hub, commit, folder, environment };
}

/** Of each answer of the host of large files: where it began, and how many bytes came. */
function bodies(hub: HubServer): string[] {
	return hub.requests
		.splice(0)
		.filter(({ host }) => host === "cdn")
		.map(({ status, headers, sentBytes }) => `${status} ${headers.range ?? "whole"} ${sentBytes}`);
}

/** Bytes of files that are being fetched. */
async function unfinishedBytes(folder: string): Promise<number> {
	const parts = join(folder, "store/remote/parts");
	const names = (await readdir(parts).catch(() => [])).filter((name) => !name.endsWith(".etag"));
	const sizes = await Promise.all(names.map((name) => stat(join(parts, name)).then(({ size }) => size)));
	return sizes.reduce((sum, size) => sum + size, 0);
}

test.each([
	["Ctrl-C", "SIGINT", 130, expect.stringContaining("What came is kept")],
	["a killed process", "SIGKILL", null, ""],
] as const)(
	"%s in the middle of a shard costs none of what came: added again, the model is fetched from there on, and measures",
	async (_what, signal, exitCode, stderr) => {
		const { hub, commit, folder, environment } = await setUp();
		const path = createHash("sha256").update(second).digest("hex");
		hub.fail({ on: "cdn", path, hangAfterBytes: half });
		const running = startSightline(["add", "hf:tiny/vit"], { folder, environment });
		const atSecond = () => hub.requests.some((request) => request.path.includes(path));
		await vi.waitUntil(async () => atSecond() && (await unfinishedBytes(folder)) === half, { timeout: 50_000 });
		running.kill(signal);
		expect(await running.finished).toMatchObject({ exitCode, stderr });
		expect(bodies(hub)).toEqual([`200 whole ${first.length}`, `200 whole ${half}`]);
		await expect(stat(join(folder, "sightline.json"))).rejects.toMatchObject({ code: "ENOENT" });

		const added = await sightline(["add", "hf:tiny/vit"], { folder, environment });
		expect([added.stderr, added.exitCode]).toEqual(["", 0]);
		expect(bodies(hub)).toEqual([`206 bytes=${half}- ${second.length - half}`]);
		const { models } = JSON.parse(await readFile(join(folder, "sightline.json"), "utf8"));
		const file = `hf:tiny/vit@${commit}:model.safetensors.index.json`;
		expect(models).toMatchObject([{ id: "vit", source: { kind: "safetensors", file } }]);

		const query = `{
			model(id: "vit") { heads { attentionDistance(images: { count: 4, batchSize: 4 }) { meanPx } } }
			similarity(rows: { model: "vit", preset: BLOCKS }, images: { count: 4, batchSize: 4 }) { values }
		}`;
		const offline = { ...environment, HF_HUB_OFFLINE: "1" };
		const asked = await sightline(["query", "--device", "cpu"], { folder, environment: offline, stdin: query });
		expect(asked.exitCode).toBe(0);
		expect(JSON.parse(asked.stdout.toString())).toEqual({
			data: {
				model: { heads: Array(4).fill({ attentionDistance: { meanPx: expect.any(Number) } }) },
				similarity: {
					values: [
						[expect.closeTo(1, 6), expect.any(Number)],
						[expect.any(Number), expect.closeTo(1, 6)],
					],
				},
			},
		});
		expect(hub.requests).toEqual([]);
	},
	120_000,
);

test("what may not be seen without a token says so and names HF_TOKEN; with it, it is added", async () => {
	const { hub, folder, environment } = await setUp();
	hub.gate("tiny/vit", "hf_secret");
	const add = (address: string, token: string) =>
		sightline(["add", address], { folder, environment: { ...environment, HF_TOKEN: token } });
	const [gated, hidden] = await Promise.all([add("hf:tiny/vit", ""), add("hf:tiny/hidden", "")]);
	expect([gated.exitCode, gated.stderr]).toEqual([
		1,
		expect.stringMatching(/^error: hf:tiny\/vit@\w+:\S+: the repository is gated: .*\n.*set HF_TOKEN /),
	]);
	expect([hidden.exitCode, hidden.stderr]).toEqual([
		1,
		expect.stringMatching(/^error: hf:tiny\/hidden: there is no such repository, or it is private\n.*set HF_TOKEN /),
	]);
	hub.fail({ on: "hub", status: 401 });
	const old = await add("hf:tiny/vit", "hf_old");
	expect([old.exitCode, old.stderr]).toEqual([
		1,
		expect.stringMatching(/^error: hf:tiny\/vit: the token of HF_TOKEN is not accepted/),
	]);
	await expect(stat(join(folder, "sightline.json"))).rejects.toMatchObject({ code: "ENOENT" });
	expect((await add("hf:tiny/vit", "hf_secret")).exitCode).toBe(0);
	// The host of large files is another, and is sent no token.
	const seen = hub.requests.filter(({ headers }) => headers.authorization === "Bearer hf_secret");
	expect(new Set(seen.map(({ host }) => host))).toEqual(new Set(["hub"]));
}, 120_000);

test("a hub that has had too many requests is left alone for as long as it says", async () => {
	const { hub, folder, environment } = await setUp();
	const headers = { "retry-after": "3" };
	hub.fail({ on: "hub", method: "HEAD", status: 429, headers });
	hub.fail({ on: "cdn", status: 429, headers });
	const { stderr, exitCode } = await sightline(["add", "hf:tiny/vit"], { folder, environment });
	expect([stderr, exitCode]).toEqual(["", 0]);
	const { requests } = hub;
	const refused = requests.flatMap(({ status }, index) => (status === 429 ? [index] : []));
	expect(refused).toHaveLength(2);
	for (const index of refused) {
		const waited = (requests[index + 1]?.atMs ?? 0) - (requests[index]?.atMs ?? 0);
		// Its own patience, unasked, would be over after 1.25 s.
		expect(waited).toBeGreaterThan(2900);
	}
}, 120_000);
