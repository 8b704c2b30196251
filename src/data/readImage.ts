/** Makes an image from its source: generates it, or reads and decodes its file. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { SightlineError } from "../errors.ts";
import { decodeImage } from "./decode/decodeImage.ts";
import type { ImageSource, LabelledImage } from "./imageSet.ts";
import { leavesImage } from "./leaves/leaves.ts";

/** @throws SightlineError BAD_INPUT where a file is no longer the one that the set was opened with */
export async function readImage(source: ImageSource): Promise<LabelledImage> {
	if (source.kind === "leaves") return leavesImage(source.seed, source.index, source.style);
	const { file, label } = source;
	try {
		const bytes = await readFile(file);
		if (fileDigest(bytes) === source.sha256) return { ...(await decodeImage(bytes)), label };
	} catch (cause) {
		throw changed(file, cause);
	}
	throw changed(file);
}

/** SHA-256 of a file's bytes, in hex. */
export function fileDigest(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

function changed(file: string, cause?: unknown): SightlineError {
	return new SightlineError("BAD_INPUT", `${file} is no longer what it was when its image set was opened`, {
		hint: "Ask again: the set is read anew.",
		cause,
	});
}
