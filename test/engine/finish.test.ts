import { expect, onTestFinished, test } from "vitest";
import { threadedFinisher } from "../../src/engine/finish/finisher.ts";
import type { CkaSides } from "../../src/metrics/linearCka.ts";
import { statistics } from "../../src/metrics/statistics.ts";
import { DiskStore } from "../../src/store/disk.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { tinyEngine, tinyMeasurement } from "../support/tinyEngine.ts";

const options = { estimator: "unbiased", isShuffled: false } as const;

test.each([
	["in memory", async () => new MemoryStore()],
	["on disk", async () => new DiskStore(await temporaryFolder())],
])("values from records of a store %s are those of the records themselves", async (_where, make) => {
	const store = await make();
	const engine = await tinyEngine(store);
	onTestFinished(() => engine.close());
	const [rows, columns, accuracy] = await engine.measure([
		tinyMeasurement("vit", "linearCka", 40),
		tinyMeasurement("resnet", "linearCka", 40),
		tinyMeasurement("vit", "accuracy", 40),
	]);
	if (rows === undefined || columns === undefined || accuracy === undefined) throw new Error("no records");
	const sides: CkaSides = [rows, columns];
	expect(await engine.finish("linearCka", sides, options)).toEqual(statistics.linearCka(sides, options));
	expect(await engine.finish("accuracy", [accuracy], undefined)).toEqual(statistics.accuracy([accuracy]));
});

test("a record that vanishes between its measurement and the value is an error that says to ask again", async () => {
	const store = new DiskStore(await temporaryFolder());
	const engine = await tinyEngine(store);
	onTestFinished(() => engine.close());
	const measurement = tinyMeasurement("vit", "linearCka", 40);
	const [records] = await engine.measure([measurement]);
	if (records === undefined) throw new Error("no records");
	for await (const { key } of store.entries()) if (key.endsWith("00002-8")) await store.remove(key);
	await expect(engine.finish("linearCka", [records], options)).rejects.toMatchObject({
		code: "STORAGE",
		message: expect.stringMatching(/^record .*00002-8 vanished/),
		hint: expect.stringContaining("Ask again"),
	});
	await engine.measure([measurement]);
	expect(engine.passesStarted).toBe(2);
	expect(await engine.finish("linearCka", [records], options)).toMatchObject({ batches: 5 });
});

test("records that no engine measured are finished as they are given", async () => {
	const finisher = threadedFinisher(new DiskStore(await temporaryFolder()));
	onTestFinished(() => finisher.close());
	const { anatomy, layers } = await siteOf();
	const records = [{ index: 0, images: 8, values: Float32Array.of(0, 0, 1, 0, 7, 0, 2, 0) }];
	const side = { anatomy, parameters: {}, layers, batchSize: 8, records };
	expect(await finisher.finish("accuracy", [side], undefined)).toEqual(statistics.accuracy([side]));
});

async function siteOf() {
	const engine = await tinyEngine(new MemoryStore());
	onTestFinished(() => engine.close());
	const [records] = await engine.measure([tinyMeasurement("vit", "linearCka", 5)]);
	if (records === undefined) throw new Error("no records");
	return records;
}
