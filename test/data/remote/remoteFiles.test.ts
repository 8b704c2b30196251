import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { writeSafetensors } from "../../../src/checkpoint/safetensors.ts";
import { formatAddress, parseAddress } from "../../../src/data/remote/address.ts";
import { fromFloat32s } from "../../../src/tensor/values.ts";
import { type HubServer, largeFile, shardIndex, startHubServer } from "../../support/hubServer.ts";
import { patternBytes } from "../../support/patternBytes.ts";
import { remoteFilesOf } from "../../support/remoteFiles.ts";

const weights = patternBytes(300_000);
const files = {
	"config.json": '{"model_type":"vit"}',
	"model.safetensors": largeFile(weights),
	"onnx/model.onnx": "graph",
};
const config = parseAddress("hf:tiny/vit:config.json");
const model = parseAddress("hf:tiny/vit:model.safetensors");

/** What was asked for since the last look. */
function seen(hub: HubServer): string[] {
	return hub.requests.splice(0).map(({ host, method, status }) => `${host} ${method} ${status}`);
}

test("a repository is listed: its commit, its files, their sizes, and the SHA-256 of large ones", async () => {
	const hub = await startHubServer();
	const commit = hub.publish("tiny/vit", files);
	const { remote } = await remoteFilesOf(hub);
	expect(await remote.list("tiny/vit", null)).toEqual({
		repository: "tiny/vit",
		commit,
		files: [
			{ path: "config.json", sizeBytes: 20, sha256: null },
			{ path: "model.safetensors", sizeBytes: 300_000, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
			{ path: "onnx/model.onnx", sizeBytes: 5, sha256: null },
		],
	});
});

test("a long list comes in pages, and that of a commit is asked for once", async () => {
	const hub = await startHubServer();
	hub.pageSize = 100;
	const commit = hub.publish("tiny/many", Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`${i}.txt`, "x"])));
	const { remote, again } = await remoteFilesOf(hub);
	expect((await remote.list("tiny/many", null)).files).toHaveLength(250);
	expect(seen(hub)).toEqual(["hub GET 200", "hub GET 200", "hub GET 200", "hub GET 200"]);
	expect((await again().list("tiny/many", commit)).files).toHaveLength(250);
	expect(seen(hub)).toEqual([]);
	expect((await again().list("tiny/many", "main")).commit).toBe(commit);
	expect(seen(hub)).toEqual(["hub GET 200"]);
});

test("small and large files are fetched, beside each other, with the commit that main meant", async () => {
	const hub = await startHubServer();
	const commit = hub.publish("tiny/vit", files);
	const { remote, folder } = await remoteFilesOf(hub);
	const small = await remote.fetch(config);
	const large = await remote.fetch(model);
	const nested = await remote.fetch(parseAddress("hf:tiny/vit:onnx/model.onnx"));
	expect(await readFile(small.path, "utf8")).toBe(files["config.json"]);
	expect(weights.equals(await readFile(large.path))).toBe(true);
	expect(small.path).toBe(join(folder, "remote", "hub", "tiny", "vit", "commits", commit, "config.json"));
	expect(dirname(large.path)).toBe(dirname(small.path));
	expect(nested.path).toBe(join(dirname(small.path), "onnx", "model.onnx"));
	expect(formatAddress(large.address)).toBe(`hf:tiny/vit@${commit}:model.safetensors`);
	expect(await readdir(join(folder, "remote", "parts"))).toEqual([]);
});

test("a file that is here is not fetched again: a commit asks nothing, a branch what it means now", async () => {
	const hub = await startHubServer();
	hub.publish("tiny/vit", files);
	const { remote, again } = await remoteFilesOf(hub);
	const first = await remote.fetch(model);
	expect(seen(hub)).toEqual(["hub HEAD 302", "hub GET 302", "cdn GET 200"]);
	expect(await again().fetch(first.address)).toEqual(first);
	expect(seen(hub)).toEqual([]);
	expect(await again().fetch(model)).toEqual(first);
	expect(seen(hub)).toEqual(["hub HEAD 302"]);
});

test("a new commit fetches what it changed, and the old one stays as it was", async () => {
	const hub = await startHubServer();
	const old = hub.publish("tiny/vit", files);
	const { remote } = await remoteFilesOf(hub);
	await remote.fetch(model);
	await remote.fetch(config);
	const commit = hub.publish("tiny/vit", { ...files, "config.json": "{}" });
	seen(hub);
	const newModel = await remote.fetch(model);
	expect(seen(hub)).toEqual(["hub HEAD 302"]);
	expect(formatAddress(newModel.address)).toContain(commit);
	expect((await stat(newModel.path)).nlink).toBe(3);
	expect(await readFile((await remote.fetch(config)).path, "utf8")).toBe("{}");
	const before = await remote.fetch(parseAddress(`hf:tiny/vit@${old}:config.json`));
	expect(await readFile(before.path, "utf8")).toBe(files["config.json"]);
});

test("branches, tags and pull requests are revisions", async () => {
	const hub = await startHubServer();
	const first = hub.publish("tiny/vit", { "a.txt": "first" });
	hub.tag("tiny/vit", "v1", first);
	hub.tag("tiny/vit", "refs/pr/1", first);
	hub.publish("tiny/vit", { "a.txt": "second" });
	const { remote } = await remoteFilesOf(hub);
	for (const revision of ["v1", "refs/pr/1", first]) {
		const { path, address } = await remote.fetch(parseAddress(`hf:tiny/vit@${revision}:a.txt`));
		expect([await readFile(path, "utf8"), formatAddress(address)]).toEqual(["first", `hf:tiny/vit@${first}:a.txt`]);
		expect((await remote.list("tiny/vit", revision)).commit).toBe(first);
	}
});

test("a checkpoint of several files is fetched by its index", async () => {
	const shards = {
		"model-00001-of-00002.safetensors": writeSafetensors(new Map([["a", fromFloat32s([2], [1, 2])]])),
		"model-00002-of-00002.safetensors": writeSafetensors(new Map([["b", fromFloat32s([2], [3, 4])]])),
	};
	const hub = await startHubServer();
	hub.publish("tiny/sharded", {
		"model.safetensors.index.json": shardIndex(shards),
		...Object.fromEntries(Object.entries(shards).map(([name, bytes]) => [name, largeFile(bytes)])),
	});
	const { remote } = await remoteFilesOf(hub);
	const index = await remote.fetch(parseAddress("hf:tiny/sharded:model.safetensors.index.json"));
	const { weight_map } = JSON.parse(await readFile(index.path, "utf8"));
	expect(weight_map).toEqual({ a: "model-00001-of-00002.safetensors", b: "model-00002-of-00002.safetensors" });
	for (const [name, bytes] of Object.entries(shards)) {
		const { path } = await remote.fetch(parseAddress(`hf:tiny/sharded:${name}`));
		expect(Buffer.from(bytes).equals(await readFile(path))).toBe(true);
		expect(dirname(path)).toBe(dirname(index.path));
	}
});

test("a renamed repository is found under its old name", async () => {
	const hub = await startHubServer();
	hub.publish("old/vit", files);
	hub.rename("old/vit", "tiny/vit");
	const { remote } = await remoteFilesOf(hub);
	expect((await remote.list("old/vit", null)).files).toHaveLength(3);
	const { path } = await remote.fetch(parseAddress("hf:old/vit:model.safetensors"));
	expect(weights.equals(await readFile(path))).toBe(true);
});

test("progress is told from nothing to the whole", async () => {
	const hub = await startHubServer();
	hub.publish("tiny/vit", files);
	const { remote } = await remoteFilesOf(hub);
	const told: number[] = [];
	await remote.fetch(model, {
		onProgress: ({ doneBytes, totalBytes }) => {
			expect(totalBytes).toBe(300_000);
			told.push(doneBytes);
		},
	});
	expect(told[0]).toBe(0);
	expect(told.at(-1)).toBe(300_000);
	expect([...told].sort((a, b) => a - b)).toEqual(told);
});

test("an empty file is a file", async () => {
	const hub = await startHubServer();
	hub.publish("tiny/vit", { "empty.txt": "" });
	const { remote } = await remoteFilesOf(hub);
	expect((await stat((await remote.fetch(parseAddress("hf:tiny/vit:empty.txt"))).path)).size).toBe(0);
});

test("a repository is no file", async () => {
	const hub = await startHubServer();
	const { remote } = await remoteFilesOf(hub);
	await expect(remote.fetch(parseAddress("hf:tiny/vit"))).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: "hf:tiny/vit is a repository, and no file of one",
		hint: "Name the file: hf:tiny/vit:config.json.",
	});
});

test("a folder that cannot be written to is named, with what to do", async () => {
	const hub = await startHubServer();
	hub.publish("tiny/vit", files);
	const { remote, folder } = await remoteFilesOf(hub);
	await writeFile(join(folder, "remote"), "a file, where a folder should be");
	await expect(remote.fetch(model)).rejects.toMatchObject({
		code: "STORAGE",
		message: expect.stringMatching(/cannot be kept in .*remote.*: a part of the path is a file, not a folder/),
		hint: expect.stringContaining("--store"),
	});
});

test("a disk without room is seen before anything is fetched", async () => {
	const hub = await startHubServer();
	hub.publish("tiny/vit", files);
	const { remote } = await remoteFilesOf(hub, {}, { effects: { freeBytes: async () => 299_999 } });
	await expect(remote.fetch(model)).rejects.toMatchObject({
		code: "STORAGE",
		message: expect.stringContaining(
			"hf:tiny/vit:model.safetensors needs 300000 more bytes, and its disk has 299999 left",
		),
	});
	expect(hub.requests.every(({ sentBytes }) => sentBytes < 100)).toBe(true);
});

test("an address that was put together from a stranger's names does not lead out of the store", async () => {
	const hub = await startHubServer();
	hub.publish("tiny/vit", files);
	const { remote } = await remoteFilesOf(hub);
	const parts = { kind: "hub", repository: "tiny/vit", revision: null, path: "config.json" } as const;
	for (const strange of [
		{ path: "../../../../x" },
		{ path: "/etc/passwd" },
		{ revision: "../.." },
		{ repository: "../.." },
		{ repository: "tiny/vit:x" },
	]) {
		await expect(remote.fetch({ ...parts, ...strange })).rejects.toMatchObject({ code: "BAD_INPUT" });
	}
	await expect(remote.fetch({ kind: "web", url: "file:///etc/passwd" })).rejects.toMatchObject({ code: "BAD_INPUT" });
	await expect(remote.list("../..", null)).rejects.toMatchObject({ code: "BAD_INPUT" });
	await expect(remote.list("tiny/vit:x", null)).rejects.toMatchObject({ code: "BAD_INPUT" });
	await expect(remote.list("tiny/vit", "../..")).rejects.toMatchObject({ code: "BAD_INPUT" });
	expect(hub.requests).toEqual([]);
});
