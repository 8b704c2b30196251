import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Engine, MeasuredRecords, PassState } from "../../src/engine/engine.ts";
import { SightlineError } from "../../src/errors.ts";
import { DiskStore } from "../../src/store/disk.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import type { Store } from "../../src/store/store.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { openTiny, type TinyEngineOptions, tinyEngine, tinyMeasurement, tinyRequest } from "../support/tinyEngine.ts";

async function engineOn(store: Store, options?: TinyEngineOptions): Promise<Engine> {
	const engine = await tinyEngine(store, options);
	onTestFinished(() => engine.close());
	return engine;
}

const valuesOf = (answers: readonly MeasuredRecords[]) => answers.map(({ records }) => records);

test("one request for three metrics is one pass, a second request none", async () => {
	const store = new MemoryStore();
	const engine = await engineOn(store);
	const first = await engine.measure(tinyRequest());
	expect(engine.passesStarted).toBe(1);
	expect(first.map(({ records }) => records.map(({ images }) => images))).toEqual([
		[8, 8, 8, 8, 8], // CKA: full batches only
		[8, 8, 8, 8, 8, 4],
		[8, 8, 8, 8, 8, 4],
	]);
	expect(first.map(({ provenance }) => provenance.cached)).toEqual([false, false, false]);
	const second = await engine.measure(tinyRequest());
	expect(engine.passesStarted).toBe(1);
	expect(valuesOf(second)).toEqual(valuesOf(first));
	expect(second.map(({ provenance }) => provenance.cached)).toEqual([true, true, true]);
	expect(second[0]?.provenance).toMatchObject({
		device: expect.stringMatching(/./),
		versions: { onnxruntime: "1.30.0", sightline: expect.stringMatching(/^\d/) },
		seconds: expect.any(Number),
		measuredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
	});
});

test("images that are no longer those of the question are refused", async () => {
	const engine = await engineOn(new MemoryStore());
	const asked = tinyMeasurement("vit", "accuracy", 16);
	const other = { ...asked, images: { ...asked.images, digest: "leaves 0" } };
	await expect(engine.measure([other])).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: expect.stringContaining('not "leaves 0"'),
		hint: expect.stringContaining("ask again"),
	});
});

test("two models are two passes, and the same images go through each", async () => {
	const engine = await engineOn(new MemoryStore());
	const answers = await engine.measure([
		tinyMeasurement("vit", "accuracy", 16),
		tinyMeasurement("resnet", "linearCka", 16),
		tinyMeasurement("vit", "linearCka", 16),
	]);
	expect(engine.passesStarted).toBe(2);
	expect(answers.map(({ measurement }) => measurement.model.id)).toEqual(["vit", "resnet", "vit"]);
	expect(answers.map(({ records }) => records.length)).toEqual([2, 2, 2]);
});

test("a question answered alone has the values it has beside others", async () => {
	const together = await (await engineOn(new MemoryStore())).measure(tinyRequest());
	const alone = await engineOn(new MemoryStore());
	for (const [index, measurement] of tinyRequest().entries()) {
		const [answer] = await alone.measure([measurement]);
		expect(answer?.records, measurement.metric.name).toEqual(together[index]?.records);
	}
	expect(alone.passesStarted).toBe(3);
});

test("a larger question measures only what is new, and its values are those of one run", async () => {
	const store = new MemoryStore();
	const engine = await engineOn(store);
	const totals: number[] = [];
	engine.watch(({ state, done }) => state === "done" && totals.push(done));
	await engine.measure([tinyMeasurement("vit", "linearCka", 16)]);
	const [refined] = await engine.measure([tinyMeasurement("vit", "linearCka", 40)]);
	expect(totals).toEqual([16, 24]);
	const [whole] = await (await engineOn(new MemoryStore())).measure([tinyMeasurement("vit", "linearCka", 40)]);
	expect(refined?.records).toEqual(whole?.records);
});

test("the order of batches in a pass does not change a byte", async () => {
	const [first, second] = [new MemoryStore(), new MemoryStore()];
	const engine = await engineOn(first);
	const [ordered] = await engine.measure([tinyMeasurement("resnet", "linearCka", 32)]);
	const other = await engineOn(second);
	// Batch 3 first: three of four records are taken away, then measured again after it.
	await other.measure([tinyMeasurement("resnet", "linearCka", 32)]);
	for await (const { key } of second.entries()) if (!key.endsWith("00003-8")) await second.remove(key);
	const [disordered] = await other.measure([tinyMeasurement("resnet", "linearCka", 32)]);
	expect(other.passesStarted).toBe(2);
	expect(disordered?.records).toEqual(ordered?.records);
});

test("a question that is already running is joined, in part or whole", async () => {
	const engine = await engineOn(new MemoryStore(), { batchMs: 50 });
	const first = engine.measure(tinyRequest());
	await expect.poll(() => engine.passes().length).toBe(1);
	const answers = await Promise.all([first, engine.measure(tinyRequest().slice(0, 1)), engine.measure(tinyRequest())]);
	expect(engine.passesStarted).toBe(1);
	expect(answers.map((answer) => answer.length)).toEqual([3, 1, 3]);
	expect(answers[1]?.[0]?.records).toEqual(answers[0]?.[0]?.records);
});

test("a pass tells what it will write, how far it is and when it will be through", async () => {
	const store = new MemoryStore();
	const engine = await engineOn(store);
	const states: PassState[] = [];
	engine.watch((state) => states.push(state));
	const asked = engine.measure(tinyRequest());
	await expect.poll(() => engine.passes().length).toBe(1);
	await asked;
	expect(engine.passes()).toEqual([]);
	expect(new Set(states.map(({ state }) => state))).toEqual(new Set(["waiting", "running", "done"]));
	expect(states[0]).toMatchObject({ model: "vit", done: 0, total: 44, secondsLeft: null, note: null });
	expect(states[0]?.metrics).toEqual(["linearCka", "attentionDistance", "accuracy"]);
	const progress = states.filter(({ state, secondsLeft }) => state === "running" && secondsLeft !== null);
	expect(progress.map(({ done }) => done)).toEqual([8, 16, 24, 32, 40, 44]);
	const { bytesToWrite = 0 } = states.at(-1) ?? {};
	let written = 0;
	for await (const { sizeBytes } of store.entries()) written += sizeBytes;
	expect(bytesToWrite).toBeGreaterThan(0.5 * written);
	expect(bytesToWrite).toBeLessThan(written); // headers come on top
});

test("when the last asker leaves the pass stops, and what is measured is not measured again", async () => {
	const store = new MemoryStore();
	const engine = await engineOn(store, { batchMs: 50 });
	const leaving = new AbortController();
	const stop = engine.watch(({ done }) => done >= 16 && leaving.abort());
	await expect(engine.measure(tinyRequest(), { signal: leaving.signal })).rejects.toMatchObject({ code: "CANCELLED" });
	stop();
	await expect.poll(() => engine.passes().length).toBe(0);
	let kept = 0;
	for await (const { metric } of store.entries()) kept += metric === "accuracy" ? 1 : 0;
	expect(kept).toBeGreaterThanOrEqual(2);
	expect(kept).toBeLessThan(6);
	const ends: PassState[] = [];
	engine.watch((state) => ends.push(state));
	const resumed = await engine.measure(tinyRequest());
	expect(ends.at(-1)?.total).toBe(44 - 8 * kept);
	const whole = await (await engineOn(new MemoryStore())).measure(tinyRequest());
	expect(valuesOf(resumed)).toEqual(valuesOf(whole));
});

test("a pass cancelled by its number is an error for its askers, with what to do", async () => {
	const engine = await engineOn(new MemoryStore(), { batchMs: 50 });
	const asked = engine.measure(tinyRequest());
	const stop = engine.watch(({ id, done }) => done > 0 && engine.cancel(id));
	await expect(asked).rejects.toMatchObject({ code: "CANCELLED", hint: expect.stringContaining("ask again") });
	stop();
	expect(engine.cancel("1000")).toBe(false);
});

test("a damaged entry is measured again, alone, and gives the same bytes", async () => {
	const folder = await temporaryFolder();
	const engine = await engineOn(new DiskStore(folder));
	const before = await engine.measure(tinyRequest());
	const files = await readdir(folder, { recursive: true });
	const file = join(folder, files.find((name) => name.endsWith("00002-8")) ?? "");
	const bytes = await readFile(file);
	bytes.writeUInt8(bytes.readUInt8(bytes.length - 40) ^ 1, bytes.length - 40);
	await writeFile(file, bytes);
	const ends: PassState[] = [];
	engine.watch((state) => ends.push(state));
	const after = await engine.measure(tinyRequest());
	expect([engine.passesStarted, ends.at(-1)?.total]).toEqual([2, 8]);
	expect(valuesOf(after)).toEqual(valuesOf(before));
});

test("batches too small for unbiased HSIC are answered without a pass, with a site and no records", async () => {
	const engine = await engineOn(new MemoryStore());
	const [small, few] = await engine.measure([
		tinyMeasurement("vit", "linearCka", 12, 3),
		tinyMeasurement("vit", "linearCka", 5, 8),
	]);
	expect([small?.records, few?.records, engine.passesStarted]).toEqual([[], [], 0]);
	expect(small?.layers.length).toBeGreaterThan(0);
});

test.each([
	["no images", { count: 0 }, /count is 0/],
	["half an image", { count: 1.5 }, /count is 1.5/],
	["images that are no number", { count: Number.NaN }, /count is NaN/],
	["an empty batch", { batchSize: 0 }, /batchSize is 0/],
])("%s is refused before anything runs", async (_name, change, message) => {
	const engine = await engineOn(new MemoryStore());
	const measurement = tinyMeasurement("vit", "accuracy", 8);
	const changed = { ...measurement, images: { ...measurement.images, ...change } };
	await expect(engine.measure([changed])).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: expect.stringMatching(message),
	});
	expect(engine.passesStarted).toBe(0);
});

test("a question about a model that has changed since is refused", async () => {
	const engine = await engineOn(new MemoryStore());
	const measurement = tinyMeasurement("vit", "accuracy", 8);
	const changed = { ...measurement, model: { ...openTiny("vit").identity, digest: "0".repeat(64) } };
	await expect(engine.measure([changed])).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: expect.stringMatching(/^vit /),
	});
});

test("a store that cannot be written ends the pass with a sentence", async () => {
	const full: Store = new MemoryStore();
	full.put = async () => {
		throw new SightlineError("STORAGE", "cannot write a result in the store memory: the disk is full");
	};
	const engine = await engineOn(full);
	const ends: PassState[] = [];
	engine.watch((state) => ends.push(state));
	await expect(engine.measure(tinyRequest())).rejects.toMatchObject({ code: "STORAGE" });
	expect(ends.at(-1)).toMatchObject({ state: "failed", note: expect.stringContaining("the disk is full") });
});

test("where one of two passes fails, the other is left and stops", async () => {
	const store = new MemoryStore();
	const put = store.put.bind(store);
	store.put = async (key, bytes, labels) => {
		if (labels.model === "resnet") throw new SightlineError("STORAGE", "the disk is full");
		await put(key, bytes, labels);
	};
	const engine = await engineOn(store, { batchMs: 50 });
	const ends = new Map<string, PassState>();
	engine.watch((state) => ends.set(state.model, state));
	const both = [tinyMeasurement("resnet", "accuracy", 8), tinyMeasurement("vit", "accuracy", 400)];
	await expect(engine.measure(both)).rejects.toMatchObject({ code: "STORAGE" });
	await expect.poll(() => engine.passes().length).toBe(0);
	expect([ends.get("resnet")?.state, ends.get("vit")?.state]).toEqual(["failed", "cancelled"]);
});
