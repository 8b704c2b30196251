/**
 * Results by key. What comes out is what went in, or nothing: a torn or altered entry is found by its checksum, dropped
 * and reported as missing, so that whoever asked computes it again.
 */
export interface Store {
	/** The entry's bytes, or undefined where there is none (or it was damaged). */
	get(key: string): Promise<Uint8Array | undefined>;
	/** The same at once: for threads that serve nobody meanwhile. */
	getSync(key: string): Uint8Array | undefined;
	/** Written whole or not at all. */
	put(key: string, bytes: Uint8Array, labels: EntryLabels): Promise<void>;
	has(key: string): Promise<boolean>;
	/** The right to do the work called `name`, for one process at a time. */
	lease(name: string): Promise<Lease>;
	entries(): AsyncIterable<StoredEntry>;
	remove(key: string): Promise<void>;
	/** Where it is, for messages. */
	readonly place: string;
	/** The folder by which another thread can open it; null where no other can. */
	readonly folder: string | null;
}

/** What an entry belongs to, for `sightline store` and pruning. */
export interface EntryLabels {
	readonly model: string;
	readonly metric: string;
}

export interface StoredEntry extends EntryLabels {
	readonly key: string;
	readonly sizeBytes: number;
	readonly usedAt: Date;
}

/** Held: do the work and release. Not held: another live process does it; its progress is what it last said. */
export type Lease =
	| { readonly held: true; progress(done: number, total: number): void; release(): Promise<void> }
	| {
			readonly held: false;
			readonly holder: { readonly process: number; readonly done: number; readonly total: number };
	  };
