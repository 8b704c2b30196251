import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseAddress } from "../../../src/data/remote/address.ts";
import { fetchedSources, giveUpFetched } from "../../../src/data/remote/fetchedFiles.ts";
import { largeFile, startHubServer } from "../../support/hubServer.ts";
import { patternBytes } from "../../support/patternBytes.ts";
import { remoteFilesOf } from "../../support/remoteFiles.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** Two commits of tiny/vit that share 5 000 bytes, tiny/resnet, a file of another host, and a download broken off. */
async function filledCache() {
	const hub = await startHubServer();
	const shared = largeFile(patternBytes(5000, 1));
	const old = hub.publish("tiny/vit", { "shared.bin": shared, "own.bin": largeFile(patternBytes(3000, 2)) });
	const { remote, folder, again } = await remoteFilesOf(hub);
	for (const path of ["shared.bin", "own.bin"]) await remote.fetch(parseAddress(`hf:tiny/vit@${old}:${path}`));
	const current = hub.publish("tiny/vit", { "shared.bin": shared, "own.bin": largeFile(patternBytes(2000, 3)) });
	for (const path of ["shared.bin", "own.bin"]) await remote.fetch(parseAddress(`hf:tiny/vit:${path}`));
	hub.publish("tiny/resnet", { "model.onnx": largeFile(patternBytes(700, 4)) });
	await remote.fetch(parseAddress("hf:tiny/resnet:model.onnx"));
	const page = hub.serve("/vit.npz", patternBytes(400, 5), { etag: '"one"' });
	await remote.fetch(parseAddress(page));
	const cache = join(folder, "remote");
	await writeFile(join(cache, "parts", "0123"), new Uint8Array(50));
	return { cache, old, current, page, offline: again({ offline: true }) };
}

test("what was fetched is told by where it came from, bytes that stand in two commits once", async () => {
	const { cache } = await filledCache();
	const sources = await fetchedSources(cache);
	expect(sources.map(({ source }) => source)).toEqual(["hf:tiny/vit", "hf:tiny/resnet", "https", "broken off"]);
	// Beside the contents stands the name of a commit, or of a version.
	expect(sources.map(({ sizeBytes }) => sizeBytes)).toEqual([10_040, 740, 432, 50]);
	expect(await fetchedSources(join(await temporaryFolder(), "none"))).toEqual([]);
});

test("a commit that is named stays as it is, with what it shares; all else goes", async () => {
	const { cache, old, offline } = await filledCache();
	const givenUp = await giveUpFetched(cache, [`hf:tiny/vit@${old}:own.bin`]);
	expect(givenUp).toEqual({ removedBytes: 2000 + 40 + 740 + 432 + 50, keptBytes: 8000 });
	for (const path of ["shared.bin", "own.bin"]) await offline.fetch(parseAddress(`hf:tiny/vit@${old}:${path}`));
	expect((await readdir(join(cache, "hub"), { recursive: true })).filter((name) => name.includes("resnet"))).toEqual(
		[],
	);
	expect(await readdir(join(cache, "web"))).toEqual([]);
});

test("a branch that is named keeps the commit that it last meant, an address of another host its file", async () => {
	const { cache, old, page, offline } = await filledCache();
	await giveUpFetched(cache, ["hf:tiny/vit", page]);
	for (const address of ["hf:tiny/vit:own.bin", "hf:tiny/vit:shared.bin", page]) {
		await offline.fetch(parseAddress(address));
	}
	await expect(offline.fetch(parseAddress(`hf:tiny/vit@${old}:own.bin`))).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("where nothing is named nothing stays; where nothing was fetched nothing is removed", async () => {
	const { cache } = await filledCache();
	expect(await giveUpFetched(cache, [])).toMatchObject({ keptBytes: 0 });
	expect(await readdir(cache, { recursive: true })).toEqual(["hub", "web"]);
	const none = join(await temporaryFolder(), "none");
	expect(await giveUpFetched(none, [])).toEqual({ removedBytes: 0, keptBytes: 0 });
});

test("an entry with an address that is none leaves everything where it is", async () => {
	const { cache } = await filledCache();
	await expect(giveUpFetched(cache, ["hf:tiny"])).rejects.toMatchObject({ code: "BAD_INPUT" });
	expect(await fetchedSources(cache)).toHaveLength(4);
});
