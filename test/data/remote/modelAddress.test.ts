import { access } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { fetchModel } from "../../../src/data/remote/modelAddress.ts";
import { startHubServer } from "../../support/hubServer.ts";
import { remoteFilesOf } from "../../support/remoteFiles.ts";

const indexOf = (map: object) => JSON.stringify({ weight_map: map });

test("the shards that an index names are fetched beside it, and the configs", async () => {
	const hub = await startHubServer();
	const commit = hub.publish("tiny/sharded", {
		"config.json": "{}",
		"model.safetensors.index.json": indexOf({ a: "one.safetensors", b: "two.safetensors", c: "one.safetensors" }),
		"one.safetensors": "1",
		"two.safetensors": "2",
	});
	const { remote } = await remoteFilesOf(hub);
	const { file, address } = await fetchModel(remote, "hf:tiny/sharded");
	expect(address).toBe(`hf:tiny/sharded@${commit}:model.safetensors.index.json`);
	for (const name of ["one.safetensors", "two.safetensors", "config.json"]) {
		await expect(access(join(dirname(file), name)), name).resolves.toBeUndefined();
	}
});

test("of a model in many files all are bounded together, before they are fetched", async () => {
	const hub = await startHubServer();
	hub.publish("tiny/sharded", {
		"model.safetensors.index.json": indexOf({ a: "one.safetensors", b: "two.safetensors" }),
		"one.safetensors": "1".repeat(1000),
		"two.safetensors": "2".repeat(1000),
	});
	const { remote } = await remoteFilesOf(hub);
	await expect(fetchModel(remote, "hf:tiny/sharded", { maxBytes: 2000 })).rejects.toMatchObject({
		code: "LIMIT",
		message: expect.stringMatching(/has 20\d\d bytes, at most 2000 are fetched/),
	});
	expect(hub.requests.filter(({ path }) => path.includes("one.safetensors"))).toEqual([]);
	await expect(fetchModel(remote, "hf:tiny/sharded", { maxBytes: 3000 })).resolves.toMatchObject({});
});

test.each([
	["that is no JSON", "{", "it is no JSON"],
	["without a map", "{}", 'it has no object "weight_map"'],
	["that names a file elsewhere", indexOf({ a: "../x.safetensors" }), "which is no .safetensors file beside it"],
])("an index %s is refused in words", async (_what, index, message) => {
	const hub = await startHubServer();
	hub.publish("tiny/broken", { "model.safetensors.index.json": index });
	const { remote } = await remoteFilesOf(hub);
	await expect(fetchModel(remote, "hf:tiny/broken")).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: expect.stringContaining(message),
	});
});
