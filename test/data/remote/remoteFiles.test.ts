import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { parseAddress } from "../../../src/data/remote/address.ts";
import { type HubServer, largeFile, startHubServer } from "../../support/hubServer.ts";
import { remoteFilesOf } from "../../support/remoteFiles.ts";

/** Bytes that differ from place to place, so that a part at the wrong place is seen. */
function bytesOf(length: number, seed = 1): Uint8Array {
	return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8) * seed + seed) & 255);
}

const weights = bytesOf(300_000);
const files = {
	"config.json": '{"model_type":"vit"}',
	"model.safetensors": largeFile(weights),
	"onnx/model.onnx": "graph",
};

const seen = (hub: HubServer) => hub.requests.map(({ host, method, status }) => `${host} ${method} ${status}`);

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

test("a small file and a large one are fetched, beside each other, with the commit that main meant", async () => {
	const hub = await startHubServer();
	const commit = hub.publish("tiny/vit", files);
	const { remote } = await remoteFilesOf(hub);
	const config = await remote.fetch(parseAddress("hf:tiny/vit:config.json"));
	const model = await remote.fetch(parseAddress("hf:tiny/vit:model.safetensors"));
	expect(await readFile(config.path, "utf8")).toBe(files["config.json"]);
	expect(new Uint8Array(await readFile(model.path))).toEqual(weights);
	expect(dirname(model.path)).toBe(dirname(config.path));
	expect(model.address).toEqual({ kind: "hub", repository: "tiny/vit", revision: commit, path: "model.safetensors" });
	expect(seen(hub)).toEqual(["hub HEAD 200", "hub GET 200", "hub HEAD 302", "hub GET 302", "cdn GET 200"]);
});
