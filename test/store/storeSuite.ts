/** What any store must do. Run on each of them: the facts are the contract's, not the place's. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.ts";

const labels = { model: "vit-s", metric: "accuracy" };
const key = "0a1b2c/00003-64";

export function storeSuite(name: string, make: () => Promise<Store>): void {
	describe(`a store ${name}`, () => {
		let store: Store;
		beforeEach(async () => {
			store = await make();
		});

		test("gives back what was put, and nothing where nothing was", async () => {
			const bytes = Uint8Array.of(1, 2, 255, 0);
			await store.put(key, bytes, labels);
			expect([...((await store.get(key)) ?? [])]).toEqual([1, 2, 255, 0]);
			expect([...(store.getSync(key) ?? [])]).toEqual([1, 2, 255, 0]);
			expect(await store.has(key)).toBe(true);
			expect(await store.get("0a1b2c/00003-32")).toBeUndefined();
			expect(store.getSync("0a1b2c/00003-32")).toBeUndefined();
			expect(await store.has("0a1b2c/00003-32")).toBe(false);
		});

		test("keeps an entry without bytes apart from none", async () => {
			await store.put(key, new Uint8Array(), labels);
			expect((await store.get(key))?.length).toBe(0);
		});

		test("is not changed by what happens to the bytes afterwards", async () => {
			const bytes = Uint8Array.of(7);
			await store.put(key, bytes, labels);
			bytes[0] = 8;
			(await store.get(key))?.fill(9);
			expect([...((await store.get(key)) ?? [])]).toEqual([7]);
		});

		test("takes the last of two puts under one key", async () => {
			await store.put(key, Uint8Array.of(1), labels);
			await store.put(key, Uint8Array.of(2, 3), labels);
			expect([...((await store.get(key)) ?? [])]).toEqual([2, 3]);
		});

		test("serves one of many concurrent puts, whole", async () => {
			const writers = Array.from({ length: 20 }, (_, writer) => new Uint8Array(10_000).fill(writer));
			await Promise.all(writers.map((bytes) => store.put(key, bytes, labels)));
			const found = (await store.get(key)) ?? new Uint8Array();
			expect(found.length).toBe(10_000);
			expect(new Set(found).size).toBe(1);
		});

		test("lists entries with their labels, size and time, and forgets what is removed", async () => {
			const before = Date.now() - 1_000; // file times may be coarser than the clock
			await store.put(key, new Uint8Array(500), labels);
			await store.put("ff00", new Uint8Array(1), { model: "resnet-s", metric: "linearCka" });
			const entries = await entriesOf(store);
			expect(entries.map(({ key, model, metric }) => [key, model, metric])).toEqual([
				[key, "vit-s", "accuracy"],
				["ff00", "resnet-s", "linearCka"],
			]);
			expect(entries[0]?.sizeBytes).toBeGreaterThanOrEqual(500);
			expect(entries[0]?.usedAt.getTime()).toBeGreaterThan(before);
			await store.remove(key);
			await store.remove("dd00");
			expect((await entriesOf(store)).map((entry) => entry.key)).toEqual(["ff00"]);
			expect(await store.has(key)).toBe(false);
		});

		test.each(["", "..", "ab/../cd", "/ab", "ab//cd", "AB", "ab/.hidden", "ab\\cd", "x"])(
			"refuses the key %j",
			async (bad) => {
				const refusal = expect.objectContaining({ code: "BAD_INPUT" });
				await expect(store.put(bad, new Uint8Array(), labels)).rejects.toEqual(refusal);
				await expect(store.get(bad)).rejects.toEqual(refusal);
				await expect(store.remove(bad)).rejects.toEqual(refusal);
				expect(() => store.getSync(bad)).toThrow(refusal);
			},
		);

		test("lends a lease to one asker at a time, each name apart", async () => {
			const [first, second, other] = [await store.lease("pass"), await store.lease("pass"), await store.lease("other")];
			expect([first.held, second.held, other.held]).toEqual([true, false, true]);
			expect(second).toMatchObject({ holder: { process: process.pid } });
			if (first.held) await first.release();
			const third = await store.lease("pass");
			expect(third.held).toBe(true);
			for (const lease of [third, other]) if (lease.held) await lease.release();
		});

		test("lends one lease to one of many who ask at once", async () => {
			const leases = await Promise.all(Array.from({ length: 16 }, () => store.lease("crowded")));
			expect(leases.filter((lease) => lease.held).length).toBe(1);
			for (const lease of leases) if (lease.held) await lease.release();
		});
	});
}

export async function entriesOf(store: Store) {
	const found = [];
	for await (const entry of store.entries()) found.push(entry);
	return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}
