import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { parseAddress } from "../../../src/data/remote/address.ts";
import { breakAt, type HubServer, startHubServer } from "../../support/hubServer.ts";
import { patternBytes } from "../../support/patternBytes.ts";
import { remoteFilesOf } from "../../support/remoteFiles.ts";

const weights = patternBytes(300_000);

function seen(hub: HubServer): string[] {
	return hub.requests.splice(0).map(({ method, status, headers }) => `${method} ${status}${headers.range ?? ""}`);
}

test("a file of any host is fetched once, under its name", async () => {
	const hub = await startHubServer();
	const address = parseAddress(hub.serve("/vit_models/B_16.npz", weights, { etag: '"one"' }));
	const { remote, again } = await remoteFilesOf(hub);
	const fetched = await remote.fetch(address);
	expect(weights.equals(await readFile(fetched.path))).toBe(true);
	expect(basename(fetched.path)).toBe("B_16.npz");
	expect(seen(hub)).toEqual(["HEAD 200", "GET 200"]);
	expect(await again().fetch(address)).toEqual(fetched);
	expect(seen(hub)).toEqual(["HEAD 200"]);
	expect(await again({ offline: true }).fetch(address)).toEqual(fetched);
	expect(seen(hub)).toEqual([]);
});

test("it is fetched anew when it changed there, and offline it is the last one", async () => {
	const hub = await startHubServer();
	const address = parseAddress(hub.serve("/a.npz", weights, { etag: '"one"' }));
	const { remote, again } = await remoteFilesOf(hub);
	await remote.fetch(address);
	const others = patternBytes(300_000, 9);
	hub.serve("/a.npz", others, { etag: '"two"' });
	const changed = await remote.fetch(address);
	expect(others.equals(await readFile(changed.path))).toBe(true);
	expect(await again({ offline: true }).fetch(address)).toEqual(changed);
});

test("its date tells a change where there is no ETag", async () => {
	const hub = await startHubServer();
	const address = parseAddress(hub.serve("/a.npz", weights, { "last-modified": "Mon, 01 Jan 2024 00:00:00 GMT" }));
	const { remote } = await remoteFilesOf(hub);
	await remote.fetch(address);
	hub.serve("/a.npz", patternBytes(300_000, 9), { "last-modified": "Tue, 02 Jan 2024 00:00:00 GMT" });
	expect(weights.equals(await readFile((await remote.fetch(address)).path))).toBe(false);
});

test("it is taken up by its ETag, and begun anew where there is none", async () => {
	const hub = await startHubServer();
	const { remote } = await remoteFilesOf(hub);
	for (const [path, headers, second] of [
		["/a.npz", { etag: '"one"' }, "GET 206bytes=100000-"],
		["/b.npz", { etag: 'W/"one"' }, "GET 200"],
		["/c.npz", {}, "GET 200"],
	] as const) {
		const address = parseAddress(hub.serve(path, weights, headers));
		hub.fail({ on: "cdn", method: "GET", hangAfterBytes: 100_000 });
		const onProgress = breakAt(hub, 100_000);
		expect(weights.equals(await readFile((await remote.fetch(address, { onProgress })).path))).toBe(true);
		expect(seen(hub)).toEqual(["HEAD 200", "GET 200", second]);
	}
});

test("a file that changes while it is fetched is refused", async () => {
	const hub = await startHubServer();
	const address = parseAddress(hub.serve("/a.npz", weights, { etag: '"one"' }));
	hub.fail({ on: "cdn", method: "GET", headers: { etag: '"two"' } });
	const { remote } = await remoteFilesOf(hub);
	await expect(remote.fetch(address)).rejects.toThrow("it changed while it was fetched");
});

test("a host that answers no HEAD is asked for the file itself", async () => {
	const hub = await startHubServer();
	const address = parseAddress(hub.serve("/a.npz", weights, { etag: '"one"' }));
	hub.fail({ on: "cdn", method: "HEAD", status: 405, times: 2 });
	const { remote } = await remoteFilesOf(hub);
	const fetched = await remote.fetch(address);
	expect(await remote.fetch(address)).toEqual(fetched);
	expect(seen(hub)).toEqual(["HEAD 405", "GET 200", "HEAD 405"]);
});

test("a file without a stated size is bounded while it comes", async () => {
	const hub = await startHubServer();
	// Chunked: the length is not told, and the body is longer than allowed.
	const address = parseAddress(hub.serve("/a.npz", weights, { "transfer-encoding": "chunked" }));
	const { remote, again } = await remoteFilesOf(hub, {}, { maxFileBytes: 250_000 });
	await expect(remote.fetch(address)).rejects.toMatchObject({ code: "LIMIT" });
	const large = await again({}, { maxFileBytes: 300_000 }).fetch(address);
	expect(weights.equals(await readFile(large.path))).toBe(true);
});

test("a file that is not there is named", async () => {
	const hub = await startHubServer();
	const { remote } = await remoteFilesOf(hub);
	const url = `${hub.cdn}/nothing.npz`;
	await expect(remote.fetch(parseAddress(url))).rejects.toMatchObject({
		code: "NOT_FOUND",
		message: `${url}: ${new URL(url).host} has no such file`,
	});
});

test("a name that is none is not taken from the URL", async () => {
	const hub = await startHubServer();
	const { remote, folder } = await remoteFilesOf(hub);
	for (const [path, name] of [
		["/a%2F..%2F..%2Fb.npz", "a_.._.._b.npz"],
		["/", "file"],
	] as const) {
		const fetched = await remote.fetch(parseAddress(hub.serve(path, weights)));
		expect(basename(fetched.path)).toBe(name);
		expect(fetched.path.startsWith(folder)).toBe(true);
	}
});
