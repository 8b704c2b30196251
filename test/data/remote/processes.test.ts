import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { parseAddress } from "../../../src/data/remote/address.ts";
import { systemWait } from "../../../src/data/remote/retries.ts";
import { type HubServer, largeFile, startHubServer } from "../../support/hubServer.ts";
import { patternBytes } from "../../support/patternBytes.ts";
import { remoteFilesOf } from "../../support/remoteFiles.ts";

const weights = patternBytes(300_000);
const model = parseAddress("hf:tiny/vit:model.safetensors");

async function publishedModel(): Promise<HubServer> {
	const hub = await startHubServer();
	hub.publish("tiny/vit", { "model.safetensors": largeFile(weights) });
	return hub;
}

function bodies(hub: HubServer): string[] {
	return hub.requests
		.filter(({ host }) => host === "cdn")
		.map(({ status, headers, sentBytes }) => `${status} ${headers.range ?? "whole"} ${sentBytes}`);
}

/** A process that has fetched so much, and goes no further. */
async function startFetcher(hub: HubServer, folder: string, bytes: number): Promise<ChildProcess> {
	hub.fail({ on: "cdn", hangAfterBytes: bytes });
	const script = fileURLToPath(new URL("./fetcher.ts", import.meta.url));
	const env = { ...process.env, HF_ENDPOINT: hub.endpoint };
	const child = fork(script, [folder], { execArgv: ["--import", import.meta.resolve("tsx")], env });
	onTestFinished(() => {
		child.kill("SIGKILL");
	});
	for (let done = 0; done < bytes; ) [done] = await once(child, "message");
	return child;
}

/** An onProgress, and a promise of so many bytes. */
function cameTo(bytes: number) {
	let reached = () => {};
	const promise = new Promise<void>((resolve) => {
		reached = resolve;
	});
	const onProgress = ({ doneBytes }: { readonly doneBytes: number }) => {
		if (doneBytes === bytes) reached();
	};
	return { promise, onProgress };
}

test("of many who want one file at once, one fetches it", async () => {
	const hub = await publishedModel();
	const { again } = await remoteFilesOf(hub);
	const all = await Promise.all(Array.from({ length: 8 }, () => again().fetch(model)));
	expect(bodies(hub)).toEqual(["200 whole 300000"]);
	expect(new Set(all.map(({ path }) => path)).size).toBe(1);
	expect(weights.equals(await readFile(all[0]?.path ?? ""))).toBe(true);
});

test("when one of them leaves, another goes on", async () => {
	const hub = await publishedModel();
	hub.fail({ on: "cdn", hangAfterBytes: 100_000 });
	const { again } = await remoteFilesOf(hub);
	const leaving = new AbortController();
	const { promise: hundredThousand, onProgress } = cameTo(100_000);
	const first = again().fetch(model, { signal: leaving.signal, onProgress });
	await hundredThousand;
	// The second is told of the first one's progress while it waits.
	const second = again().fetch(model, { onProgress: () => leaving.abort() });
	await expect(first).rejects.toMatchObject({ code: "CANCELLED" });
	expect(weights.equals(await readFile((await second).path))).toBe(true);
	expect(bodies(hub)).toEqual(["200 whole 100000", "206 bytes=100000- 200000"]);
});

test("a process waits for another that fetches, and goes on where it is killed", async () => {
	const hub = await publishedModel();
	const { again, folder } = await remoteFilesOf(hub);
	const child = await startFetcher(hub, folder, 100_000);
	let waited = 0;
	const wait = async (milliseconds: number, signal: AbortSignal | undefined) => {
		if (++waited === 2) child.kill("SIGKILL");
		await systemWait(milliseconds, signal);
	};
	const { path } = await again({}, { effects: { wait } }).fetch(model);
	expect(weights.equals(await readFile(path))).toBe(true);
	expect(waited).toBeGreaterThanOrEqual(2);
	expect(bodies(hub)).toEqual(["200 whole 100000", "206 bytes=100000- 200000"]);
});
