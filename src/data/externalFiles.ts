/** The files of weights that a model names; only of the model's own folder, since a model is data from a stranger. */
import { createHash } from "node:crypto";
import { createReadStream, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, resolve } from "node:path";
import { SightlineError } from "../errors.ts";
import type { ExternalFile } from "../onnx/tensorProto.ts";
import { FileRanges } from "./fileRanges.ts";
import { insideFolder } from "./insideFolder.ts";
import { stateOf } from "./stored/fileState.ts";

/** Each is opened for as long as a part of it is read: what is large is never held, and nothing is left open. */
export class ExternalFiles {
	readonly #folder: string;
	readonly #known = new Map<string, Known>();

	/** @param folder of the model */
	constructor(folder: string) {
		this.#folder = folder;
	}

	/**
	 * @param location as the model names it
	 * @throws SightlineError BAD_INPUT: it lies elsewhere, or has changed when it is read; NOT_FOUND: there is no such file
	 */
	open(location: string): ExternalFile {
		const path = resolve(this.#folder, location);
		if (isAbsolute(location) || insideFolder(this.#folder, location) === null) {
			throw new SightlineError("BAD_INPUT", `it keeps weights in ${location}, which is not in its own folder`);
		}
		const known = this.#known.get(path) ?? fileAt(path, location);
		this.#known.set(path, known);
		return known.file;
	}

	/** SHA-256 of each, in hexadecimal, in the order in which the model names them first. */
	async digests(): Promise<readonly string[]> {
		const digests: string[] = [];
		for (const { path } of this.#known.values()) {
			const hash = createHash("sha256");
			for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
			digests.push(hash.digest("hex"));
		}
		return digests;
	}

	/** Whether all of them are what they were when the model was opened. */
	areUnchanged(): boolean {
		return [...this.#known.values()].every(({ path, state }) => stateAt(path) === state);
	}
}

interface Known {
	readonly path: string;
	readonly state: string | null;
	readonly file: ExternalFile;
}

function fileAt(given: string, location: string): Known {
	const state = stateAt(given);
	if (state === null) {
		const hint = "Put that file beside the model.";
		throw new SightlineError("NOT_FOUND", `it keeps weights in ${location}, which is not there`, { hint });
	}
	// A cache may hold links: a runtime that reads the file by itself wants the folder that it truly is in.
	const path = realpathSync(given);
	const read = (begin: number, end: number): Uint8Array => {
		const ranges = new FileRanges(path);
		try {
			if (stateAt(path) !== state) {
				const hint = "Ask again, once it is written.";
				throw new SightlineError("BAD_INPUT", `${path} has changed since the model was opened`, { hint });
			}
			return ranges.read(begin, end);
		} finally {
			ranges.close();
		}
	};
	return { path, state, file: { folder: dirname(path), location: basename(path), size: statSync(path).size, read } };
}

/** null where there is no file, and where no path can be such. */
function stateAt(path: string): string | null {
	if (path.includes("\0")) return null;
	const stats = statSync(path, { throwIfNoEntry: false });
	return stats?.isFile() ? stateOf(stats) : null;
}
