/** Making room in a store, and seeing what fills it. */
import type { Store, StoredEntry } from "./store.ts";

/** The metric whose records are Gram matrices: by far the largest, and the first to go. */
const gramMetric = "linearCka";

export interface Pruned {
	readonly removedEntries: number;
	readonly removedBytes: number;
	readonly keptBytes: number;
}

/**
 * Removes entries until at most `keepBytes` remain: Gram records first, the least recently used of them before the
 * others, then whatever else was least recently used.
 */
export async function prune(store: Store, keepBytes: number): Promise<Pruned> {
	const entries: StoredEntry[] = [];
	for await (const entry of store.entries()) entries.push(entry);
	let keptBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
	let removedEntries = 0;
	let removedBytes = 0;
	for (const entry of entries.sort(byWorth)) {
		if (keptBytes <= keepBytes) break;
		await store.remove(entry.key);
		keptBytes -= entry.sizeBytes;
		removedBytes += entry.sizeBytes;
		removedEntries++;
	}
	return { removedEntries, removedBytes, keptBytes };
}

/** What goes first comes first; the key settles entries used at the same moment. */
function byWorth(a: StoredEntry, b: StoredEntry): number {
	return (
		Number(b.metric === gramMetric) - Number(a.metric === gramMetric) ||
		a.usedAt.getTime() - b.usedAt.getTime() ||
		(a.key < b.key ? -1 : 1)
	);
}

export interface Usage {
	readonly model: string;
	readonly entries: number;
	readonly sizeBytes: number;
	/** Bytes by metric. */
	readonly metrics: Readonly<Record<string, number>>;
}

/** What each model's entries take, the largest first. */
export async function usageByModel(store: Store): Promise<Usage[]> {
	const models = new Map<string, { entries: number; sizeBytes: number; metrics: Record<string, number> }>();
	for await (const { model, metric, sizeBytes } of store.entries()) {
		const usage = models.get(model) ?? { entries: 0, sizeBytes: 0, metrics: {} };
		usage.entries++;
		usage.sizeBytes += sizeBytes;
		usage.metrics[metric] = (usage.metrics[metric] ?? 0) + sizeBytes;
		models.set(model, usage);
	}
	return [...models].map(([model, usage]) => ({ model, ...usage })).sort((a, b) => b.sizeBytes - a.sizeBytes);
}
