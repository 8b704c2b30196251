/** How fast a server answers while a model runs: its own process on one side, requests from here on the other. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const requests = 200;

export interface Health {
	readonly model: string;
	readonly requests: number;
	/** Milliseconds. */
	readonly median: number;
	readonly p99: number;
	readonly slowest: number;
}

/** @param model id, or path of an .onnx file; the more images it has to go through, the longer the server is busy */
export async function measureHealth(model: string, images: number): Promise<Health> {
	const folder = await mkdtemp(join(tmpdir(), "sightline-bench-"));
	const server = spawnServer(folder);
	try {
		const url = await urlOf(server);
		const answered = ask(url, model, images);
		let answer: string | undefined;
		void answered.then((text) => {
			answer = text;
		});
		await untilRunning(url);
		const milliseconds: number[] = [];
		for (let request = 0; request < requests; request++) {
			if (answer !== undefined) throw new Error(`the pass was over after ${request} requests: ${answer.slice(0, 300)}`);
			const start = performance.now();
			await (await fetch(`${url}/health`)).text();
			milliseconds.push(performance.now() - start);
		}
		milliseconds.sort((a, b) => a - b);
		const at = (share: number) => milliseconds[Math.ceil(share * requests) - 1] ?? Number.NaN;
		return { model, requests, median: at(0.5), p99: at(0.99), slowest: at(1) };
	} finally {
		server.kill("SIGINT");
		await once(server, "exit");
		await rm(folder, { recursive: true });
	}
}

function spawnServer(store: string): ChildProcess {
	const main = fileURLToPath(new URL("./server.ts", import.meta.url));
	return spawn(process.execPath, ["--import", "tsx", main, store], { stdio: ["ignore", "pipe", "inherit"] });
}

async function urlOf(server: ChildProcess): Promise<string> {
	if (server.stdout === null) throw new Error("the server's output is not piped");
	for await (const line of createInterface({ input: server.stdout })) return line;
	throw new Error("the server ended before it listened");
}

async function ask(url: string, model: string, images: number): Promise<string> {
	const query = `query ($model: ID!, $images: ImagesInput) {
		similarity(rows: { model: $model }, images: $images) { batches }
		model(id: $model) { heads { attentionDistance(images: $images) { meanPx } } }
	}`;
	return post(url, { query, variables: { model, images: { count: images } } });
}

/** Until the first batch is through: the model is decoded, its session made. */
async function untilRunning(url: string): Promise<void> {
	for (;;) {
		const answer = await post(url, { query: "{ passes { done } }" });
		const { data } = JSON.parse(answer) as { data: { passes: { done: number }[] } };
		if (data.passes.some(({ done }) => done > 0)) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

async function post(url: string, body: unknown): Promise<string> {
	const headers = { "content-type": "application/json" };
	return (await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify(body) })).text();
}
