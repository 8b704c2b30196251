import { expect, test, vi } from "vitest";
import { MemoryStore } from "../../src/store/memory.ts";
import { prune, usageByModel } from "../../src/store/prune.ts";
import { entriesOf } from "./storeSuite.ts";

/** Entries of 100 bytes, used one minute after the other in this order. */
async function storeOf(...entries: readonly [key: string, model: string, metric: string][]) {
	vi.useFakeTimers({ now: 0 });
	const store = new MemoryStore();
	for (const [key, model, metric] of entries) {
		vi.advanceTimersByTime(60_000);
		await store.put(key, new Uint8Array(100), { model, metric });
	}
	vi.useRealTimers();
	return store;
}

const filled = () =>
	storeOf(
		["a0", "vit-s", "accuracy"],
		["b0", "vit-s", "linearCka"],
		["c0", "resnet-s", "linearCka"],
		["d0", "resnet-s", "attentionDistance"],
	);

test.each([
	[400, ["a0", "b0", "c0", "d0"]],
	[399, ["a0", "c0", "d0"]],
	[200, ["a0", "d0"]],
	[150, ["d0"]],
	[0, []],
])("keeping %i bytes drops Gram records first, the least recently used before the others", async (keep, left) => {
	const store = await filled();
	const pruned = await prune(store, keep);
	expect((await entriesOf(store)).map((entry) => entry.key)).toEqual(left);
	expect(pruned).toEqual({
		removedEntries: 4 - left.length,
		removedBytes: 400 - 100 * left.length,
		keptBytes: 100 * left.length,
	});
});

test("usage adds up by model and metric, the largest first", async () => {
	const store = await storeOf(
		["a0", "vit-s", "accuracy"],
		["b0", "resnet-s", "linearCka"],
		["c0", "resnet-s", "linearCka"],
	);
	expect(await usageByModel(store)).toEqual([
		{ model: "resnet-s", entries: 2, sizeBytes: 200, metrics: { linearCka: 200 } },
		{ model: "vit-s", entries: 1, sizeBytes: 100, metrics: { accuracy: 100 } },
	]);
});
