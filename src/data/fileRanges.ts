/** A file that is read by ranges, each when it is asked for: a checkpoint larger than memory likes is never held whole. */
import { createHash } from "node:crypto";
import { closeSync, createReadStream, fstatSync, openSync, readSync } from "node:fs";
import type { ByteRanges } from "../checkpoint/byteRanges.ts";
import { SightlineError } from "../errors.ts";

/** Stays the same file until it is closed, whatever is renamed to its place meanwhile. */
export class FileRanges implements ByteRanges {
	readonly size: number;
	readonly #file: string;
	readonly #descriptor: number;

	/** @throws SightlineError NOT_FOUND: there is no such file */
	constructor(file: string) {
		this.#file = file;
		try {
			this.#descriptor = openSync(file, "r");
		} catch (cause) {
			throw new SightlineError("NOT_FOUND", `there is no file ${file}, or it cannot be read`, { cause });
		}
		this.size = fstatSync(this.#descriptor).size;
	}

	/** @throws SightlineError BAD_INPUT: the file has become shorter */
	read(begin: number, end: number): Uint8Array {
		const bytes = new Uint8Array(end - begin);
		for (let at = 0; at < bytes.length; ) {
			const length = Math.min(bytes.length - at, mostAtOnce);
			const count = readSync(this.#descriptor, bytes, at, length, begin + at);
			if (count === 0) {
				throw new SightlineError("BAD_INPUT", `${this.#file} was cut off at byte ${begin + at} while it was read`);
			}
			at += count;
		}
		return bytes;
	}

	/** Of all its bytes, in hexadecimal. */
	async sha256(): Promise<string> {
		const hash = createHash("sha256");
		const bytes = createReadStream("", { fd: this.#descriptor, start: 0, autoClose: false, highWaterMark: 1 << 20 });
		for await (const chunk of bytes) hash.update(chunk);
		return hash.digest("hex");
	}

	close(): void {
		closeSync(this.#descriptor);
	}
}

/** A single read of Linux ends at 2 GB. */
const mostAtOnce = 1 << 30;
