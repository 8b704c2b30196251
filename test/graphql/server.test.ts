import { mkdir, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { PassState } from "../../src/engine/engine.ts";
import { type ServerOptions, startServer } from "../../src/graphql/server.ts";
import { type FakeServices, fakeServices } from "../support/fakeServices.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

async function serve(services: FakeServices = fakeServices(), options: ServerOptions = {}) {
	const server = await startServer(services, { port: 0, ...options });
	onTestFinished(() => server.close());
	return server;
}

/** On a machine with much else to do, things take their time. */
const eventually = (check: () => void) => vi.waitFor(check, 20_000);

const json = { "content-type": "application/json" };
const post = (url: string, query: string, init: RequestInit = {}) =>
	fetch(`${url}/graphql`, { method: "POST", headers: json, body: JSON.stringify({ query }), ...init });
const subscribeTo = (url: string, query: string, init: RequestInit = {}) =>
	fetch(`${url}/graphql/stream`, {
		method: "POST",
		headers: { ...json, accept: "text/event-stream" },
		body: JSON.stringify({ query }),
		...init,
	});

const running: PassState = {
	id: "7",
	model: "vit-s",
	metrics: ["accuracy"],
	done: 64,
	total: 512,
	secondsLeft: 2,
	state: "running",
	note: null,
};

/** A request with a Host header of its own, which fetch does not allow. */
function statusFor(url: string, host: string): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		const sent = request(`${url}/health`, { headers: { host } }, (response) => {
			response.resume();
			resolve(response.statusCode);
		});
		sent.on("error", reject).end();
	});
}

/** Reads a stream until a text has come. */
async function readUntil(response: Response, text: string): Promise<string> {
	let read = "";
	const decoder = new TextDecoder();
	for await (const chunk of response.body ?? []) {
		read += decoder.decode(chunk, { stream: true });
		if (read.includes(text)) return read;
	}
	throw new Error(`the stream ended before "${text}": ${read}`);
}

test("listens on loopback, and /health answers", async () => {
	const { url } = await serve();
	expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: "ok" });
});

test("a query is answered as JSON", async () => {
	const { url } = await serve();
	const response = await post(url, "{ models { id } }");
	expect(response.headers.get("content-type")).toContain("application/json");
	expect(await response.json()).toEqual({
		data: { models: [{ id: "vit-s" }, { id: "vit-s-gap" }, { id: "resnet-s" }] },
	});
});

test("a path of a model file in the working folder is an id on loopback", async () => {
	const { url } = await serve({ ...fakeServices(), folder: "/models" });
	const response = await post(url, '{ model(id: "/models/vit-s.onnx") { family } }');
	expect(await response.json()).toEqual({ data: { model: { family: "VIT" } } });
});

test("on a network a path is an unknown model, and a mistake inside is told to the log alone", async () => {
	const services = fakeServices();
	const told: unknown[] = [];
	const { url } = await serve(services, { host: "0.0.0.0", onInternalError: (error) => told.push(error) });
	const path = await post(url, '{ model(id: "/models/vit-s.onnx") { family } }');
	expect(await path.json()).toMatchObject({ errors: [{ extensions: { code: "NOT_FOUND" } }] });
	expect(services.opened).toEqual([]);
	services.openModel = () => Promise.reject(new Error("/home/somebody/secret"));
	const text = await (await post(url, '{ model(id: "vit-s") { family } }')).text();
	expect(text).toContain("a mistake inside Sightline; the server's log tells more");
	expect(text).not.toContain("secret");
	expect(told).toHaveLength(1);
});

test("a foreign page can neither ask by a simple request nor read an answer", async () => {
	const { url } = await serve();
	const query = "query=%7Bmodels%7Bid%7D%7D";
	expect((await fetch(`${url}/graphql?${query}`, { headers: { origin: "http://elsewhere.example" } })).status).toBe(
		403,
	);
	expect((await fetch(`${url}/graphql?${query}`)).status).toBe(400);
	const form = await post(url, "{ models { id } }", { headers: { "content-type": "text/plain" } });
	expect(form.status).toBe(415);
	const preflight = await fetch(`${url}/graphql`, {
		method: "OPTIONS",
		headers: { origin: "http://elsewhere.example", "access-control-request-method": "POST" },
	});
	expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
	const answer = await post(url, "{ models { id } }", { headers: { ...json, origin: "http://elsewhere.example" } });
	expect(answer.headers.get("access-control-allow-origin")).toBeNull();
});

const mutation = 'mutation { cancelPass(id: "7") }';

test.each([
	["of another site", { "sec-fetch-site": "cross-site" }],
	["of another port of this machine", { "sec-fetch-site": "same-site", origin: "http://localhost:1" }],
	["without a site", { origin: "null" }],
	["of a browser that tells its origin alone", { origin: "http://elsewhere.example" }],
])("a page %s is refused, with JSON too; its words reach nothing", async (_what, headers) => {
	const { url } = await serve();
	for (const place of ["graphql", "graphql/stream", "%67raphql"]) {
		const init = { method: "POST", headers: { ...json, ...headers }, body: JSON.stringify({ query: mutation }) };
		const response = await fetch(`${url}/${place}`, init);
		expect([response.status, await response.text()]).toEqual([403, "only pages of this server may ask\n"]);
	}
});

test("the playground's own pages, and what is no browser, may send mutations", async () => {
	const { url } = await serve();
	for (const headers of [{}, { "sec-fetch-site": "same-origin", origin: url }, { origin: url }] as const) {
		expect(await (await post(url, mutation, { headers: { ...json, ...headers } })).json()).toEqual({
			data: { cancelPass: false },
		});
	}
});

test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])(
	"no mutation comes by a simple request of type %j",
	async (type) => {
		const { url } = await serve();
		const body = new TextEncoder().encode(JSON.stringify({ query: mutation }));
		const response = await fetch(`${url}/graphql`, {
			method: "POST",
			headers: type ? { "content-type": type } : {},
			body,
		});
		expect(response.status).toBeGreaterThanOrEqual(400);
		const get = await fetch(`${url}/graphql?query=${encodeURIComponent(mutation)}`, {
			headers: { "apollo-require-preflight": "1" },
		});
		expect(get.status).toBe(405);
	},
);

test("where models can be added, a server on a network answers to its own names and addresses alone", async () => {
	const adding = { addModel: never, addImages: never };
	const [open, plain] = await Promise.all(
		[adding, null].map((each) => serve({ ...fakeServices(), adding: each }, { host: "0.0.0.0" })),
	);
	for (const host of ["192.168.1.5:4000", "[2001:db8::1]:4000", "localhost", hostname()]) {
		expect([host, await statusFor(local(open?.url), host)]).toEqual([host, 200]);
	}
	expect(await statusFor(local(open?.url), "elsewhere.example")).toBe(421);
	expect(await statusFor(local(plain?.url), "elsewhere.example")).toBe(200);
});

async function never(): Promise<never> {
	throw new Error("asked to add");
}

/** 0.0.0.0 is no address to send to everywhere. */
function local(url = ""): string {
	return url.replace("0.0.0.0", "127.0.0.1");
}

test("a name that was rebound to this machine is refused", async () => {
	const { url } = await serve();
	expect(await statusFor(url, "elsewhere.example")).toBe(421);
	expect(await statusFor(url, "localhost:4000")).toBe(200);
	expect(await statusFor(url, "[::1]:4000")).toBe(200);
});

test("a limit error has the status 400, and no error has a stack", async () => {
	const { url } = await serve();
	const response = await post(url, `{ ${Array.from({ length: 3000 }, (_, i) => `a${i}: __typename`).join(" ")} }`);
	expect(response.status).toBe(400);
	const text = await response.text();
	expect(text).toContain('"code":"LIMIT"');
	expect(text).not.toContain("stacktrace");
	expect(await (await post(url, "{ nothing }")).text()).not.toContain("stacktrace");
	const broken = await fetch(`${url}/graphql`, { method: "POST", headers: json, body: "{" });
	expect(broken.status).toBe(400);
	expect(await broken.text()).not.toMatch(/\bat .*\.[jt]s/);
});

test("a client that leaves stops what it asked for", async () => {
	const services = fakeServices();
	services.engine.busy = true;
	const { url } = await serve(services);
	const client = new AbortController();
	const answer = post(url, '{ model(id: "vit-s") { accuracy { images } } }', { signal: client.signal });
	await eventually(() => expect(services.engine.questions).toHaveLength(1));
	expect((await fetch(`${url}/health`)).status).toBe(200);
	client.abort();
	await expect(answer).rejects.toThrow();
	await eventually(() => expect(services.engine.aborted).toBe(1));
});

test("closing answers what waits as cancelled, ends streams, and frees the port", async () => {
	const services = fakeServices();
	services.engine.busy = true;
	const server = await serve(services);
	const stream = await subscribeTo(server.url, "subscription { passes { id } }");
	const waiting = post(server.url, '{ model(id: "vit-s") { accuracy { images } } }');
	await eventually(() => expect(services.engine.questions).toHaveLength(1));
	await server.close();
	expect(await (await waiting).json()).toMatchObject({ errors: [{ extensions: { code: "CANCELLED" } }] });
	await expect(stream.text()).rejects.toThrow();
	await eventually(() => expect(services.engine.listeners).toBe(0));
	await expect(fetch(`${server.url}/health`)).rejects.toThrow();
});

test("a port that is taken is told in a sentence", async () => {
	const { url } = await serve();
	const port = Number(new URL(url).port);
	await expect(startServer(fakeServices(), { port })).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: `port ${port} of 127.0.0.1 is taken`,
		hint: expect.stringContaining("--port"),
	});
});

test("passes are told as server-sent events, until the client leaves", async () => {
	const services = fakeServices();
	const { url } = await serve(services);
	const client = new AbortController();
	const query = "subscription { passes { id done state } }";
	const stream = await subscribeTo(url, query, { signal: client.signal });
	expect(stream.headers.get("content-type")).toContain("text/event-stream");
	await eventually(() => expect(services.engine.listeners).toBe(1));
	services.engine.change(running);
	const text = await readUntil(stream, '"done":64');
	expect(text).toContain('{"data":{"passes":{"id":"7","done":64,"state":"RUNNING"}}}');
	client.abort();
	await eventually(() => expect(services.engine.listeners).toBe(0));
});

test("the stream keeps the limits, answers subscriptions only, and only POST with JSON", async () => {
	const services = fakeServices();
	const { url } = await serve(services);
	const errorOf = async (query: string) => {
		const response = await subscribeTo(url, query);
		expect(response.status).toBe(400);
		return (await response.json()).errors[0];
	};
	expect(await errorOf("{ models { id } }")).toMatchObject({
		message: "only subscriptions are answered here",
		extensions: { code: "BAD_INPUT" },
	});
	const flood = Array.from({ length: 3000 }, (_, index) => `a${index}: id`).join(" ");
	expect(await errorOf(`subscription { passes { ${flood} } }`)).toMatchObject({
		extensions: { code: "LIMIT", limit: 5000 },
	});
	expect(await errorOf("subscription { nothing }")).toMatchObject({ message: expect.stringContaining("nothing") });
	expect(await errorOf("subscription {")).toMatchObject({ message: expect.stringContaining("Syntax Error") });
	expect(services.engine.listeners).toBe(0);
	const get = await fetch(`${url}/graphql/stream?query=subscription%7Bpasses%7Bid%7D%7D`, {
		headers: { accept: "text/event-stream" },
	});
	expect(get.status).toBe(404);
	const simple = { accept: "text/event-stream", "content-type": "text/plain" };
	expect((await subscribeTo(url, "subscription { passes { id } }", { headers: simple })).status).toBe(415);
});

test("the newest site is served, readable from anywhere, and nothing outside it", async () => {
	const folder = await temporaryFolder();
	await writeFile(join(folder, "secret"), "secret");
	for (const build of ["first", "second"]) {
		await mkdir(join(folder, build, "figures"), { recursive: true });
		await writeFile(join(folder, build, "index.html"), `<p>${build}`);
		await writeFile(join(folder, build, "figures", "index.html"), "<p>figures");
	}
	let site: string | undefined;
	const { url } = await serve(fakeServices(), { site: () => site });
	expect(await (await fetch(`${url}/figures/`)).text()).toBe(
		'no site has been built yet; "sightline report" makes it\n',
	);
	site = join(folder, "first");
	expect(await (await fetch(url)).text()).toBe("<p>first");
	site = join(folder, "second");
	const page = await fetch(url);
	expect(await page.text()).toBe("<p>second");
	expect(page.headers.get("access-control-allow-origin")).toBe("*");
	expect((await fetch(`${url}/figures`)).url).toBe(`${url}/figures/`);
	expect((await fetch(`${url}/nothing.html`)).status).toBe(404);
	expect((await fetch(`${url}/%2e%2e/secret`)).status).not.toBe(200);
	expect((await fetch(`${url}/..%2fsecret`)).status).not.toBe(200);
});

test("the playground is served under a policy that names no other host", async () => {
	const folder = await temporaryFolder();
	await writeFile(join(folder, "index.html"), "<p>playground");
	const { url } = await serve(fakeServices(), { playground: folder });
	const page = await fetch(url);
	expect(page.url).toBe(`${url}/playground/`);
	expect(await page.text()).toBe("<p>playground");
	const policy = page.headers.get("content-security-policy");
	expect(policy).toContain("default-src 'self'");
	expect(policy).not.toMatch(/https?:|\*/);
});

test("a playground that was not built says how to build it", async () => {
	const { url } = await serve();
	const response = await fetch(`${url}/playground/`);
	expect([response.status, await response.text()]).toEqual([
		404,
		'the playground is not built; "npm run build" makes it\n',
	]);
});
