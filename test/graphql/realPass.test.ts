import { expect, onTestFinished, test } from "vitest";
import { executeQuery } from "../../src/graphql/execute.ts";
import { startServer } from "../../src/graphql/server.ts";
import type { Services } from "../../src/graphql/services.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import { fakeServices } from "../support/fakeServices.ts";
import { openTiny, tinyEngine } from "../support/tinyEngine.ts";

/** The API on a real engine: tiny networks on the CPU, images of 32 pixels. */
async function realServices(options: { batchMs?: number } = {}): Promise<Services> {
	const store = new MemoryStore();
	const engine = await tinyEngine(store, options);
	onTestFinished(() => engine.close());
	const models = ["vit", "resnet"].map((id) => openTiny(id).entry);
	return { ...fakeServices(), store, engine, models, openModel: async (id) => openTiny(id) };
}

const images = "images: { count: 44, batchSize: 8 }";
const everything = `{
	similarity(rows: { model: "vit" }, ${images}) { values standardErrors leaveOneOut reasons { layer reason } batches provenance { cached } }
	model(id: "vit") {
		heads { attentionDistance(${images}) { meanPx standardErrorPx uniformPx provenance { cached } } }
		accuracy(${images}) { images top1 { value hits } reason provenance { cached } }
	}
}`;

test("CKA, attention distance and accuracy of one model take one pass; asked again, none", async () => {
	const services = await realServices();
	const first = await executeQuery(services, { query: everything });
	expect(first.errors).toBeUndefined();
	expect(services.engine.passesStarted).toBe(1);
	const again = await executeQuery(services, { query: everything });
	expect(services.engine.passesStarted).toBe(1);
	expect(JSON.stringify(again.data)).toBe(JSON.stringify(first.data).replaceAll('"cached":false', '"cached":true'));
	expect(JSON.stringify(again.data)).not.toContain('"cached":false');
});

test("two models are compared in one pass each", async () => {
	const services = await realServices();
	const query = `{ similarity(rows: { model: "vit", preset: BLOCKS }, columns: { model: "resnet" }, ${images}) { values } }`;
	const { data, errors } = await executeQuery(services, { query });
	expect(errors).toBeUndefined();
	expect(data).toMatchObject({ similarity: { values: expect.arrayContaining([expect.any(Array)]) } });
	expect(services.engine.passesStarted).toBe(2);
});

test("more images later cost only those that are missing, and smaller runs cost none", async () => {
	const services = await realServices();
	const ask = (count: number) =>
		executeQuery(services, {
			query: `{ model(id: "vit") { accuracy(images: { count: ${count}, batchSize: 8 }) { images } } }`,
		});
	await ask(16);
	const totals: number[] = [];
	services.engine.watch(({ total }) => totals.push(total));
	await ask(40);
	expect(new Set(totals)).toEqual(new Set([24]));
	await ask(32);
	expect(services.engine.passesStarted).toBe(2);
});

test("a client that leaves ends the pass, and what was measured stays", async () => {
	const services = await realServices({ batchMs: 50 });
	const server = await startServer(services, { port: 0 });
	onTestFinished(() => server.close());
	const client = new AbortController();
	const states: string[] = [];
	const ended = new Promise<void>((resolve) => {
		services.engine.watch(({ state, done }) => {
			states.push(state);
			if (done >= 16) client.abort();
			if (state === "cancelled") resolve();
		});
	});
	const query = '{ model(id: "vit") { accuracy(images: { count: 800, batchSize: 8 }) { images } } }';
	const headers = { "content-type": "application/json" };
	const { signal } = client;
	const asked = fetch(`${server.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }), signal });
	await expect(asked).rejects.toThrow();
	await ended;
	expect(states.at(-1)).toBe("cancelled");
	let kept = 0;
	for await (const _entry of services.store.entries()) kept++;
	expect(kept).toBeGreaterThanOrEqual(2);
});
