/**
 * The beginning of a file that is being fetched, or was broken off. Beside it, as "<part>.etag", stands the ETag that its
 * bytes came with, by which a host tells whether the rest still belongs to them.
 */
import { type FileHandle, mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type ContentDigest, fileHasDigest } from "./contentDigest.ts";
import { onDisk, unlessMissing } from "./diskFailure.ts";

export interface PartStart {
	/** 0 where there is none. */
	readonly bytes: number;
	readonly etag: string | undefined;
}

export interface PartWriter {
	write(chunk: Uint8Array): Promise<void>;
	/** All of it is on the disk: a file that is renamed into its place is not looked at again. */
	settle(): Promise<void>;
	close(): Promise<void>;
}

export class FilePart {
	readonly folder: string;
	readonly #path: string;
	readonly #etagPath: string;

	/** @param path in a folder that is there */
	constructor(path: string) {
		this.folder = dirname(path);
		this.#path = path;
		this.#etagPath = `${path}.etag`;
	}

	async start(): Promise<PartStart> {
		return onDisk(this.folder, async () => ({
			bytes: (await unlessMissing(stat(this.#path)))?.size ?? 0,
			etag: await unlessMissing(readFile(this.#etagPath, "utf8")),
		}));
	}

	/** Goes on behind the bytes that are there. */
	async resume(from: number): Promise<PartWriter> {
		return this.#writer("r+", from);
	}

	/** Begins in a new file: a process that lost its lease, and does not know it yet, may still write to the old one. */
	async begin(etag: string | undefined): Promise<PartWriter> {
		await this.remove();
		// A weak ETag says that two files mean the same, not that their bytes are equal.
		if (etag?.startsWith('"')) await onDisk(this.folder, () => writeFile(this.#etagPath, etag));
		return this.#writer("wx", 0);
	}

	async hasDigest(digest: ContentDigest): Promise<boolean> {
		return onDisk(this.folder, () => fileHasDigest(this.#path, digest));
	}

	async remove(): Promise<void> {
		await onDisk(this.folder, async () => {
			await rm(this.#path, { force: true });
			await rm(this.#etagPath, { force: true });
		});
	}

	/** Gives the whole file its place. */
	async moveTo(place: string): Promise<void> {
		await onDisk(this.folder, async () => {
			await mkdir(dirname(place), { recursive: true });
			await rename(this.#path, place);
			await rm(this.#etagPath, { force: true });
		});
	}

	async #writer(flags: "r+" | "wx", from: number): Promise<PartWriter> {
		const file = await onDisk(this.folder, () => open(this.#path, flags));
		let position = from;
		return {
			write: async (chunk) => {
				await onDisk(this.folder, () => writeAt(file, chunk, position));
				position += chunk.length;
			},
			settle: () => onDisk(this.folder, () => file.datasync()),
			close: () => file.close(),
		};
	}
}

async function writeAt(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
	for (let done = 0; done < chunk.length; ) {
		done += (await file.write(chunk, done, chunk.length - done, position + done)).bytesWritten;
	}
}
