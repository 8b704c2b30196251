/**
 * The store in a folder that several processes may share. An entry is one file, `<first two digits>/<key>`, written to a
 * temporary name and renamed into place, so a reader sees all of it or nothing; nothing is flushed to the platter, since
 * an entry torn by a power cut fails its checksum and is measured again. An entry's file time says when it was last used.
 */

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { open, readdir, rename, rm, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { systemCodeOf } from "../errors.ts";
import { frame, headBytes, readHeader, unframe } from "./frame.ts";
import { checkedKey } from "./key.ts";
import { acquireLease } from "./lease.ts";
import { makeFolder } from "./makeFolder.ts";
import { onStorage, onStorageSync } from "./storageError.ts";
import type { EntryLabels, Lease, Store, StoredEntry } from "./store.ts";

/** A file's time is renewed at a read only when older than this: a cached report reads thousands of entries. */
const usedAtStepMs = 60_000;
/** A temporary file this old was left by a process that died. */
const abandonedMs = 3_600_000;

export class DiskStore implements Store {
	readonly place: string;
	readonly folder: string;
	readonly #temporary: string;
	readonly #leases: string;
	#prepared: Promise<void> | undefined;

	/** @param place the folder; made at the first write */
	constructor(place: string) {
		this.place = place;
		this.folder = place;
		this.#temporary = join(place, "temporary");
		this.#leases = join(place, "leases");
	}

	async get(key: string): Promise<Uint8Array | undefined> {
		const path = this.#path(key);
		const bytes = await onStorage("read a result", this.place, () => readUsed(path));
		if (bytes === undefined) return undefined;
		const payload = unframe(key, bytes);
		// Where the folder is read-only a damaged file stays, and stays unserved.
		if (payload === undefined) await unlink(path).catch(() => {});
		return payload;
	}

	/** Notes no use and removes no damaged file: whoever reads so has had the entry from `get` before. */
	getSync(key: string): Uint8Array | undefined {
		const path = this.#path(key);
		const bytes = onStorageSync("read a result", this.place, () => unlessMissingSync(() => readFileSync(path)));
		return bytes && unframe(key, bytes);
	}

	async put(key: string, bytes: Uint8Array, labels: EntryLabels): Promise<void> {
		const path = this.#path(key);
		await onStorage("write a result", this.place, async () => {
			await this.#prepare();
			const temporary = join(this.#temporary, randomUUID());
			try {
				await writeParts(temporary, frame(key, bytes, labels));
				await makeFolder(dirname(path));
				await rename(temporary, path);
			} catch (error) {
				await rm(temporary, { force: true }).catch(() => {});
				throw error;
			}
		});
	}

	async has(key: string): Promise<boolean> {
		const path = this.#path(key);
		const found = await onStorage("look for a result", this.place, () => unlessMissing(stat(path)));
		return found !== undefined;
	}

	async lease(name: string): Promise<Lease> {
		return onStorage("write a lease", this.place, async () => {
			await this.#prepare();
			return acquireLease({ leases: this.#leases, temporary: this.#temporary }, name);
		});
	}

	/** Every entry whose header can be read; contents are verified when they are got. */
	async *entries(): AsyncIterable<StoredEntry> {
		for (const folder of (await this.#list(this.place)).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
			for (const path of await this.#files(join(this.place, folder))) {
				const entry = await onStorage("read a result", this.place, () => describe(path));
				if (entry !== undefined) yield entry;
			}
		}
	}

	async remove(key: string): Promise<void> {
		const path = this.#path(key);
		await onStorage("remove a result", this.place, () => rm(path, { force: true }));
	}

	#path(key: string): string {
		return join(this.place, key.slice(0, 2), ...checkedKey(key).split("/"));
	}

	/** Makes the folders once, and clears what dead processes left behind. */
	#prepare(): Promise<void> {
		this.#prepared ??= prepare(this.#temporary, this.#leases).catch((error: unknown) => {
			this.#prepared = undefined;
			throw error;
		});
		return this.#prepared;
	}

	async #list(folder: string): Promise<string[]> {
		return (await onStorage("list results", this.place, () => unlessMissing(readdir(folder)))) ?? [];
	}

	async #files(folder: string): Promise<string[]> {
		const found = await onStorage("list results", this.place, () =>
			unlessMissing(readdir(folder, { recursive: true, withFileTypes: true })),
		);
		return (found ?? []).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	}
}

async function prepare(temporary: string, leases: string): Promise<void> {
	await makeFolder(temporary);
	await makeFolder(leases);
	for (const name of await readdir(temporary)) {
		const path = join(temporary, name);
		const left = await unlessMissing(stat(path));
		if (left !== undefined && Date.now() - left.mtimeMs > abandonedMs) await rm(path, { recursive: true, force: true });
	}
}

/** A file's bytes, noting that it was used. */
async function readUsed(path: string): Promise<Buffer | undefined> {
	const file = await unlessMissing(open(path, "r"));
	if (file === undefined) return undefined;
	try {
		const { mtimeMs } = await file.stat();
		const now = new Date();
		// In a read-only store entries are served all the same.
		if (now.getTime() - mtimeMs > usedAtStepMs) await file.utimes(now, now).catch(() => {});
		return await file.readFile();
	} finally {
		await file.close();
	}
}

async function writeParts(path: string, parts: readonly Uint8Array[]): Promise<void> {
	const file = await open(path, "wx");
	try {
		for (const part of parts) await file.writeFile(part);
	} finally {
		await file.close();
	}
}

async function describe(path: string): Promise<StoredEntry | undefined> {
	const file = await unlessMissing(open(path, "r"));
	if (file === undefined) return undefined;
	try {
		const { size, mtime } = await file.stat();
		const head = Buffer.alloc(Math.min(headBytes, size));
		await file.read(head, 0, head.length, 0);
		const header = readHeader(head);
		if (header === undefined) return undefined;
		const { key, model, metric } = header;
		return { key, model, metric, sizeBytes: size, usedAt: mtime };
	} finally {
		await file.close();
	}
}

/** undefined where the file is not there, or was taken away between a listing and a look. */
async function unlessMissing<T>(action: Promise<T>): Promise<T | undefined> {
	try {
		return await action;
	} catch (error) {
		if (systemCodeOf(error) === "ENOENT") return undefined;
		throw error;
	}
}

function unlessMissingSync<T>(action: () => T): T | undefined {
	try {
		return action();
	} catch (error) {
		if (systemCodeOf(error) === "ENOENT") return undefined;
		throw error;
	}
}
