/**
 * Fetches one file into its part, which may hold its beginning already: goes on where it was broken off, begins anew
 * where the host has another file by now, and ends when all bytes are on the disk and are what the host promised.
 * (@huggingface/hub has no resuming, no bound and no check of what came.)
 */
import { statfs } from "node:fs/promises";
import { SightlineError } from "../../errors.ts";
import type { Access } from "./access.ts";
import type { ContentDigest } from "./contentDigest.ts";
import { cannotKeep, onDisk } from "./diskFailure.ts";
import type { Reply } from "./exchange.ts";
import type { FilePart, PartStart, PartWriter } from "./filePart.ts";
import { sizeOf } from "./fileState.ts";
import { follow } from "./follow.ts";
import { type Asked, refusalOf } from "./refusal.ts";
import { TransientFailure } from "./remoteFailure.ts";
import { withRetries } from "./retries.ts";

/** What is to be fetched, and what is known of it. */
export interface WantedFile {
	readonly asked: Asked;
	readonly url: URL;
	readonly part: FilePart;
	readonly sizeBytes: number | null;
	readonly digest: ContentDigest | null;
	/** That the bytes themselves must come with; null where the host of the bytes has ETags of its own, or none. */
	readonly etag: string | null;
	readonly maxFileBytes: number;
}

export interface DownloadOptions {
	readonly signal: AbortSignal | undefined;
	readonly onProgress: OnProgress;
	readonly freeBytes: FreeBytes;
}

/** @param totalBytes null where the host does not say */
export type OnProgress = (progress: { readonly doneBytes: number; readonly totalBytes: number | null }) => void;

/** Bytes that the folder's disk has left for this user. */
export type FreeBytes = (folder: string) => Promise<number>;

export const systemFreeBytes: FreeBytes = async (folder) => {
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
};

/** So much of a file makes up for failures before it. */
const progressBytes = 2 ** 16;

/**
 * Leaves the whole, checked file at its part.
 * @throws SightlineError LIMIT: it is too large; STORAGE: the disk; REMOTE, NOT_FOUND: the host; CANCELLED
 */
export async function download(access: Access, wanted: WantedFile, options: DownloadOptions): Promise<void> {
	checkSize(wanted, wanted.sizeBytes);
	await fetchRest(access, wanted, options);
	if (await isRight(wanted)) return;
	// Either the beginning was of another file, or the way garbled it; once more, from the start, tells which.
	await wanted.part.remove();
	await fetchRest(access, wanted, options);
	if (await isRight(wanted)) return;
	await wanted.part.remove();
	throw broken(wanted, `what came is not what it should be: its ${nameOf(wanted.digest)} is another`);
}

/** Returns when the part is as long as the file. */
async function fetchRest(access: Access, wanted: WantedFile, options: DownloadOptions): Promise<void> {
	const { signal } = options;
	await withRetries({ wait: access.wait, signal }, async (progressed) => {
		const start = await usableStart(wanted);
		if (start.bytes > 0 && start.bytes === wanted.sizeBytes) return;
		await checkRoom(wanted, (wanted.sizeBytes ?? 0) - start.bytes, options.freeBytes);
		const headers = start.bytes > 0 ? rangeHeaders(start) : {};
		const reply = await follow(access, { method: "GET", url: wanted.url, headers, signal });
		try {
			await receive(reply, wanted, start, options, progressed);
		} finally {
			reply.close();
		}
	});
}

/** What came before, or nothing where it is of no use. */
async function usableStart({ part, digest, sizeBytes }: WantedFile): Promise<PartStart> {
	const start = await part.start();
	// Without a digest nothing but the ETag says that the rest belongs to the same file.
	const isUsable = (digest !== null || start.etag !== undefined) && start.bytes <= (sizeBytes ?? start.bytes);
	return isUsable ? start : { bytes: 0, etag: undefined };
}

function rangeHeaders({ bytes, etag }: PartStart): Record<string, string> {
	return { range: `bytes=${bytes}-`, ...(etag === undefined ? {} : { "if-range": etag }) };
}

async function receive(
	reply: Reply,
	wanted: WantedFile,
	start: PartStart,
	options: DownloadOptions,
	progressed: () => void,
): Promise<void> {
	const { status, headers, url } = reply;
	if (status === 416) {
		await wanted.part.remove();
		throw transient(wanted, `${url.host} has less of it than came before`);
	}
	if (status !== 200 && status !== 206) throw refusalOf(reply, wanted.asked);
	if ((headers["content-encoding"] ?? "identity") !== "identity") {
		throw broken(wanted, `${url.host} sends it compressed, although it was not asked to`);
	}
	if (wanted.etag !== null && headers.etag !== undefined && headers.etag !== wanted.etag) {
		throw broken(wanted, "it changed while it was fetched");
	}
	const from = status === 206 ? start.bytes : 0;
	const total = status === 206 ? totalOf(reply, start.bytes) : sizeOf(headers["content-length"]);
	if (total === undefined) {
		await wanted.part.remove();
		throw transient(wanted, `${url.host} sends another range than it was asked for`);
	}
	if (wanted.sizeBytes !== null && total !== null && total !== wanted.sizeBytes) {
		await wanted.part.remove();
		throw broken(wanted, `it should have ${wanted.sizeBytes} bytes, and ${url.host} has ${total}`);
	}
	checkSize(wanted, total);
	const totalBytes = total ?? wanted.sizeBytes;
	if (wanted.sizeBytes === null) await checkRoom(wanted, (total ?? 0) - from, options.freeBytes);
	const file = from > 0 ? await wanted.part.resume(from) : await wanted.part.begin(headers.etag);
	try {
		await write(reply, file, { wanted, from, totalBytes, onProgress: options.onProgress, progressed });
	} finally {
		await file.close();
	}
}

/** The whole length that Content-Range states; undefined where the range is not the one that was asked for. */
function totalOf({ headers }: Reply, asked: number): number | null | undefined {
	const [, from, whole] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers["content-range"] ?? "") ?? [];
	return asked > 0 && from === String(asked) ? sizeOf(whole) : undefined;
}

interface Writing {
	readonly wanted: WantedFile;
	readonly from: number;
	readonly totalBytes: number | null;
	readonly onProgress: OnProgress;
	readonly progressed: () => void;
}

async function write(reply: Reply, file: PartWriter, writing: Writing): Promise<void> {
	const { wanted, from, totalBytes, onProgress, progressed } = writing;
	let position = from;
	onProgress({ doneBytes: position, totalBytes });
	for await (const chunk of reply.body) {
		checkSize(wanted, position + chunk.length);
		await file.write(chunk);
		position += chunk.length;
		if (position - from >= progressBytes) progressed();
		onProgress({ doneBytes: position, totalBytes });
	}
	if (totalBytes !== null && position !== totalBytes) {
		throw transient(wanted, `${reply.url.host} sent ${position} of ${totalBytes} bytes`);
	}
	await file.settle();
}

async function isRight({ part, digest }: WantedFile): Promise<boolean> {
	return digest === null || (await part.hasDigest(digest));
}

function checkSize({ asked, maxFileBytes }: WantedFile, sizeBytes: number | null): void {
	if (sizeBytes === null || sizeBytes <= maxFileBytes) return;
	throw new SightlineError(
		"LIMIT",
		`${asked.what}: it has ${sizeBytes} bytes or more, and ${maxFileBytes} are allowed`,
	);
}

async function checkRoom({ asked, part }: WantedFile, neededBytes: number, freeBytes: FreeBytes): Promise<void> {
	const free = await onDisk(part.folder, () => freeBytes(part.folder));
	if (neededBytes > free) {
		throw cannotKeep(part.folder, `${asked.what} needs ${neededBytes} more bytes, and its disk has ${free} left`);
	}
}

function transient(wanted: WantedFile, what: string): TransientFailure {
	return new TransientFailure(broken(wanted, what));
}

function broken({ asked }: WantedFile, what: string): SightlineError {
	return new SightlineError("REMOTE", `${asked.what}: ${what}`, {
		hint: "Try again; if it stays so, the host or something on the way to it is at fault.",
	});
}

function nameOf(digest: ContentDigest | null): string {
	return digest?.algorithm === "sha256" ? "SHA-256" : "SHA-1 (git)";
}
