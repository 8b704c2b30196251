/**
 * A batch's record as the store keeps it: the header's length (32 bits, little-endian), the header as JSON, then the
 * values, little-endian. When and where it was measured stands in the header, apart from the values, so that a repeated
 * measurement on the same device gives the same bytes of values.
 */
import type { BatchRecord } from "../../metrics/metric.ts";

export interface RecordOrigin {
	readonly device: string;
	readonly versions: Readonly<Record<string, string>>;
	/** What the batch took on the device, with all that was measured in the same pass. */
	readonly seconds: number;
	/** ISO 8601. */
	readonly measuredAt: string;
}

export interface StoredRecord extends BatchRecord {
	readonly origin: RecordOrigin;
}

export interface RecordHeader {
	readonly index: number;
	readonly images: number;
	readonly type: "float32" | "float64";
	readonly origin: RecordOrigin;
}

export function encodeRecord({ index, images, values, origin }: StoredRecord): Uint8Array {
	const type = values instanceof Float64Array ? "float64" : "float32";
	const header = Buffer.from(JSON.stringify({ index, images, type, origin } satisfies RecordHeader));
	const length = Buffer.alloc(4);
	length.writeUInt32LE(header.length);
	return Buffer.concat([length, header, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)]);
}

/** @param bytes what encodeRecord made: the store has checked that they are unaltered */
export function decodeRecord(bytes: Uint8Array): StoredRecord {
	const { index, images, type, origin } = decodeHeader(bytes);
	// A copy, since values may begin at any byte, and arrays of floats may not.
	const { buffer } = new Uint8Array(bytes.subarray(4 + headerLengthOf(bytes)));
	return { index, images, origin, values: type === "float64" ? new Float64Array(buffer) : new Float32Array(buffer) };
}

/** A record without its values. */
export function decodeHeader(bytes: Uint8Array): RecordHeader {
	const text = new TextDecoder().decode(bytes.subarray(4, 4 + headerLengthOf(bytes)));
	return JSON.parse(text) as RecordHeader; // written by encodeRecord
}

function headerLengthOf(bytes: Uint8Array): number {
	return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}
