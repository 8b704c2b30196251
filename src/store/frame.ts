/**
 * An entry as it stands in its file: 8 bytes that name the format and its version, the header's length (32 bits,
 * little-endian), the header as JSON, the payload, and the SHA-256 of all that stands before it. The header names the
 * entry's own key, so a file in another's place is damaged too.
 */
import { createHash } from "node:crypto";
import type { EntryLabels } from "./store.ts";

const magic = Buffer.from("sightln1", "latin1");
const headerStart = magic.length + 4;
const digestBytes = 32;

export interface FrameHeader extends EntryLabels {
	readonly key: string;
	/** Bytes of the payload. */
	readonly length: number;
}

/** How many bytes from the start of a file surely hold its header. */
export const headBytes = 4096;

export function frame(key: string, payload: Uint8Array, labels: EntryLabels): Uint8Array[] {
	const { model, metric } = labels;
	const header = Buffer.from(JSON.stringify({ key, model, metric, length: payload.length } satisfies FrameHeader));
	const length = Buffer.alloc(4);
	length.writeUInt32LE(header.length);
	const parts = [magic, length, header, payload];
	return [...parts, digestOf(parts)];
}

/** The payload, or undefined where any byte is not as it was written under this key. */
export function unframe(key: string, bytes: Buffer): Uint8Array | undefined {
	const header = readHeader(bytes);
	if (header === undefined || header.key !== key) return undefined;
	const payloadStart = headerStart + bytes.readUInt32LE(magic.length);
	const payloadEnd = payloadStart + header.length;
	if (bytes.length !== payloadEnd + digestBytes) return undefined;
	if (!digestOf([bytes.subarray(0, payloadEnd)]).equals(bytes.subarray(payloadEnd))) return undefined;
	return bytes.subarray(payloadStart, payloadEnd);
}

/** The header at the start of a file, unverified; undefined where there is none. */
export function readHeader(head: Buffer): FrameHeader | undefined {
	if (head.length < headerStart || !head.subarray(0, magic.length).equals(magic)) return undefined;
	const end = headerStart + head.readUInt32LE(magic.length);
	if (head.length < end) return undefined;
	try {
		const header: unknown = JSON.parse(head.toString("utf8", headerStart, end));
		return isHeader(header) ? header : undefined;
	} catch {
		return undefined;
	}
}

function isHeader(value: unknown): value is FrameHeader {
	if (typeof value !== "object" || value === null) return false;
	const { key, model, metric, length } = value as Partial<Record<keyof FrameHeader, unknown>>; // fields checked below
	const named = [key, model, metric].every((text) => typeof text === "string");
	return named && Number.isSafeInteger(length);
}

function digestOf(parts: readonly Uint8Array[]): Buffer {
	const hash = createHash("sha256");
	for (const part of parts) hash.update(part);
	return hash.digest();
}
