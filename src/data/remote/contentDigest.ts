/** What a hub says that a file's bytes are, and whether they are. */
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";

/** SHA-256 for large files (Git LFS), and git's own name of a blob (SHA-1 of a header and the bytes) for all others. */
export interface ContentDigest {
	readonly algorithm: "sha256" | "gitBlob";
	/** In lower case. */
	readonly hex: string;
}

/** The Hub's ETags are such digests; those of other hosts may be anything, and are not asked. */
export function digestOfEtag(etag: string): ContentDigest | null {
	const hex = etag.replace(/^(?:W\/)?"(.*)"$/, "$1");
	if (/^[0-9a-f]{64}$/.test(hex)) return { algorithm: "sha256", hex };
	return /^[0-9a-f]{40}$/.test(hex) ? { algorithm: "gitBlob", hex } : null;
}

/** Reads the file from the disk, so that what was written is checked and not what was received. */
export async function fileHasDigest(path: string, { algorithm, hex }: ContentDigest): Promise<boolean> {
	const hash = algorithm === "sha256" ? createHash("sha256") : gitBlobHash((await stat(path)).size);
	for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk);
	return hash.digest("hex") === hex;
}

function gitBlobHash(sizeBytes: number): Hash {
	return createHash("sha1").update(`blob ${sizeBytes}\0`);
}
