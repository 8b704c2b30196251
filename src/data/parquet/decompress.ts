/** The codecs in which pages of Parquet files are compressed, by their numbers in parquet.thrift. */
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { SightlineError } from "../../errors.ts";

/**
 * @param length of what comes out, which the page's header says
 * @throws SightlineError BAD_INPUT an unknown codec, or bytes that do not come to that length
 */
export async function decompress(bytes: Uint8Array, codec: number, length: number): Promise<Uint8Array> {
	const result = await unpacked(bytes, codec, length);
	if (result.length === length) return result;
	throw new SightlineError("BAD_INPUT", `a page unpacks to ${result.length} bytes, its header says ${length}`);
}

async function unpacked(bytes: Uint8Array, codec: number, length: number): Promise<Uint8Array> {
	if (codec === uncompressed) return bytes;
	if (codec === gzip || codec === brotli) {
		const unpack = codec === gzip ? gunzipSync : brotliDecompressSync;
		return attempt(() => unpack(bytes, { maxOutputLength: Math.max(1, length) }));
	}
	const name = further[codec];
	if (name === undefined)
		throw new SightlineError("BAD_INPUT", `pages are compressed by codec ${codec}, which is not read`);
	// Loaded with the first such page: most sets have none.
	const { compressors } = await import("hyparquet-compressors");
	const unpack = compressors[name];
	if (name === "ZSTD") requireStatedLength(bytes, length);
	if (unpack === undefined) throw new SightlineError("BAD_INPUT", `pages are compressed by ${name}, which is not read`);
	return attempt(() => unpack(bytes, length));
}

const [uncompressed, gzip, brotli] = [0, 2, 4];
const further: Readonly<Record<number, "SNAPPY" | "LZ4" | "ZSTD" | "LZ4_RAW">> = {
	1: "SNAPPY",
	5: "LZ4",
	6: "ZSTD",
	7: "LZ4_RAW",
};

/**
 * The decoder takes as much memory as the frame comes to, which its header need not say: few bytes may claim gigabytes
 * (RFC 8878, 3.1.1.1: a descriptor, whose upper two bits tell the length of the content's size, then window and dictionary).
 */
function requireStatedLength(bytes: Uint8Array, length: number): void {
	const descriptor = bytes[4] ?? 0;
	const isSingle = (descriptor & 0x20) !== 0;
	const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
	const start = 5 + (isSingle ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] ?? 0);
	const stated = bytes.subarray(start, start + sizeBytes).reduceRight((value, byte) => value * 256 + byte, 0);
	if (sizeBytes > 0 && stated + (sizeBytes === 2 ? 256 : 0) === length) return;
	throw new SightlineError("BAD_INPUT", `a page of ${length} bytes is compressed without saying so`, {
		hint: "Write the table with snappy, or by pyarrow's zstd.",
	});
}

function attempt(unpack: () => Uint8Array): Uint8Array {
	try {
		return unpack();
	} catch (cause) {
		throw new SightlineError("BAD_INPUT", "a page cannot be unpacked: it is damaged", { cause });
	}
}
