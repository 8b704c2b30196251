import { expect, test } from "vitest";
import { parseAddress } from "../../../src/data/remote/address.ts";
import { startHubServer } from "../../support/hubServer.ts";
import { remoteFilesOf } from "../../support/remoteFiles.ts";

const offline = { offline: true };

test("offline, what was fetched is there: by its branch, its tag and its commit", async () => {
	const hub = await startHubServer();
	const commit = hub.publish("tiny/vit", { "config.json": "{}" });
	hub.tag("tiny/vit", "refs/pr/1", commit);
	const { remote, again } = await remoteFilesOf(hub);
	const main = await remote.fetch(parseAddress("hf:tiny/vit:config.json"));
	await remote.fetch(parseAddress("hf:tiny/vit@refs/pr/1:config.json"));
	hub.requests.splice(0);
	for (const at of ["", "@main", "@refs/pr/1", `@${commit}`]) {
		expect(await again(offline).fetch(parseAddress(`hf:tiny/vit${at}:config.json`))).toEqual(main);
	}
	expect(hub.requests).toEqual([]);
});

test("offline, a branch means what it meant when it was last asked for", async () => {
	const hub = await startHubServer();
	const commit = hub.publish("tiny/vit", { "config.json": "{}" });
	const { remote, again } = await remoteFilesOf(hub);
	const address = parseAddress("hf:tiny/vit:config.json");
	await remote.fetch(address);
	hub.publish("tiny/vit", { "config.json": "[]" });
	expect((await again(offline).fetch(address)).address).toMatchObject({ revision: commit });
});

test.each(["hf:tiny/vit:model.onnx", "hf:tiny/vit@v2:config.json", "hf:other/vit:config.json", "https://host/a.npz"])(
	"offline, %s, which was not fetched, is named and not asked for",
	async (text) => {
		const hub = await startHubServer();
		hub.publish("tiny/vit", { "config.json": "{}", "model.onnx": "graph" });
		const { remote, again } = await remoteFilesOf(hub);
		await remote.fetch(parseAddress("hf:tiny/vit:config.json"));
		hub.requests.splice(0);
		await expect(again(offline).fetch(parseAddress(text))).rejects.toMatchObject({
			code: "NOT_FOUND",
			message: expect.stringMatching(/^\S+: \S+ was not fetched before, and the network is not to be used$/),
			hint: expect.stringContaining("Unset HF_HUB_OFFLINE"),
		});
		expect(hub.requests).toEqual([]);
	},
);

test("offline, a list is there if it was asked for", async () => {
	const hub = await startHubServer();
	hub.publish("tiny/vit", { "config.json": "{}" });
	const { remote, again } = await remoteFilesOf(hub);
	await expect(again(offline).list("tiny/vit", null)).rejects.toThrow("the list of its files was not fetched before");
	const listing = await remote.list("tiny/vit", null);
	hub.requests.splice(0);
	expect(await again(offline).list("tiny/vit", null)).toEqual(listing);
	expect(hub.requests).toEqual([]);
});
