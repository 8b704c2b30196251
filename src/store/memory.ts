/** The store of one process, gone with it: for tests, and where nothing may be written. */
import { checkedKey } from "./key.ts";
import type { EntryLabels, Lease, Store, StoredEntry } from "./store.ts";

export class MemoryStore implements Store {
	readonly place = "memory";
	readonly folder = null;
	readonly #entries = new Map<string, { bytes: Uint8Array; labels: EntryLabels; usedAt: Date }>();
	readonly #leases = new Map<string, { done: number; total: number }>();

	async get(key: string): Promise<Uint8Array | undefined> {
		return this.getSync(key);
	}

	getSync(key: string): Uint8Array | undefined {
		const entry = this.#entries.get(checkedKey(key));
		if (entry === undefined) return undefined;
		entry.usedAt = new Date();
		return new Uint8Array(entry.bytes);
	}

	async put(key: string, bytes: Uint8Array, labels: EntryLabels): Promise<void> {
		this.#entries.set(checkedKey(key), { bytes: new Uint8Array(bytes), labels, usedAt: new Date() });
	}

	async has(key: string): Promise<boolean> {
		return this.#entries.has(checkedKey(key));
	}

	async lease(name: string): Promise<Lease> {
		const held = this.#leases.get(name);
		if (held !== undefined) return { held: false, holder: { process: process.pid, ...held } };
		const state = { done: 0, total: 0 };
		this.#leases.set(name, state);
		return {
			held: true,
			progress: (done, total) => {
				Object.assign(state, { done, total });
			},
			release: async () => {
				if (this.#leases.get(name) === state) this.#leases.delete(name);
			},
		};
	}

	async *entries(): AsyncIterable<StoredEntry> {
		for (const [key, { bytes, labels, usedAt }] of this.#entries) {
			yield { key, model: labels.model, metric: labels.metric, sizeBytes: bytes.length, usedAt };
		}
	}

	async remove(key: string): Promise<void> {
		this.#entries.delete(checkedKey(key));
	}
}
