/** The bytes of an image, wherever they are: a file of its own, or a part of one that holds many. */
import { open, readFile, stat } from "node:fs/promises";
import { SightlineError } from "../errors.ts";
import type { BytePlace } from "./imageSet.ts";
import { parquetBytes } from "./parquet/parquetBytes.ts";

/** No photograph is larger, and images are read whole. */
export const maxImageBytes = 2 ** 28;

/** @throws SightlineError BAD_INPUT where the place holds too much, or less than it should; whatever the system says */
export async function readPlace(place: BytePlace): Promise<Uint8Array> {
	switch (place.in) {
		case "file": {
			requireImageSize((await stat(place.file)).size);
			return readFile(place.file);
		}
		case "range":
			return readRange(place.file, place.start, place.length);
		case "parquet":
			return parquetBytes(place);
	}
}

/** @throws SightlineError BAD_INPUT */
export function requireImageSize(sizeBytes: number): void {
	if (sizeBytes > maxImageBytes) throw new SightlineError("BAD_INPUT", `its ${sizeBytes} bytes are too many`);
}

/** So many bytes of a file. @throws SightlineError BAD_INPUT where it ends before */
export async function readRange(file: string, start: number, length: number): Promise<Uint8Array> {
	requireImageSize(length);
	const handle = await open(file);
	try {
		const bytes = new Uint8Array(length);
		const { bytesRead } = await handle.read(bytes, 0, length, start);
		if (bytesRead < length) throw new SightlineError("BAD_INPUT", `the file ends before byte ${start + length}`);
		return bytes;
	} finally {
		await handle.close();
	}
}
