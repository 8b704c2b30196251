/** Whether a file is an image: read and decoded once, which nothing less than decoding can tell of a torn file. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SightlineError } from "../../errors.ts";
import { decodeImage } from "../decode/decodeImage.ts";
import { fileDigest } from "../readImage.ts";
import type { ListedFile } from "./listFolder.ts";

export type CheckedFile = ReadableFile | { readonly listed: ListedFile; readonly reason: string };

export interface ReadableFile {
	readonly listed: ListedFile;
	readonly sha256: string;
	/** Pixels. */
	readonly width: number;
	readonly height: number;
}

/** No photograph is larger, and files are read whole. */
const maxFileBytes = 2 ** 28;

export async function checkFile(folder: string, listed: ListedFile): Promise<CheckedFile> {
	if (listed.sizeBytes > maxFileBytes) return { listed, reason: `its ${listed.sizeBytes} bytes are too many` };
	try {
		const bytes = await readFile(join(folder, listed.file));
		const { width, height } = await decodeImage(bytes);
		return { listed, sha256: fileDigest(bytes), width, height };
	} catch (error) {
		if (error instanceof SightlineError) return { listed, reason: error.message };
		return { listed, reason: `it cannot be read: ${error instanceof Error ? error.message : String(error)}` };
	}
}
