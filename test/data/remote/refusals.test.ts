import { expect, test } from "vitest";
import { parseAddress } from "../../../src/data/remote/address.ts";
import { largeFile, startHubServer } from "../../support/hubServer.ts";
import { remoteFilesOf } from "../../support/remoteFiles.ts";

const token = { value: "hf_mine", source: "HF_TOKEN" };
const files = {
	"config.json": "{}",
	"onnx/model.onnx": "graph",
	"onnx/model_quantized.onnx": "graph",
	"model.safetensors": largeFile(Buffer.from("weights")),
};

async function publishedHub() {
	const hub = await startHubServer();
	hub.publish("tiny/vit", files);
	return hub;
}

test.each([
	["onnx/modle.onnx", "Did you mean onnx/model.onnx?"],
	["confg.json", "Did you mean config.json?"],
	["model.onnx", "Did you mean onnx/model.onnx?"],
	["pytorch_model.bin", "There is: config.json, model.safetensors, onnx/model.onnx, onnx/model_quantized.onnx."],
])("a repository without %s names what it has", async (path, hint) => {
	const { remote } = await remoteFilesOf(await publishedHub());
	await expect(remote.fetch(parseAddress(`hf:tiny/vit@main:${path}`))).rejects.toMatchObject({
		code: "NOT_FOUND",
		message: `no file in hf:tiny/vit@main "${path}"`,
		hint,
	});
});

test("a revision that is not there is named", async () => {
	const hub = await publishedHub();
	const { remote } = await remoteFilesOf(hub);
	const error = {
		code: "NOT_FOUND",
		message: expect.stringMatching(/^hf:tiny\/vit@v9(:config\.json)?: the repository has no such revision$/),
		hint: `Look at ${hub.endpoint}/tiny/vit/branches.`,
	};
	await expect(remote.fetch(parseAddress("hf:tiny/vit@v9:config.json"))).rejects.toMatchObject(error);
	await expect(remote.list("tiny/vit", "v9")).rejects.toMatchObject(error);
});

test("a repository that is not there may be a private one", async () => {
	const hub = await publishedHub();
	const { remote, again } = await remoteFilesOf(hub);
	const message = expect.stringContaining("there is no such repository, or it is private");
	const anonymous = { code: "NOT_FOUND", message, hint: expect.stringContaining("set HF_TOKEN") };
	await expect(remote.fetch(parseAddress("hf:tiny/vti:config.json"))).rejects.toMatchObject(anonymous);
	await expect(remote.list("tiny/vti", null)).rejects.toMatchObject(anonymous);
	const known = { code: "NOT_FOUND", message, hint: expect.stringContaining("The token of HF_TOKEN may not see it") };
	await expect(again({ token }).list("tiny/vti", null)).rejects.toMatchObject(known);
});

test("a gated repository asks for consent and a token, and opens to the right one", async () => {
	const hub = await publishedHub();
	hub.gate("tiny/vit", "hf_mine");
	const { remote, again } = await remoteFilesOf(hub);
	const address = parseAddress("hf:tiny/vit:model.safetensors");
	await expect(remote.fetch(address)).rejects.toMatchObject({
		code: "REMOTE",
		message: expect.stringContaining("the repository is gated"),
		hint: expect.stringMatching(/Accept its conditions at .*\/tiny\/vit, then set HF_TOKEN .*HF_TOKEN_PATH/),
	});
	const other = { value: "hf_other", source: "/home/me/token" };
	await expect(again({ token: other }).fetch(address)).rejects.toMatchObject({
		code: "REMOTE",
		hint: expect.stringContaining("as the user of the token in /home/me/token"),
	});
	await again({ token }).fetch(address);
});

test("a token that is not accepted is named by its source, never by itself", async () => {
	const hub = await publishedHub();
	const headers = { "x-error-message": "Invalid credentials in Authorization header" };
	hub.fail({ on: "hub", status: 401, headers });
	const { remote } = await remoteFilesOf(hub, { token });
	const fetching = remote.fetch(parseAddress("hf:tiny/vit:config.json"));
	await expect(fetching).rejects.toMatchObject({
		code: "REMOTE",
		message: expect.stringContaining('the token of HF_TOKEN is not accepted ("Invalid credentials'),
	});
	await expect(fetching).rejects.not.toThrow("hf_mine");
});

test("what is forbidden says so", async () => {
	const hub = await publishedHub();
	hub.fail({ on: "hub", status: 403, headers: { "x-error-message": "Over\tdrawn" } });
	const { remote } = await remoteFilesOf(hub, { token });
	await expect(remote.fetch(parseAddress("hf:tiny/vit:config.json"))).rejects.toMatchObject({
		code: "REMOTE",
		message: 'hf:tiny/vit:config.json: access is forbidden ("Overdrawn")',
	});
});

test("429 is waited for as long as it says, and asked again", async () => {
	const hub = await publishedHub();
	hub.fail({ on: "hub", status: 429, headers: { "retry-after": "42" } });
	hub.fail({ on: "cdn", status: 429, headers: { "retry-after": new Date(Date.now() + 100_000).toUTCString() } });
	const { remote, waits } = await remoteFilesOf(hub);
	await remote.fetch(parseAddress("hf:tiny/vit:model.safetensors"));
	expect(waits[0]).toBe(42_000);
	expect(waits[1]).toBeGreaterThan(80_000);
	expect(waits[1]).toBeLessThanOrEqual(100_000);
	hub.fail({ on: "hub", status: 429, headers: { "retry-after": "43" } });
	await remote.list("tiny/vit", null);
	expect(waits[2]).toBe(43_000);
});

test.each([500, 502, 503, 504, 408])("%i is tried again, and given up in the end", async (status) => {
	const hub = await publishedHub();
	hub.fail({ on: "hub", status, times: 5 });
	const { remote } = await remoteFilesOf(hub);
	const address = parseAddress("hf:tiny/vit:config.json");
	await remote.fetch(address);
	hub.fail({ on: "hub", status, times: 6 });
	await expect(remote.fetch(address)).rejects.toMatchObject({
		code: "REMOTE",
		message: expect.stringMatching(new RegExp(`answers ${status}, the host has trouble \\(after 6 attempts\\)`)),
	});
});

test("a connection that breaks before an answer is tried again", async () => {
	const hub = await publishedHub();
	hub.fail({ on: "hub", breakAfterBytes: 0, times: 2 });
	const { remote, waits } = await remoteFilesOf(hub);
	await remote.fetch(parseAddress("hf:tiny/vit:config.json"));
	expect(waits).toHaveLength(2);
});

test("a host that does not answer, and one that does not exist, are named", async () => {
	const { remote, again } = await remoteFilesOf({ endpoint: "http://127.0.0.1:9" });
	const address = parseAddress("hf:tiny/vit:config.json");
	await expect(remote.fetch(address)).rejects.toMatchObject({
		code: "REMOTE",
		message: "127.0.0.1:9: nobody answers (after 6 attempts)",
		hint: expect.stringContaining("HF_HUB_OFFLINE=1"),
	});
	const resolve = () => Promise.reject(Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" }));
	const nowhere = again({ endpoint: "https://hub.invalid" }, { effects: { resolve } });
	await expect(nowhere.fetch(address)).rejects.toMatchObject({
		code: "REMOTE",
		message: 'there is no host "hub.invalid"',
	});
});

test("a host that is no hub is told from one that is", async () => {
	const hub = await publishedHub();
	const { again } = await remoteFilesOf(hub);
	const address = parseAddress("hf:tiny/vit:config.json");
	hub.serve("/tiny/vit/resolve/main/config.json", Buffer.from("<html>"));
	hub.serve("/api/models/tiny/vit/revision/main", Buffer.from("<html>"));
	const error = { code: "REMOTE", message: expect.stringContaining("does not answer as a hub does") };
	await expect(again({ endpoint: hub.cdn }).fetch(address)).rejects.toMatchObject(error);
	await expect(again({ endpoint: hub.cdn }).list("tiny/vit", null)).rejects.toMatchObject(error);
});

test.each([
	["no list", "{}"],
	["no objects", "[1]"],
	["no sizes", '[{"type":"file","path":"a"}]'],
	["a torn one", '[{"type":"fi'],
])("a list of files that is garbled is refused: %s", async (_how, content) => {
	const hub = await publishedHub();
	const { remote } = await remoteFilesOf(hub, { endpoint: hub.cdn });
	const commit = "0123456789abcdef0123456789abcdef01234567";
	hub.serve(`/api/models/tiny/vit/tree/${commit}`, Buffer.from(content));
	await expect(remote.list("tiny/vit", commit)).rejects.toMatchObject({ code: "REMOTE" });
});

test("paths that lead out of their repository are not listed", async () => {
	const hub = await publishedHub();
	const { remote } = await remoteFilesOf(hub, { endpoint: hub.cdn });
	const commit = "0123456789abcdef0123456789abcdef01234567";
	const list = ["../../x", "/etc/passwd", "a/../../b", "good.json"].map((path) => ({ type: "file", path, size: 1 }));
	hub.serve(`/api/models/tiny/vit/tree/${commit}`, Buffer.from(JSON.stringify(list)));
	expect((await remote.list("tiny/vit", commit)).files.map(({ path }) => path)).toEqual(["good.json"]);
});

test("a list without end is left", async () => {
	const hub = await publishedHub();
	const { remote } = await remoteFilesOf(hub, { endpoint: hub.cdn });
	const commit = "0123456789abcdef0123456789abcdef01234567";
	const path = `/api/models/tiny/vit/tree/${commit}`;
	hub.serve(path, Buffer.from("[]"), { link: `<${hub.cdn}${path}>; rel="next"` });
	await expect(remote.list("tiny/vit", commit)).rejects.toMatchObject({
		code: "LIMIT",
		message: expect.stringContaining("more than 1000 pages"),
	});
	const many = Array.from({ length: 100_001 }, (_, at) => ({ type: "file", path: String(at), size: 1 }));
	hub.serve(path, Buffer.from(JSON.stringify(many)));
	await expect(remote.list("tiny/vit", commit)).rejects.toMatchObject({
		code: "LIMIT",
		message: expect.stringContaining("more than 100000 files"),
	});
	hub.serve(path, Buffer.alloc(2 ** 25 + 1, " "));
	await expect(remote.list("tiny/vit", commit)).rejects.toMatchObject({
		code: "LIMIT",
		message: expect.stringContaining("a reply of more than 33554432 bytes"),
	});
});
