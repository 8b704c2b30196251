import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseAddress } from "../../../src/data/remote/address.ts";
import { breakAt, type Fault, type HubServer, largeFile, startHubServer } from "../../support/hubServer.ts";
import { patternBytes } from "../../support/patternBytes.ts";
import { remoteFilesOf } from "../../support/remoteFiles.ts";

const weights = patternBytes(300_000);
const model = parseAddress("hf:tiny/vit:model.safetensors");

async function publishedModel(bytes: Uint8Array = weights): Promise<HubServer> {
	const hub = await startHubServer();
	hub.publish("tiny/vit", { "model.safetensors": largeFile(bytes), "small.bin": bytes });
	return hub;
}

/** Of each answer with a file's bytes: where it began, and how many came. */
function bodies(hub: HubServer): string[] {
	return hub.requests
		.filter(({ method, status }) => method === "GET" && (status === 200 || status === 206))
		.map(({ status, headers, sentBytes }) => `${status} ${headers.range ?? "whole"} ${sentBytes}`);
}

test("a connection that breaks is taken up where it broke", async () => {
	const hub = await publishedModel();
	hub.fail({ on: "cdn", hangAfterBytes: 100_000 });
	hub.fail({ on: "cdn", hangAfterBytes: 50_000 });
	const { remote, waits } = await remoteFilesOf(hub);
	const { path } = await remote.fetch(model, { onProgress: breakAt(hub, 100_000, 150_000) });
	expect(weights.equals(await readFile(path))).toBe(true);
	expect(bodies(hub)).toEqual(["200 whole 100000", "206 bytes=100000- 50000", "206 bytes=150000- 150000"]);
	expect(waits).toHaveLength(2);
	const [, second] = hub.requests.filter(({ host }) => host === "cdn");
	expect(second?.headers["if-range"]).toMatch(/^"cdn-/);
});

test("a small file, which the hub itself serves, is taken up too", async () => {
	const hub = await publishedModel();
	hub.fail({ on: "hub", method: "GET", path: "/resolve-cache/", hangAfterBytes: 100_000 });
	const { remote } = await remoteFilesOf(hub);
	const small = parseAddress("hf:tiny/vit:small.bin");
	const { path } = await remote.fetch(small, { onProgress: breakAt(hub, 100_000) });
	expect(weights.equals(await readFile(path))).toBe(true);
	expect(bodies(hub)).toEqual(["200 whole 100000", "206 bytes=100000- 200000"]);
});

test("a connection that falls silent is broken", async () => {
	const hub = await publishedModel();
	hub.fail({ on: "cdn", hangAfterBytes: 100_000 });
	const { remote } = await remoteFilesOf(hub, {}, { effects: { idleMs: 200 } });
	const { path } = await remote.fetch(model);
	expect(weights.equals(await readFile(path))).toBe(true);
	expect(bodies(hub)).toEqual(["200 whole 100000", "206 bytes=100000- 200000"]);
});

test("what is stopped by its signal is gone on with by the next who asks", async () => {
	const hub = await publishedModel();
	hub.fail({ on: "cdn", hangAfterBytes: 100_000 });
	const { remote, again } = await remoteFilesOf(hub);
	const controller = new AbortController();
	const stopped = remote.fetch(model, {
		signal: controller.signal,
		onProgress: ({ doneBytes }) => doneBytes === 100_000 && controller.abort(),
	});
	await expect(stopped).rejects.toMatchObject({
		code: "CANCELLED",
		hint: expect.stringContaining("What came is kept"),
	});
	const { path } = await again().fetch(model);
	expect(weights.equals(await readFile(path))).toBe(true);
	expect(bodies(hub)).toEqual(["200 whole 100000", "206 bytes=100000- 200000"]);
});

test("an aborted signal asks nothing", async () => {
	const hub = await publishedModel();
	const { remote } = await remoteFilesOf(hub);
	await expect(remote.fetch(model, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "CANCELLED" });
	await expect(remote.list("tiny/vit", null, { signal: AbortSignal.abort() })).rejects.toMatchObject({
		code: "CANCELLED",
	});
	expect(hub.requests).toEqual([]);
});

/** A store in which the first 100 000 bytes have come. */
async function halfFetched(hub: HubServer) {
	hub.fail({ on: "cdn", hangAfterBytes: 100_000 });
	hub.fail({ on: "cdn", status: 404 });
	const setup = await remoteFilesOf(hub);
	await expect(setup.remote.fetch(model, { onProgress: breakAt(hub, 100_000) })).rejects.toMatchObject({
		code: "NOT_FOUND",
	});
	hub.requests.splice(0);
	return setup;
}

test("a file that changed between its parts is begun anew", async () => {
	const hub = await publishedModel();
	const { remote } = await halfFetched(hub);
	const others = patternBytes(300_000, 9);
	hub.publish("tiny/vit", { "model.safetensors": largeFile(others) });
	expect(others.equals(await readFile((await remote.fetch(model)).path))).toBe(true);
	expect(bodies(hub)).toEqual(["200 whole 300000"]);
});

test("a host that has another file by now sends it whole, and that is begun anew", async () => {
	const hub = await publishedModel();
	const { remote, folder } = await halfFetched(hub);
	const parts = await readdir(join(folder, "remote", "parts"));
	expect(parts.sort()).toEqual([
		expect.stringMatching(/^[0-9a-f]{32}$/),
		expect.stringMatching(/^[0-9a-f]{32}\.etag$/),
	]);
	await writeFile(join(folder, "remote", "parts", parts[1] as string), '"of another file"');
	expect(weights.equals(await readFile((await remote.fetch(model)).path))).toBe(true);
	expect(bodies(hub)).toEqual(["200 bytes=100000- 300000"]);
});

test("a beginning of other bytes is found out by the digest, and fetched anew", async () => {
	const hub = await publishedModel();
	hub.fail({ on: "cdn", hangAfterBytes: 100_000, content: patternBytes(300_000, 9) });
	const { remote } = await remoteFilesOf(hub);
	expect(weights.equals(await readFile((await remote.fetch(model, { onProgress: breakAt(hub, 100_000) })).path))).toBe(
		true,
	);
	expect(bodies(hub)).toEqual(["200 whole 100000", "206 bytes=100000- 200000", "200 whole 300000"]);
});

test.each([
	["model.safetensors", "SHA-256", { on: "cdn" }],
	["small.bin", "SHA-1 (git)", { on: "hub", path: "/resolve-cache/" }],
] as const)("%s that comes with other bytes twice is refused, and not kept", async (path, digest, where) => {
	const hub = await publishedModel();
	hub.fail({ ...where, method: "GET", content: patternBytes(300_000, 9), times: 2 });
	const { remote, folder } = await remoteFilesOf(hub);
	const address = parseAddress(`hf:tiny/vit:${path}`);
	await expect(remote.fetch(address)).rejects.toMatchObject({
		code: "REMOTE",
		message: `hf:tiny/vit:${path}: what came is not what it should be: its ${digest} is another`,
	});
	expect(await readdir(join(folder, "remote", "parts"))).toEqual([]);
	expect(weights.equals(await readFile((await remote.fetch(address)).path))).toBe(true);
});

test.each<[string, Fault, string]>([
	["shorter", { on: "cdn", content: weights.subarray(0, 200_000) }, "it should have 300000 bytes, and 127"],
	["longer", { on: "cdn", content: patternBytes(400_000) }, "it should have 300000 bytes, and 127"],
	["compressed", { on: "cdn", headers: { "content-encoding": "gzip" } }, "sends it compressed"],
])("a file that comes %s is refused", async (_how, fault, message) => {
	const hub = await publishedModel();
	hub.fail(fault);
	const { remote } = await remoteFilesOf(hub);
	await expect(remote.fetch(model)).rejects.toMatchObject({
		code: "REMOTE",
		message: expect.stringContaining(message),
	});
});

test("a range that was not asked for is not taken for the rest", async () => {
	const hub = await publishedModel();
	hub.fail({ on: "cdn", hangAfterBytes: 100_000 });
	hub.fail({ on: "cdn", headers: { "content-range": "bytes 0-199999/300000" } });
	const { remote } = await remoteFilesOf(hub);
	expect(weights.equals(await readFile((await remote.fetch(model, { onProgress: breakAt(hub, 100_000) })).path))).toBe(
		true,
	);
	expect(bodies(hub).at(-1)).toBe("200 whole 300000");
});

test("a host that knows less of the file than came already is asked anew", async () => {
	const hub = await publishedModel();
	hub.fail({ on: "cdn", hangAfterBytes: 100_000 });
	hub.fail({ on: "cdn", status: 416 });
	const { remote } = await remoteFilesOf(hub);
	expect(weights.equals(await readFile((await remote.fetch(model, { onProgress: breakAt(hub, 100_000) })).path))).toBe(
		true,
	);
	expect(bodies(hub)).toEqual(["200 whole 100000", "200 whole 300000"]);
});

test("a file that is larger than allowed is refused before it is fetched", async () => {
	const hub = await publishedModel();
	const { remote } = await remoteFilesOf(hub, {}, { maxFileBytes: 299_999 });
	await expect(remote.fetch(model)).rejects.toMatchObject({
		code: "LIMIT",
		message: "hf:tiny/vit:model.safetensors: it has 300000 bytes or more, and 299999 are allowed",
	});
	expect(bodies(hub)).toEqual([]);
});

test("what nobody went on with for a week is begun anew", async () => {
	const hub = await publishedModel();
	const { again, folder } = await halfFetched(hub);
	const parts = join(folder, "remote", "parts");
	const weekAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
	for (const name of await readdir(parts)) await utimes(join(parts, name), weekAgo, weekAgo);
	await again().fetch(model);
	expect(bodies(hub)).toEqual(["200 whole 300000"]);
});
