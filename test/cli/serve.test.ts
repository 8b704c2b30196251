import { type ChildProcess, type SpawnOptionsWithoutStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { encodeModel } from "../../src/onnx/encode.ts";
import { startHubServer } from "../support/hubServer.ts";
import { tinyModel } from "../support/tiny.ts";
import { command, sightline } from "./sightline.ts";

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "sightline-serve-"));
});
afterAll(() => rm(folder, { recursive: true }));

const small = ["--port", "0", "--quick", "256", "--count", "256", "--figures", "1,3", "--device", "cpu", "--json"];

interface Serving {
	readonly child: ChildProcess;
	/** Grows while it runs. */
	stderr(): string;
	readonly lines: AsyncIterator<string>;
	readonly exitCode: Promise<number | null>;
}

function serve(store: string, more: readonly string[] = [], options: SpawnOptionsWithoutStdio = {}): Serving {
	const parameters = ["serve", "--store", store, ...small, ...more];
	const child = spawn(process.execPath, [...command, ...parameters], options);
	let text = "";
	child.stderr.on("data", (chunk: Buffer) => {
		text += chunk.toString();
	});
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	const exitCode = once(child, "exit").then(([code]) => code as number | null); // the event's first argument
	return { child, stderr: () => text, lines, exitCode };
}

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50));
}

test("interrupted, it ends with 130 and a sentence; started again, it goes on and serves site and playground", async () => {
	const store = join(folder, "store");
	const first = serve(store);
	await until(() => /: (?!0)\d+ of 256 images/.test(first.stderr()) || first.child.exitCode !== null);
	first.child.kill("SIGINT");
	expect(await first.exitCode, first.stderr()).toBe(130);
	expect(first.stderr()).toContain(`What was measured is kept in ${store}.`);

	const second = serve(store);
	const { value } = await second.lines.next();
	if (value === undefined) throw new Error(second.stderr());
	const { site, playground } = JSON.parse(value) as { site: string; playground: string };
	const page = await (await fetch(site)).text();
	expect(page).toContain("<title>");
	expect((await fetch(playground)).status).toBe(200);
	expect((await fetch(new URL("/health", site))).status).toBe(200);
	// All is measured, but the site is built once more, with all of its figures.
	await until(() => second.stderr().includes("rests on 256 images now") || second.child.exitCode !== null);
	second.child.kill("SIGINT");
	expect(await second.exitCode, second.stderr()).toBe(0);
	expect(second.stderr()).toContain("Ended.");
}, 240_000);

test("with --allow-add clients add files of its folder; no address of a private network is asked for them", async () => {
	const hub = await startHubServer();
	hub.publish("tiny/vit", { "model.onnx": encodeModel(tinyModel("vit")) });
	await writeFile(join(folder, "tiny.onnx"), encodeModel(tinyModel("vit")));
	const env = { ...process.env, HF_ENDPOINT: hub.endpoint, HF_TOKEN: "secret" };
	const serving = serve(join(folder, "adding"), ["--allow-add"], { cwd: folder, env });
	onTestFinished(() => void serving.child.kill("SIGKILL"));
	await until(() => serving.stderr().includes("alone.\n") || serving.child.exitCode !== null);
	const [, url = ""] = /(http:\/\/\S+)\/playground\//.exec(serving.stderr()) ?? [];
	expect(serving.stderr()).toContain(
		"models of at most 4.00 GB, from huggingface.co, *.huggingface.co, *.hf.co alone.",
	);
	const add = async (model: string) => {
		const query = `mutation { addModel(model: "${model}") { model { id family } } }`;
		const headers = { "content-type": "application/json" };
		return (await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) })).json();
	};
	expect(await add("tiny.onnx")).toEqual({ data: { addModel: { model: { id: "tiny", family: "VIT" } } } });
	expect(JSON.parse(await readFile(join(folder, "sightline.json"), "utf8")).models).toMatchObject([{ id: "tiny" }]);
	expect(await add("hf:tiny/vit")).toMatchObject({
		errors: [{ message: `${hub.endpoint} is not asked: only https is asked for on request` }],
	});
	expect(hub.requests).toEqual([]);
	serving.child.kill("SIGINT");
	await serving.exitCode;
}, 240_000);

test.each([
	["without --allow-add", ["--allow-host", "example.org"], "give --allow-add too", 1],
	["that is an address", ["--allow-add", "--allow-host", "127.0.0.1"], "expected the name of a host", 2],
])("an --allow-host %s is refused", async (_what, parameters, message, code) => {
	const { stderr, exitCode } = await sightline(["serve", ...parameters, "--store", join(folder, "unused")]);
	expect([exitCode, stderr]).toEqual([code, expect.stringContaining(message)]);
});

test("a port that is taken is told before anything is measured", async () => {
	const blocker = createServer().listen(0, "127.0.0.1");
	await once(blocker, "listening");
	const address = blocker.address();
	const port = String(typeof address === "object" ? address?.port : 0);
	const parameters = ["serve", "--port", port, "--store", join(folder, "unused"), "--device", "cpu"];
	const { stderr, exitCode } = await sightline(parameters);
	blocker.close();
	expect(stderr).toContain(`port ${port} of 127.0.0.1 is taken`);
	expect(stderr).not.toContain("images");
	expect(exitCode).toBe(1);
});
