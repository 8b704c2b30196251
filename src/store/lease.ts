/**
 * Leases in a shared folder. A lease is a folder named after the work, and in it one file named by its holder's token.
 * It comes into being by renaming a prepared folder into place, which fails where a lease is held, and is taken over by
 * renaming the silent holder's file to the taker's token: of several takers one finds the file, the others do not.
 * Whoever finds a file under its own token holds the lease; a holder that slept and lost it cannot revive it, since its
 * heartbeat never creates a file.
 */

import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { systemCodeOf } from "../errors.ts";
import type { Lease } from "./store.ts";

const heartbeatMs = 2_000;
const silentMs = 10_000;
/** Rewritten in place at one length, so that a reader sees the old state or the new. */
const stateBytes = 512;
/** Changes of hands while looking; more than a few in a row means that something else is wrong. */
const attempts = 20;

interface Holder {
	readonly process: number;
	readonly host: string;
	readonly done: number;
	readonly total: number;
}

export interface LeaseFolders {
	readonly leases: string;
	/** On the same file system. */
	readonly temporary: string;
}

/** The lease where it is free or its holder is silent, else who holds it. */
export async function acquireLease(folders: LeaseFolders, name: string): Promise<Lease> {
	const place = join(folders.leases, createHash("sha256").update(name).digest("hex"));
	const token = randomUUID();
	for (let attempt = 0; attempt < attempts; attempt++) {
		const current = await look(place);
		if (current !== undefined && !isSilent(current)) return { held: false, holder: current.holder };
		const ours = current === undefined ? create(folders, place, token) : takeOver(place, current.token, token);
		if (await ours) return hold(place, token);
	}
	throw new Error(`the lease ${place} keeps changing hands`);
}

/** Whether the lease was free and is now ours. */
async function create({ temporary }: LeaseFolders, place: string, token: string): Promise<boolean> {
	const prepared = join(temporary, token);
	await mkdir(prepared);
	await writeFile(join(prepared, token), encode({ done: 0, total: 0 }));
	try {
		// A folder with a holder in it is refused everywhere; an empty one, whose holder died within a release, by
		// Windows alone.
		await rmdir(place).catch(() => {});
		await rename(prepared, place);
		return true;
	} catch (error) {
		await rm(prepared, { recursive: true, force: true });
		if (await exists(place)) return false;
		throw error;
	}
}

interface Current {
	readonly token: string;
	readonly holder: Holder;
	readonly quietMs: number;
}

/** Who holds the lease, or undefined where it was released or changed hands meanwhile. */
async function look(place: string): Promise<Current | undefined> {
	try {
		const [token] = await readdir(place);
		if (token === undefined) return undefined;
		const path = join(place, token);
		const { mtimeMs, ctimeMs } = await stat(path);
		// A rename keeps mtime and sets ctime: a lease just taken over is not silent, even before its first heartbeat.
		const quietMs = Date.now() - Math.max(mtimeMs, ctimeMs);
		return { token, holder: decode(await readFile(path, "utf8")), quietMs };
	} catch (error) {
		if (systemCodeOf(error) === "ENOENT") return undefined;
		throw error;
	}
}

/** A holder on this machine whose process is gone needs no ten seconds to be believed. */
function isSilent({ holder, quietMs }: Current): boolean {
	return quietMs > silentMs || (holder.host === hostname() && !isAlive(holder.process));
}

function isAlive(processId: number): boolean {
	try {
		process.kill(processId, 0);
		return true;
	} catch (error) {
		return systemCodeOf(error) !== "ESRCH";
	}
}

/** Whether the silent holder's file was still there and is now ours. */
async function takeOver(place: string, silent: string, token: string): Promise<boolean> {
	try {
		await rename(join(place, silent), join(place, token));
		return await beat(join(place, token), { done: 0, total: 0 });
	} catch (error) {
		if (systemCodeOf(error) === "ENOENT") return false;
		throw error;
	}
}

function hold(place: string, token: string): Lease {
	const path = join(place, token);
	let state: Progress = { done: 0, total: 0 };
	let beating = Promise.resolve();
	const heartbeat = setInterval(() => {
		beating = beat(path, state).then(
			(ours) => {
				if (!ours) clearInterval(heartbeat);
			},
			// A full disk does not end the work; the lease falls silent, and at worst two processes do the same.
			() => {},
		);
	}, heartbeatMs).unref();
	return {
		held: true,
		progress(done, total) {
			state = { done, total };
		},
		async release() {
			clearInterval(heartbeat);
			await beating;
			await unlink(path).catch(() => {});
			await rmdir(place).catch(() => {});
		},
	};
}

interface Progress {
	readonly done: number;
	readonly total: number;
}

/** Rewrites the file under our token; false where it is gone, because another took over. */
async function beat(path: string, state: Progress): Promise<boolean> {
	try {
		const file = await open(path, "r+");
		try {
			await file.write(encode(state), 0, stateBytes, 0);
			return true;
		} finally {
			await file.close();
		}
	} catch (error) {
		if (systemCodeOf(error) === "ENOENT") return false;
		throw error;
	}
}

function encode(state: Progress): Buffer {
	const holder: Holder = { process: process.pid, host: hostname(), ...state };
	return Buffer.from(JSON.stringify(holder).padEnd(stateBytes)).subarray(0, stateBytes);
}

/** What cannot be read is a holder that nobody knows, alive until it falls silent. */
function decode(text: string): Holder {
	try {
		const { process, host, done, total } = JSON.parse(text) as Partial<Holder>; // each field has a fallback
		return { process: process ?? 0, host: host ?? "", done: done ?? 0, total: total ?? 0 };
	} catch {
		return { process: 0, host: "", done: 0, total: 0 };
	}
}

async function exists(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		() => false,
	);
}
