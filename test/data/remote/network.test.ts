import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parseAddress } from "../../../src/data/remote/address.ts";
import { commandLinePolicy, requestPolicy } from "../../../src/data/remote/networkPolicy.ts";
import { SightlineError } from "../../../src/errors.ts";
import { largeFile, startHubServer } from "../../support/hubServer.ts";
import { remoteFilesOf } from "../../support/remoteFiles.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const token = { value: "hf_mine", source: "HF_TOKEN" };
const files = { "config.json": "{}", "model.safetensors": largeFile(Buffer.from("weights")) };
const config = parseAddress("hf:tiny/vit:config.json");
const model = parseAddress("hf:tiny/vit:model.safetensors");

async function publishedHub() {
	const hub = await startHubServer();
	hub.publish("tiny/vit", files);
	return hub;
}

test("the token goes to the hub with every request, and to no host that it leads to", async () => {
	const hub = await publishedHub();
	hub.pageSize = 1;
	const { remote } = await remoteFilesOf(hub, { token });
	await remote.fetch(model);
	await remote.list("tiny/vit", null);
	await remote.fetch(parseAddress(hub.serve("/a.npz", Buffer.from("a"))));
	const tokens = (host: string) =>
		hub.requests.filter((seen) => seen.host === host).map((seen) => seen.headers.authorization);
	expect(tokens("hub")).toEqual(Array.from({ length: 5 }, () => "Bearer hf_mine"));
	expect(tokens("cdn")).toEqual([undefined, undefined, undefined]);
});

test("a link to the next page of a list takes the token nowhere else", async () => {
	const hub = await publishedHub();
	hub.serve("/elsewhere", Buffer.from("[]"));
	hub.fail({ on: "hub", path: "/tree/", headers: { link: `<${hub.cdn}/elsewhere>; rel="next"` } });
	const { remote } = await remoteFilesOf(hub, { token });
	await remote.list("tiny/vit", null);
	expect(hub.requests.at(-1)).toMatchObject({ host: "cdn", path: "/elsewhere" });
	expect(hub.requests.at(-1)?.headers).not.toHaveProperty("authorization");
});

test("a token of any form is sent, since mirrors have their own", async () => {
	const hub = await publishedHub();
	const { remote } = await remoteFilesOf(hub, { token: { value: "cmVmdGtuOjAx", source: "HF_TOKEN" } });
	await remote.list("tiny/vit", null);
	expect(hub.requests[0]?.headers.authorization).toBe("Bearer cmVmdGtuOjAx");
});

test("a mirror may be a path of its host", async () => {
	const hub = await publishedHub();
	const prefix = "/api/huggingfaceml/remote";
	const { remote } = await remoteFilesOf({ endpoint: `${hub.endpoint}${prefix}` });
	await expect(remote.fetch(config)).rejects.toThrow();
	expect(hub.requests[0]?.path).toBe(`${prefix}/tiny/vit/resolve/main/config.json`);
	await expect(remote.list("tiny/vit", null)).rejects.toThrow();
	expect(hub.requests.at(-1)?.path).toMatch(`${prefix}/api/models/tiny/vit/revision/main?`);
});

test("a mirror may lead back to the hub", async () => {
	const hub = await publishedHub();
	for (const method of ["HEAD", "GET"]) {
		const commit = method === "GET" ? hub.publish("tiny/vit", files) : "main";
		const path = `/tiny/vit/resolve/${commit}/config.json`;
		hub.fail({ on: "cdn", method, path, status: 308, headers: { location: `${hub.endpoint}${path}` } });
	}
	const { remote } = await remoteFilesOf({ endpoint: hub.cdn }, { token });
	expect(readFileSync((await remote.fetch(config)).path, "utf8")).toBe("{}");
	const withToken = hub.requests.filter(({ headers }) => headers.authorization !== undefined);
	expect(withToken.map(({ host, method }) => `${host} ${method}`)).toEqual(["cdn HEAD", "cdn GET"]);
});

test("what the host of the bytes says of them is not taken for what the hub says", async () => {
	const hub = await publishedHub();
	const path = "/tiny/vit/resolve/main/config.json";
	const commit = hub.publish("tiny/vit", files);
	const headers = {
		location: hub.serve("/bytes", Buffer.from("{}"), { etag: `"${"0".repeat(64)}"` }),
		"x-repo-commit": commit,
	};
	hub.fail({ on: "hub", path, status: 302, headers });
	const { remote } = await remoteFilesOf(hub);
	await expect(remote.fetch(config)).rejects.toThrow("does not answer as a hub does");
});

test("a hub that answers for another commit than it was asked for is refused", async () => {
	const hub = await publishedHub();
	const commit = hub.publish("tiny/vit", files);
	hub.fail({ on: "hub", path: "/resolve/", headers: { "x-repo-commit": commit.replace(/./g, "0") } });
	const { remote } = await remoteFilesOf(hub);
	const pinned = parseAddress(`hf:tiny/vit@${commit}:model.safetensors`);
	await expect(remote.fetch(pinned)).rejects.toThrow(/answers for another commit, 0{40}$/);
});

test("redirects in a circle are left", async () => {
	const hub = await publishedHub();
	hub.fail({ on: "hub", status: 302, headers: { location: "/tiny/vit/resolve/main/config.json" }, times: 20 });
	const { remote } = await remoteFilesOf(hub);
	await expect(remote.fetch(config)).rejects.toMatchObject({
		code: "REMOTE",
		message: expect.stringContaining("redirects more than 8 times"),
	});
	expect(hub.requests).toHaveLength(9);
});

test.each([
	["nowhere", {}, "redirects to nowhere"],
	["no URL", { location: "http://" }, "redirects to nowhere"],
	["a password", { location: "http://me:secret@127.0.0.1/" }, "redirects to an address with a password"],
	["plain http elsewhere", { location: "http://192.0.2.1/x" }, "plain http is for servers on this machine alone"],
	["a file", { location: "file:///etc/passwd" }, "is not asked"],
])("a redirect to %s is refused", async (_where, headers, message) => {
	const hub = await publishedHub();
	hub.fail({ on: "hub", status: 302, headers });
	const { remote } = await remoteFilesOf(hub);
	await expect(remote.fetch(config)).rejects.toThrow(message);
	expect(hub.requests).toHaveLength(1);
});

test("what a redirect leads to is checked as if it had been asked for first", async () => {
	const hub = await publishedHub();
	const policy = {
		...commandLinePolicy,
		checkUrl: ({ origin }: URL) => {
			if (origin === hub.cdn) throw new SightlineError("BAD_INPUT", "not that host");
		},
	};
	const { remote } = await remoteFilesOf(hub, {}, { policy });
	await remote.fetch(config);
	await expect(remote.fetch(model)).rejects.toThrow("not that host");
	expect(hub.requests.filter(({ host }) => host === "cdn")).toEqual([]);
});

test.each([
	["this machine", ["127.0.0.1"]],
	["this machine among others", ["8.8.8.8", "127.0.0.1"]],
	["a private network", ["10.1.2.3"]],
	["a cloud's metadata", ["169.254.169.254"]],
	["this machine, mapped", ["::ffff:127.0.0.1"]],
])("on request a name that resolves to %s is not connected to", async (_what, addresses) => {
	const hub = await publishedHub();
	const resolve = async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
	const port = new URL(hub.endpoint).port;
	const policy = { ...requestPolicy(), checkUrl: () => {} };
	const { remote } = await remoteFilesOf(
		{ endpoint: `http://huggingface.co:${port}` },
		{},
		{ policy, effects: { resolve } },
	);
	await expect(remote.fetch(config)).rejects.toThrow("an address that is not on the public internet");
	await expect(remote.list("tiny/vit", null)).rejects.toThrow("an address that is not on the public internet");
	expect(hub.requests).toEqual([]);
});

test("on request an address in place of a name is checked as well", async () => {
	const hub = await publishedHub();
	const policy = { ...requestPolicy(), checkUrl: () => {} };
	const { remote } = await remoteFilesOf(hub, {}, { policy });
	await expect(remote.fetch(config)).rejects.toThrow("an address that is not on the public internet");
	expect(hub.requests).toEqual([]);
});

test("a name is looked up once for a connection, which goes to what was checked", async () => {
	const hub = await publishedHub();
	const answers = ["127.0.0.1", "10.9.9.9"];
	const checked: string[] = [];
	const resolve = async () => [{ address: answers.shift() ?? "", family: 4 }];
	const policy = {
		...commandLinePolicy,
		checkAddress: (address: string, url: URL) => {
			checked.push(address);
			commandLinePolicy.checkAddress(address, url);
		},
	};
	const endpoint = hub.endpoint.replace("127.0.0.1", "localhost");
	const { remote } = await remoteFilesOf({ endpoint }, {}, { policy, effects: { resolve } });
	await expect(remote.fetch(config)).rejects.toThrow('"localhost" is not this machine');
	expect(checked).toEqual(["127.0.0.1", "10.9.9.9"]);
	expect(hub.requests).toHaveLength(1);
});

/** A server with a certificate that nobody trusts, which redirects to plain http; undefined where it cannot be made. */
async function secureServer(location: string): Promise<string | undefined> {
	const folder = await temporaryFolder();
	const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
	const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
	try {
		execFileSync("openssl", [...request, "-subj", "/CN=localhost", "-keyout", key, "-out", cert], { stdio: "ignore" });
	} catch {
		return undefined;
	}
	const server: Server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => {
		response.writeHead(302, { location }).end();
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `https://localhost:${(server.address() as AddressInfo).port}`;
}

test("a certificate that nobody trusts is refused at once", async ({ skip }) => {
	const endpoint = await secureServer("/");
	if (endpoint === undefined) return skip("there is no openssl to make a certificate with");
	const { remote, waits } = await remoteFilesOf({ endpoint });
	await expect(remote.fetch(config)).rejects.toMatchObject({
		code: "REMOTE",
		message: expect.stringMatching(/^localhost:\d+ does not prove who it is \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/),
		hint: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
	});
	expect(waits).toEqual([]);
});

test("no redirect leads from https to plain http", async ({ skip }) => {
	const hub = await publishedHub();
	const endpoint = await secureServer(`${hub.endpoint}/tiny/vit/resolve/main/config.json`);
	if (endpoint === undefined) return skip("there is no openssl to make a certificate with");
	process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
	onTestFinished(() => {
		delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
	});
	const { remote } = await remoteFilesOf({ endpoint });
	await expect(remote.fetch(config)).rejects.toThrow("redirects from https to plain http");
	expect(hub.requests).toEqual([]);
});
